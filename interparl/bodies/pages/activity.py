"""The page "Activity": our groups by how active they were, those that sleep, and what could be merged (domain 8.23)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.bodies.measures.activity import Activity, Candidate, activities, our_bodies, to_merge
from interparl.bodies.models import Body
from interparl.bodies.pages.asking import ActivityAsked, common_context, cut, in_order, sheet_of
from interparl.core.addresses import address, as_of
from interparl.core.exports import FORMATS, download
from interparl.core.formats import write_number, write_span
from interparl.core.hooks import Measure, measures_of
from interparl.core.labels import in_label_order
from interparl.core.models import Grade
from interparl.core.requests import StaffRequest, day_problem, reading_of, require, same_page
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact
from interparl.directory.models import Country

PERMISSION = "bodies.view_body"
BODY = Body.record_kind()


@dataclass(frozen=True)
class Row:
    """A body with how active it was."""

    body: Body
    activity: Activity

    @property
    def pk(self) -> int:
        """The key of the body."""
        return self.body.pk


def activity_page(request: StaffRequest) -> HttpResponse:
    """Our groups on the day by their activity in a period, with the dormant ones; as a file with `?format=`."""
    require(request.user, PERMISSION)
    form, problem = request.GET.get("format", ""), day_problem(request)
    if form in FORMATS and problem:
        return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
    reading = reading_of(request)
    asked = ActivityAsked(request.GET.dict(), day=reading.day)
    every = _rows(asked, reading)
    rows, sort = in_order(_asked_for(every, asked), request, _orders(every), "-index")
    if form in FORMATS:
        table = Table.of(_columns(asked.period(), is_whole=True), rows, reading)
        about = _about(request, asked, rows, reading)
        return download(sheet_of(table, "activity", _("Activity of groups"), about), form)
    page = cut(rows, request, reading)

    def sort_address(key: str) -> str:
        return same_page(request, sort=key, page=None)

    sleeping = frozenset(row.pk for row in every if row.activity.is_dormant)
    columns = _columns(asked.period(), is_whole=False, says_kind=len({row.body.kind for row in every}) > 1)
    candidates = to_merge([row.body for row in every], sleeping, request.user)
    context: dict[str, Any] = {
        **common_context(request, reading, asked, asked.pills(request, reading.language)),
        "table": Table.of(columns, page.rows, reading, sort=sort, sort_address=sort_address),
        "cut": page,
        "glance": _glance(request, every, asked, reading),
        "candidates": _candidates_table(candidates, reading),
        "index_words": index_words(),
    }
    return render(request, "bodies/activity.html", context, status=400 if problem else 200)


def _rows(asked: ActivityAsked, reading: Reading) -> list[Row]:
    """All bodies of the kinds in question, in the order of their names."""
    first, last = asked.period()
    ordered = list(in_label_order(our_bodies(reading.day, reading.user, asked.kinds()), reading.language))
    bodies = {body.pk: body for body in ordered}
    counted = activities(ordered, first, last, reading.day, reading.user)
    return [Row(bodies[one.body], one) for one in counted]


def _asked_for(every: Sequence[Row], asked: ActivityAsked) -> list[Row]:
    is_narrowed = bool(asked.value("dormant"))
    return [row for row in every if row.activity.is_dormant or not is_narrowed]


def _orders(every: Sequence[Row]) -> dict[str, Callable[[Row], Any]]:
    place = {row.pk: number for number, row in enumerate(every)}
    return {
        "body": lambda row: place[row.pk],
        "index": lambda row: row.activity.index,
        "state": lambda row: row.activity.is_dormant,
        **{measure.key: _by_measure(measure.key) for measure in measures_of(BODY)},
    }


def _by_measure(key: str) -> Callable[[Row], int]:
    return lambda row: row.activity.numbers[key]


def _columns(period: tuple[date, date], *, is_whole: bool, says_kind: bool = False) -> Columns[Any]:
    """The index, each measure that there is, and whether the body sleeps; the kind where bodies differ in it."""
    name: Column[Any] = Column(
        "body",
        gettext_lazy("Name"),
        lambda row, r: r.name(BODY, row.pk),
        sort="body",
        refs=lambda row: [(BODY, row.pk)],
        address=lambda row: address((BODY, row.pk)),
        spoken=lambda row, r: r.spoken(BODY, row.pk),
        second=lambda row, r: r.choice(row.body, "kind") if says_kind else "",
    )
    columns = (
        name,
        Column[Any]("index", gettext_lazy("Index"), lambda row, r: row.activity.index, "number", "index"),
        *(_measure_column(measure, period) for measure in measures_of(BODY)),
        Column[Any](
            "state",
            gettext_lazy("State"),
            lambda row, r: _("dormant") if row.activity.is_dormant else "",
            sort="state",
            tone=lambda row, r: "warn",
        ),
    )
    if not is_whole:
        return Columns(columns)
    key = Column[Any]("id", gettext_lazy("id"), lambda row, r: row.pk)
    kind = Column[Any]("kind", gettext_lazy("Kind"), lambda row, r: r.choice(row.body, "kind"))
    grade = Column[Any]("grade", gettext_lazy("grade"), lambda row, r: row.body.grade)
    mark = Column[Any]("mark", gettext_lazy("mark"), lambda row, r: row.body.effective_mark)
    return Columns((key, name, kind, *columns[1:], grade, mark))


def _measure_column(measure: Measure, period: tuple[date, date]) -> Column[Any]:
    """The number of each body, which leads to the rows behind it where the measure says which these are."""
    key, leads_to = measure.key, measure.leads_to

    def way(row: Row) -> str:
        return leads_to(row.pk, *period) if leads_to and row.activity.numbers[key] else ""

    return Column(key, measure.label, lambda row, r: row.activity.numbers[key], "number", key, address=way)


def _about(request: StaffRequest, asked: ActivityAsked, rows: Sequence[Row], reading: Reading) -> list[tuple[str, str]]:
    """What a file says of itself: the period, the filters, how the index is made."""
    about = [(_("Period"), _period_words(asked, reading))]
    about += [(str(pill.name), str(pill.value)) for pill in asked.pills(request, reading.language)]
    about.append((_("Index"), index_words()))
    if any(row.body.grade == Grade.ILLUSTRATIVE for row in rows):
        about.append((_("Note"), _("Some rows are illustrative; the column “grade” says which.")))
    return about


def _period_words(asked: ActivityAsked, reading: Reading) -> str:
    first, last = asked.period()
    return write_span(first.isoformat(), last.isoformat(), reading.language)


def index_words() -> str:
    """How the index is made, in words."""
    return _(
        "By each measure of what happened a body gets the share of the other bodies that have less of it; the index is "
        "the mean of these shares, from 0 to 100. How many members there are does not count."
    )


def _glance(request: StaffRequest, every: Sequence[Row], asked: ActivityAsked, reading: Reading) -> list[Fact]:
    dormant = sum(1 for row in every if row.activity.is_dormant)
    way = same_page(request, dormant="on", page=None) if dormant else ""
    return [
        Fact(_("Bodies"), write_number(len(every), reading.language)),
        Fact(_("Dormant"), write_number(dormant, reading.language), _("nothing in twelve months"), way),
        Fact(_("Period"), _period_words(asked, reading)),
    ]


def _candidates_table(candidates: Sequence[Candidate], reading: Reading) -> Table[Any]:
    """The groups that could go into a regional one, each with the reason."""
    refs = [(BODY, key) for one in candidates for key in (one.body, *one.into)]
    reading.want(refs)
    columns: Columns[Any] = Columns(
        (
            Column(
                "body",
                gettext_lazy("Name"),
                lambda one, r: r.name(BODY, one.body),
                address=lambda one: as_of(address((BODY, one.body)), reading),
                spoken=lambda one, r: r.spoken(BODY, one.body),
            ),
            Column("region", gettext_lazy("Region"), lambda one, r: Country.Region(one.region).label, kind="choice"),
            Column("reason", gettext_lazy("Reason"), _reason),
        )
    )
    return Table.of(columns, candidates, reading)


def _reason(one: Candidate, reading: Reading) -> str:
    words = ngettext(
        "Nothing in twelve months, as in %(count)s other group about the region.",
        "Nothing in twelve months, as in %(count)s other groups about the region.",
        one.others,
    ) % {"count": write_number(one.others, reading.language)}
    names = ", ".join(name for key in one.into if (name := reading.name(BODY, key)))
    return f"{words} {_('There is a regional group: %(names)s.') % {'names': capfirst(names)}}" if names else words
