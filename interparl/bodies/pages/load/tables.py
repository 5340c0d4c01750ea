"""The tables of the load: one row a person, or one row a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.bodies.measures import GROUPS, Load, Sum, sums
from interparl.bodies.models import Body
from interparl.bodies.pages.asking import cut, in_order
from interparl.bodies.pages.load.shown import PERSON, SLICES, Shown
from interparl.core.addresses import address, as_of
from interparl.core.models.entries import Mark
from interparl.core.requests import same_page
from interparl.core.tables import Column, Columns, Reading, Table, Words
from interparl.language.alphabets import sort_key

# The groups that the page has a column for, where somebody belongs to one.
ON_PAGE = ("chamber", "faction")
Orders = Mapping[str, Callable[[Any], Any]]


@dataclass(frozen=True)
class Made:
    """A table with the ways to its other pages."""

    table: Table[Any]
    position: str = ""
    previous_url: str = ""
    next_url: str = ""


def _made(
    shown: Shown, rows: Sequence[Any], columns: Columns[Any], orders: Orders, otherwise: str, *, is_whole: bool
) -> Made:
    """The rows in order and cut into pages, or all of them."""
    ordered, sort = in_order(rows, shown.request, orders, otherwise)
    if is_whole:
        return Made(Table.of(columns, ordered, shown.reading))

    def sort_address(key: str) -> str:
        return same_page(shown.request, sort=key, page=None)

    page = cut(ordered, shown.request, shown.reading)
    table = Table.of(columns, page.rows, shown.reading, sort=sort, sort_address=sort_address)
    return Made(table, page.position, page.previous_url, page.next_url)


def people_table(shown: Shown, _by: str, *, is_whole: bool) -> Made:
    """One row a person; the most loaded first unless told, then by name."""
    place = {one.person: number for number, one in enumerate(shown.people)}
    orders: dict[str, Callable[[Load], Any]] = {
        "person": lambda one: place[one.person],
        "bodies": lambda one: (one.bodies, one.heads),
        "heads": lambda one: (one.heads, one.bodies),
        **{kind: _of_kind(kind) for kind in shown.kinds},
    }
    return _made(shown, shown.people, people_columns(shown, is_whole=is_whole), orders, "-bodies", is_whole=is_whole)


def _of_kind(kind: str) -> Callable[[Load], int]:
    return lambda one: one.kinds.get(kind, 0)


def people_columns(shown: Shown, *, is_whole: bool) -> Columns[Any]:
    """The columns of the table of people; a file has room for more than the page."""
    person: Column[Any] = Column(
        "person",
        gettext_lazy("Member"),
        lambda one, r: r.register_name(PERSON, one.person),
        kind="person",
        sort="person",
        refs=lambda one: [(PERSON, one.person)],
        address=lambda one: as_of(address((PERSON, one.person)), shown.reading),
        spoken=lambda one, r: r.spoken(PERSON, one.person),
    )
    told = SLICES if is_whole else [by for by in ON_PAGE if any(GROUPS[by](one) for one in shown.people)]
    groups = [_group_column(shown, by) for by in told]
    numbers = [
        _number_column(shown, "bodies", gettext_lazy("Bodies"), lambda one: one.bodies),
        _number_column(shown, "heads", gettext_lazy("Heads"), lambda one: one.heads, leads="true"),
        *(
            _number_column(shown, kind, capfirst(str(Body.Kind(kind).label)), _of_kind(kind), kind=kind)
            for kind in shown.kinds
        ),
    ]
    if not is_whole:
        return Columns((person, *groups, *numbers))
    key: Column[Any] = Column("id", gettext_lazy("id"), lambda one, r: one.person)
    return Columns((key, person, *groups, *numbers, *ABOUT))


# What a file says of a row beside the columns of the page.
ABOUT: tuple[Column[Any], ...] = (
    Column("approximate", gettext_lazy("approximate"), lambda one, r: one.is_approximate),
    Column("illustrative", gettext_lazy("illustrative"), lambda one, r: one.is_illustrative),
    Column("mark", gettext_lazy("mark"), lambda one, r: Mark(one.mark).value),
)


def _group_column(shown: Shown, by: str) -> Column[Any]:
    return Column(by, SLICES[by].group, lambda one, r: shown.group_names(by, one))


def _number_column(shown: Shown, key: str, label: Words, value: Callable[[Load], int], **query: str) -> Column[Any]:
    """A number of a person that leads to the memberships that it counts."""
    return Column(
        key,
        label,
        lambda one, r: value(one),
        kind="number",
        sort=key,
        address=lambda one: shown.memberships_address(person=str(one.person), **query) if value(one) else "",
        second=lambda one, r: _("approximate") if key == "bodies" and one.is_approximate else "",
    )


SUM_ORDERS: dict[str, Callable[[Sum], Any]] = {
    "people": lambda one: one.people,
    "seats": lambda one: one.seats,
    "a_head": lambda one: one.a_head,
    "heads": lambda one: one.heads,
    "without": lambda one: one.without,
    "share_without": lambda one: one.share_without,
    "most": lambda one: one.most,
}


def sums_table(shown: Shown, by: str, *, is_whole: bool) -> Made:
    """One row a group; in the order of their names unless told, those who belong to none last."""
    language = shown.reading.language

    def name_order(one: Sum) -> tuple[bool, str]:
        return one.key is None, sort_key(shown.group_name(by, one.key), language)

    rows = sorted(sums(shown.people, by), key=name_order)
    place = {one.key: number for number, one in enumerate(rows)}
    orders: Orders = {"group": lambda one: place[one.key], **SUM_ORDERS}
    return _made(shown, rows, sum_columns(shown, by), orders, "group", is_whole=is_whole)


def sum_columns(shown: Shown, by: str) -> Columns[Any]:
    """The columns of the sums; each number leads to the people or to the memberships that it counts."""

    def people(one: Sum) -> str:
        return shown.people_address({by: one.key})

    return Columns(
        (
            Column(
                "group", SLICES[by].group, lambda one, r: shown.group_name(by, one.key), sort="group", address=people
            ),
            _sum_column("people", gettext_lazy("People"), people),
            _sum_column("seats", gettext_lazy("Seats in bodies"), lambda one: shown.seats_address({by: one.key})),
            _sum_column("a_head", gettext_lazy("Seats a head")),
            _sum_column("heads", gettext_lazy("Heads"), lambda one: shown.seats_address({by: one.key}, leads="true")),
            _sum_column(
                "without", gettext_lazy("Without any seat"), lambda one: shown.people_address({by: one.key}, bodies=0)
            ),
            _sum_column("share_without", gettext_lazy("Without any seat, per cent")),
            _sum_column(
                "most",
                gettext_lazy("Most loaded"),
                lambda one: shown.people_address({by: one.key}, bodies=one.most),
                second=first_of,
            ),
        )
    )


def _sum_column(
    key: str,
    label: Words,
    leads_to: Callable[[Sum], str] | None = None,
    second: Callable[[Sum, Reading], str] | None = None,
) -> Column[Any]:
    """A number of a group; it leads to its rows when there are any."""
    value = SUM_ORDERS[key]
    return Column(
        key,
        label,
        lambda one, r: value(one),
        kind="number",
        sort=key,
        address=(lambda one: leads_to(one) if value(one) else "") if leads_to else None,
        second=second,
        refs=(lambda one: [(PERSON, person) for person in one.most_loaded[:1]]) if second else None,
    )


def first_of(one: Sum, reading: Reading) -> str:
    """The first of the most loaded by name, and how many others have as many."""
    if not one.most_loaded:
        return ""
    name, others = reading.name(PERSON, one.most_loaded[0]), len(one.most_loaded) - 1
    words = ngettext("%(name)s and %(count)s other", "%(name)s and %(count)s others", others)
    return words % {"name": name, "count": others} if others else name
