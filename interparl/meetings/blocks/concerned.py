"""Whom the changes of a programme concern: people in a changed item, keepers of what is booked for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.formats import write_partial
from interparl.core.reads import note_rows
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.documents.rules.editions import Comparison, Row
from interparl.meetings.blocks.listed import RESOURCE, name_of_participation, ref_of_participation
from interparl.meetings.models import Event, Participation, Resource


@dataclass(frozen=True)
class Concern:
    """Somebody who is to be told, as what, and of which items."""

    name: str
    role: str
    items: tuple[str, ...]


CONCERNED: Columns[Any] = Columns(
    (
        Column("name", gettext_lazy("Who"), lambda c, r: c.name),
        Column("role", gettext_lazy("As what"), lambda c, r: c.role),
        Column("items", gettext_lazy("Because of"), lambda c, r: "; ".join(c.items)),
    )
)


def concerned(event: Event, found: Comparison, after: Sequence[Row], reading: Reading) -> Table[Any]:
    """Those whom the changes concern, as far as the reader may know of them: people first, then keepers."""
    people, resources, for_all = _touched(found, after, reading.language)
    rows: list[Concern] = []
    if for_all:
        rows.append(Concern(_("Everybody who takes part"), _("item for all"), tuple(dict.fromkeys(for_all))))
    known = Participation.objects.visible_to(reading.user).filter(event=event, pk__in=people).counted()
    participations = list(known.select_related("person").in_order())
    held = list(
        Resource.objects.visible_to(reading.user)
        .filter(pk__in=resources, keeper__isnull=False)
        .select_related("keeper")
        .order_by("pk")
    )
    note_rows([*participations, *held])
    refs = {ref_of_participation(one) for one in participations} | {(RESOURCE, one.pk) for one in held}
    reading.want(refs)
    for one in participations:
        items = tuple(dict.fromkeys(people[one.pk]))
        rows.append(Concern(name_of_participation(one, reading), reading.choice(one, "function"), items))
    for resource in held:
        role = _("keeps %(what)s") % {"what": reading.name(RESOURCE, resource.pk)}
        rows.append(Concern(str(resource.keeper), role, tuple(dict.fromkeys(resources[resource.pk]))))
    told: Sequence[Any] = rows
    return Table(CONCERNED, told, reading, len(told))


def _touched(
    found: Comparison, after: Sequence[Row], language: str
) -> tuple[dict[int, list[str]], dict[int, list[str]], list[str]]:
    """By participation and by resource the changed items, as they are and as they were; and those that are for all."""
    people: dict[int, list[str]] = {}
    resources: dict[int, list[str]] = {}
    for_all: list[str] = []
    for rows in _changed(found, after):
        words = _words(rows[0], language)
        facts = [row["facts"] for row in rows]
        if any(not one.get("people") for one in facts):
            for_all.append(words)
        for one in facts:
            for key in one.get("people", ()):
                people.setdefault(key, []).append(words)
            for key in one.get("resources", ()):
                resources.setdefault(key, []).append(words)
    return people, resources, for_all


def _changed(found: Comparison, after: Sequence[Row]) -> Iterable[list[Row]]:
    """Each changed item as it is now and, where it was there, as it was."""
    for place in found.differs:
        yield [after[place], *([found.was[place]] if place in found.was else [])]
    for row in found.gone:
        yield [row]


def _words(row: Row, language: str) -> str:
    """An item in a few words: "28 May 2014 10:00 Talks"."""
    cells: Sequence[Sequence[str]] = row["cells"].get(language) or next(iter(row["cells"].values()), [])
    texts = [cell[0] for cell in cells[1:3]]
    return " ".join(filter(None, (write_partial(row["facts"]["day"], language), *texts)))
