"""How a record of any kind is drafted with a word of its own in every text, by what its model says of its fields.

Only what a model's own rules ask for beyond its fields stands here by name; a kind of which the fields do not say
enough fails with a line that says what to add.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from hashlib import blake2b
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from interparl.accounts.models import User
from interparl.core.kinds import every_record
from interparl.core.records import PartialDateField, Record
from interparl.core.translated import TranslatedField, languages, written
from interparl.meetings.models import Stage

TOKEN = re.compile(rb"zq[a-z2-7]{10}", re.IGNORECASE)
# Stands in every name beside its own word, so that one search meets all of them.
COMMON_WORD = "walked"
LONG_ENOUGH = 12
# Fields of every record that the planting sets itself.
SET_APART = frozenset({"mark", "published_on", "grade"})
LEFT = object()

_numbers = count(1)
# Of its own: others count on between two days of stages, and there are few stages.
_stages = count(1)
# Values without which a record would not be asked for by the pages that count it.
CHOSEN: dict[tuple[str, str], Any] = {
    ("directory.personname", "language"): "en",
    ("directory.country", "zone"): "Europe/Minsk",
    ("directory.status", "is_world"): True,
    ("bodies.membership", "role"): "head",
    ("bodies.body", "rotation"): "BY RU",
    ("exchange.savedmapping", "kind"): "people-csv",
    ("documents.version", "digest"): "0" * 64,
    ("tasks.movedday", "country_code"): "BY",
    # A day of a country is moved once.
    ("tasks.movedday", "day"): lambda: date(2014, 5, 2) + timedelta(days=next(_numbers)),
    # Of the families of rules the one whose words name another record.
    ("bodies.compositionrule", "family"): "chamber",
    ("bodies.compositionrule", "most"): None,
    ("bodies.compositionrule", "age"): None,
    ("bodies.compositionrule", "share"): "",
    ("bodies.compositionrule", "language"): "",
    ("meetings.event", "since"): "2014-05-02",
    ("meetings.event", "zone"): "Europe/Minsk",
    # A form of talks belongs to talks alone, a rule to a series with a first day.
    ("meetings.event", "form"): "",
    ("meetings.series", "rule"): "",
    ("meetings.programmeitem", "way"): 30,
}
# Values that may stand only once beside the same whole: each draft has the next one.
VARIED: dict[tuple[str, str], Callable[[int], Any]] = {
    # That a hidden event takes somebody is told as “busy”, as the desk asked: so nobody here is taken twice on one day.
    ("meetings.participation", "arrives_on"): lambda number: date(2014, 5, 2) + timedelta(days=number),
    ("meetings.participation", "leaves_on"): lambda number: date(2014, 5, 2) + timedelta(days=number),
    ("meetings.booking", "day"): lambda number: date(2014, 5, 2) + timedelta(days=number),
    ("meetings.stageday", "stage"): lambda number: Stage.values[next(_stages) % len(Stage.values)],
    ("meetings.seriesday", "day"): lambda number: date(2014, 5, 2) + timedelta(days=number),
    ("meetings.sittingday", "day"): lambda number: date(2014, 5, 2) + timedelta(days=number),
}
# Two memberships on one seat would be two holders of it, and a person has one place in a drafted body.
# A rapporteur of a point that waits in a series takes part in nothing yet, and no event approves its own minutes.
EMPTY = frozenset(
    {
        ("meetings.participation", "person"),
        ("bodies.membership", "seat"),
        ("bodies.draftplace", "person"),
        ("meetings.agendaitem", "ours"),
        ("meetings.agendaitem", "theirs"),
        ("meetings.agendaitem", "approves"),
        ("directory.sensitivity", "other_person"),
        ("directory.sensitivity", "other_country"),
        ("directory.sensitivity", "other_organisation"),
    }
)
# Of these fields exactly one is filled; each has plants of its own.
ONE_OF: dict[str, tuple[str, ...]] = {
    "directory.contactpoint": ("person", "organisation", "chamber"),
    "directory.portfolio": ("country", "organisation"),
    "directory.relation": ("parliament", "organisation"),
    "bodies.letterdue": ("parliament", "organisation"),
    "directory.sensitivity": ("person", "country", "parliament", "organisation"),
    "meetings.agendaitem": ("event", "series"),
}
# Whose parliament is meant where it is not the one of the place.
ELSEWHERE = {
    ("directory.relation", "parliament"): "partner",
    ("directory.sensitivity", "other_parliament"): "partner",
}
Holds = Mapping[str, Record]


class Unfilled(AssertionError):
    """A field of a kind of record for which there is no value: a recipe is missing."""

    def __init__(self, kind: str, reason: object) -> None:
        super().__init__(f"Say in tests/walk/recipes.py how the walk makes a {kind}: {reason}")


def token() -> str:
    """A word that stands nowhere else."""
    digest = blake2b(str(next(_numbers)).encode(), digest_size=10).digest()
    return f"zq{b32encode(digest).decode().lower()[:10]}"


def in_order() -> list[type[Record]]:
    """Every kind of record, what is pointed to first, what may hang on any other last."""
    found: dict[type[Record], None] = {}
    begun: set[type[Record]] = set()

    def visit(model: type[Record]) -> None:
        if model in begun:
            return
        begun.add(model)
        for column in keys_of(model):
            visit(column.related_model)
        found[model] = None

    for model in every_record():
        visit(model)
    return sorted(found, key=lambda model: model.hangs_on_any or bool(model.own_like))


def keys_of(model: type[Record]) -> list[Any]:
    """The foreign keys from one record to another."""
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, models.ForeignKey) and issubclass(column.related_model, Record)
    ]


def alternatives(model: type[Record]) -> tuple[str, ...]:
    """The fields of which one is filled, each for a draft of its own; ("",) where there is no choice."""
    return ONE_OF.get(model.record_kind(), ("",))


def only_once(model: type[Record]) -> list[str]:
    """Fields that must differ from draft to draft, because together with the whole they may stand only once."""
    keys = {column.name for column in keys_of(model)}
    constraints = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return [name for one in constraints if set(one.fields) <= keys for name in one.fields if name != model.whole_field]


def draft(
    model: type[Record], holds: Holds, *, chosen: str = "", is_bare: bool = False, **fixed: Any
) -> tuple[Any, dict[str, str]]:
    """An unsaved record that points to what `holds` has of each kind, and its words by field.

    `chosen` is the one filled among alternatives; a bare one has only what it must have. Raises Unfilled.
    """
    kind, values = model.record_kind(), dict(fixed)
    words: dict[str, str] = {}
    for column in model._meta.concrete_fields:
        name = column.name
        if name in fixed or name in SET_APART or column.primary_key or not column.editable:
            continue
        if isinstance(column, models.ForeignKey):
            found = _pointed_to(kind, column, holds, chosen, is_bare=is_bare)
        else:
            found, word = _value(kind, column)
            words |= {name: word} if word else {}
        if found is not LEFT:
            values[name] = found
    return model(**values), words


def _pointed_to(kind: str, column: Any, holds: Holds, chosen: str, *, is_bare: bool) -> Any:
    related, name = column.related_model, column.name
    if name in ONE_OF.get(kind, ()) and name != chosen:
        return LEFT
    if issubclass(related, User):
        return LEFT if column.null else User.objects.get(username="somebody")
    is_own_kind = related.record_kind() == kind
    if column.null and name != chosen and (is_bare or is_own_kind or (kind, name) in EMPTY):
        return LEFT
    found = holds.get(ELSEWHERE.get((kind, name), related.record_kind()))
    if found is None and not column.null:
        raise Unfilled(kind, f"{name} points to a {related.record_kind()}, and there is none")
    return found if found is not None else LEFT


def _fixed(kind: str, name: str) -> Any:
    """The value that is said for a field; LEFT where none is."""
    vary = VARIED.get((kind, name))
    if vary:
        return vary(next(_numbers))
    found = CHOSEN.get((kind, name), LEFT)
    return found() if callable(found) else found


def _value(kind: str, column: Any) -> tuple[Any, str]:
    """A value, and the word in it when it has one; LEFT where the field may stay as it is."""
    if (fixed := _fixed(kind, column.name)) is not LEFT:
        return fixed, ""
    if isinstance(column, TranslatedField):
        word = token()
        return written({code: f"{word} {COMMON_WORD} {code}" for code in languages()}), word
    if column.choices:
        return (LEFT if column.has_default() else column.flatchoices[0][0]), ""
    if isinstance(column, PartialDateField):
        return (LEFT if column.blank else "2014-05-02"), ""
    if isinstance(column, models.DateField):
        return (LEFT if column.null or column.has_default() else date(2014, 5, 2)), ""
    if isinstance(column, models.BooleanField):
        return (LEFT if column.has_default() else False), ""
    if isinstance(column, models.IntegerField):
        return 20_000 + next(_numbers) % 10_000, ""
    if isinstance(column, models.CharField | models.TextField):
        return _text(kind, column)
    if column.has_default() or column.blank or column.null:
        return LEFT, ""
    raise Unfilled(kind, f"no value is known for {column.name}")


def _text(kind: str, column: Any) -> tuple[Any, str]:
    """A text with a word of its own in the first form that the field's validators take."""
    word = token()
    for text in (word, word.upper(), f"https://example.org/{word}", f"{word}@example.org"):
        if column.max_length and column.max_length < LONG_ENOUGH:
            break
        try:
            column.run_validators(text)
        except ValidationError:
            continue
        return text, word
    if column.blank or column.has_default():
        return LEFT, ""
    raise Unfilled(kind, f"no text is known for {column.name}")
