"""A record of any kind, so that what holds for every record is tested for kinds that do not exist yet.

Required fields are filled by their types; only where a model's own rules ask for more does it stand in `COMPANIONS`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import models

from interparl.accounts.models import User
from interparl.bodies.models import CompositionRule, LetterDue, Membership, Part, Seat
from interparl.bodies.models.composition_rules import TAKES
from interparl.core.actors import Actor
from interparl.core.forms import RecordForm, TranslatedFormField
from interparl.core.history import last_entry
from interparl.core.models import Identifier, Pointer
from interparl.core.pages import RecordPages
from interparl.core.pickers import Said
from interparl.core.records import PartialDateField, Record
from interparl.core.tables import Reading
from interparl.core.translated import TranslatedField, written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import (
    Chamber,
    ChamberTerm,
    ContactPoint,
    Country,
    Parliament,
    Person,
    PersonName,
    Portfolio,
    Relation,
    Sensitivity,
)
from interparl.directory.models.sensitivities import FIRST, OTHER
from interparl.documents.models import Document, Edition, Version
from interparl.exchange.models import SavedMapping
from interparl.meetings.models import (
    AgendaItem,
    Event,
    ItemPerson,
    Participation,
    ProgrammeItem,
    SeriesDay,
    SittingDay,
    Stage,
    StageDay,
)
from interparl.tasks.models import Clearance, MovedDay, Task
from tests.makers import a_user, kept

_numbers = count(1)
_stages = count(1)
Values = dict[str, Any]


def a_record(model: type[Record], *, text: str = "Sample", common: Values | None = None, **values: Any) -> Any:
    """A saved record with its required fields filled; what it points to gets `common` (mark, publication) too."""
    return completed(kept(a_draft(model, text=text, common=common, **values)), text)


def many_records(model: type[Record], number: int) -> list[Any]:
    """So many saved records, each with relations of its own, written in bulk."""
    drafts = [a_draft(model) for _position in range(number)]
    change_many([Planned(draft) for draft in drafts], by=Actor.command("tests"))
    return [completed(draft, "Sample") for draft in drafts]


def completed(record: Any, text: str) -> Any:
    """A person with a name; any other record as it is."""
    if isinstance(record, Person):
        kept(
            PersonName(
                person=record,
                language="en",
                text=f"{text} {record.pk}",
                mark=record.mark,
                published_on=record.published_on,
            )
        )
    return record


def a_draft(model: type[Record], *, text: str = "Sample", common: Values | None = None, **values: Any) -> Any:
    """The same, not saved yet."""
    common = common or {}
    if companions := COMPANIONS.get(model):
        values = companions(values, common) | values
    for column in model._meta.concrete_fields:
        if column.name not in values and _is_required(column):
            values[column.name] = _value(column, text, common)
    return model(**{**common, **values})


def _is_required(column: models.Field[Any, Any]) -> bool:
    if column.primary_key or not column.editable or column.null or column.blank:
        return False
    return isinstance(column, TranslatedField | PartialDateField) or not column.has_default()


def _value(column: models.Field[Any, Any], text: str, common: Values) -> Any:
    """A value that the field accepts and that no other record has."""
    number = next(_numbers)
    if isinstance(column, models.ForeignKey):
        related: Any = column.related_model
        return (User.objects.first() or a_user()) if related is User else a_record(related, common=common)
    if column.choices:
        return column.flatchoices[0][0]
    if isinstance(column, TranslatedField):
        return written({"en": f"{text} {number}", "ru": f"{text} по-русски {number}"})
    if isinstance(column, PartialDateField):
        return f"2014-05-{number % 28 + 1:02}"
    if isinstance(column, models.DateField):
        return date(2014, 5, number % 28 + 1)
    if isinstance(column, models.IntegerField):
        # A small column holds no more, and a worker that makes many samples counts further.
        return number % 30_000 + 1
    is_code = column.unique or column.name == "code"
    return f"S{number}" if is_code else f"{text} {number}"


def _of_a_part(values: Values, common: Values) -> Values:
    of_body = {"body": values["body"]} if "body" in values else {}
    part = values.get("part") or a_record(Part, common=common, **of_body)
    return {"part": part, "body": part.body}


def _person_of(values: Values, common: Values) -> Values:
    owner = {"person", "organisation", "chamber"} & set(values)
    return {} if owner else {"person": a_record(Person, common=common)}


def _country_of(values: Values, common: Values) -> Values:
    return {} if "organisation" in values else {"country": a_record(Country, common=common)}


def _parliament_of(values: Values, common: Values) -> Values:
    return {} if "organisation" in values else {"parliament": a_record(Parliament, common=common)}


def _apart(values: Values, common: Values) -> Values:
    """Two parties, countries unless told; marked as any other sample, which a member may know of."""
    first: Values = {} if "mark" in common else {"mark": "internal"}
    # Of a person and another party the person is named first.
    name, model = ("person", Person) if "other_person" in values else ("country", Country)
    first |= {} if set(FIRST) & set(values) else {name: a_record(model, common=common)}
    return first | ({} if set(OTHER) & set(values) else {"other_country": a_record(Country, common=common)})


def _identified(values: Values, common: Values) -> Values:
    return {"kind": "directory.country", "object_id": a_record(Country, common=common).pk}


def _attached(values: Values, common: Values) -> Values:
    """A document is marked no lower than the record that it is attached to."""
    return _identified(values, common | ({"mark": values["mark"]} if "mark" in values else {}))


def _handed_in(values: Values, common: Values) -> Values:
    """A version of a document of which nothing was ever kept."""
    return {"digest": f"{next(_numbers):064x}"}


def _frozen(values: Values, common: Values) -> Values:
    """An edition of nothing, of a record that is marked no higher."""
    return _attached(values, common) | {"number": next(_numbers)}


def _of_people(values: Values, common: Values) -> Values:
    return {"kind": "people-csv"}


def _named(values: Values, common: Values) -> Values:
    return {"text": f"Sample {next(_numbers)}"}


def _ruling(values: Values, common: Values) -> Values:
    """A rule says what it holds for, and what its family takes."""
    scope = {} if {"organisation", "parliament", "body"} & set(values) else {"body_kind": "delegation"}
    family = values.get("family") or ("chamber" if "chamber" in values else "size")
    taken: Values = {group[0]: next(_numbers) % 30_000 + 1 for group in TAKES[family]}
    if "chamber" in taken and "chamber" not in values:
        taken["chamber"] = a_record(Chamber, common=common)
    if "language" in taken:
        taken["language"] = "fr"
    return scope | {"family": family} | taken


def _asked(values: Values, common: Values) -> Values:
    """A clearance is asked of a user or of an office; of the first user there is, unless told."""
    asked = {} if "asked_office" in values else {"asked_of": User.objects.first() or a_user()}
    return _identified(values, common) | asked


def _moved(values: Values, common: Values) -> Values:
    """A day of a country is moved once."""
    return {"country_code": "BY", "day": date(2014, 1, 1) + timedelta(days=next(_numbers))}


def _of_its_own_years(values: Values, common: Values) -> Values:
    """Terms of one chamber may not overlap."""
    year = str(1100 + next(_numbers) % 900)
    return {"since": year, "until": year}


def _on_a_day(values: Values, common: Values) -> Values:
    """Something takes place on a day."""
    day = f"2014-05-{next(_numbers) % 28 + 1:02}"
    since = values.get("since", day)
    return {"since": since, "until": since, "zone": "Europe/Minsk"}


def _taking_part(values: Values, common: Values) -> Values:
    """Somebody takes part, as a person or as a name."""
    return {} if "printed_name" in values else {"person": a_record(Person, common=common)}


def _on_an_agenda(values: Values, common: Values) -> Values:
    return {} if "series" in values else {"event": a_record(Event, common=common)}


def _of_its_day(values: Values, common: Values) -> Values:
    """An item lies within the days of its event."""
    event = values.get("event") or a_record(Event, common=common)
    return {"event": event, "day": event.first_day}


def _in_an_item(values: Values, common: Values) -> Values:
    """Item and participation are of one event."""
    of_both = [values[name].event for name in ("item", "participation") if name in values]
    event = values.get("event") or next(iter(of_both), None) or a_record(Event, common=common)
    return {
        "event": event,
        "item": values.get("item") or a_record(ProgrammeItem, common=common, event=event),
        "participation": values.get("participation") or a_record(Participation, common=common, event=event),
    }


def _of_a_day_more(values: Values, common: Values) -> Values:
    """One day is left out of a series once."""
    return {"day": date(2014, 1, 1) + timedelta(days=next(_numbers))}


def _of_a_stage_more(values: Values, common: Values) -> Values:
    """An event reaches a stage once."""
    return {"stage": Stage.values[next(_stages) % len(Stage.values)]}


# What a kind of record needs beyond its required fields.
COMPANIONS: dict[type[Record], Callable[[Values, Values], Values]] = {
    ChamberTerm: _of_its_own_years,
    Clearance: _asked,
    MovedDay: _moved,
    Task: _identified,
    CompositionRule: _ruling,
    Seat: _of_a_part,
    Membership: _of_a_part,
    ContactPoint: _person_of,
    Portfolio: _country_of,
    Relation: _parliament_of,
    Sensitivity: _apart,
    LetterDue: _parliament_of,
    Identifier: _identified,
    Pointer: _identified,
    Document: _attached,
    Edition: _frozen,
    Version: _handed_in,
    PersonName: _named,
    SavedMapping: _of_people,
    Event: _on_a_day,
    Participation: _taking_part,
    AgendaItem: _on_an_agenda,
    ProgrammeItem: _of_its_day,
    ItemPerson: _in_an_item,
    SeriesDay: _of_a_day_more,
    SittingDay: _of_a_day_more,
    StageDay: _of_a_stage_more,
}


def form_of(pages: RecordPages[Any], record: Record, reading: Reading) -> RecordForm[Any]:
    """The unbound form of a record, as its page opens it."""
    seen = last_entry((pages.kind, record.pk)) if record.pk else ""
    assert pages.form is not None, pages.kind
    return pages.form(instance=record, initial={"seen": seen}, reading=reading)


def typed(form: RecordForm[Any]) -> dict[str, str]:
    """What a browser sends when the form of a record is submitted as it stands."""
    sent: dict[str, str] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, TranslatedFormField):
            sent |= {f"{name}_{code}": (part or {}).get("text", "") for code, part in (value or {}).items()}
        elif isinstance(value, Said):
            sent |= {name: value.words, f"{name}_key": value.key}
        elif isinstance(value, bool):
            sent |= {name: "on"} if value else {}
        elif value is not None:
            sent[name] = str(value)
    return sent
