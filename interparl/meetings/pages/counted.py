"""The rows behind a number of a session, a delegation or an organisation: events, statements, talks, offices.

A number leads here, and here stands what it counted, by the same question.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext

from interparl.bodies.models import Body
from interparl.core.addresses import address, list_address
from interparl.core.columns import link_column
from interparl.core.formats import write_number, write_span
from interparl.core.history import title_of
from interparl.core.known_entries import may_view
from interparl.core.listing import listing_of, sizes
from interparl.core.pages import every_record_pages
from interparl.core.records import Record
from interparl.core.requests import StaffRequest, asked_day, reading_of, require
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import shown
from interparl.directory.models import Office, Organisation
from interparl.directory.pages.columns import SINCE, UNTIL
from interparl.meetings.blocks.columns import KIND, NAME, PLACE, WHEN
from interparl.meetings.blocks.numbers import work_at
from interparl.meetings.blocks.statements import SAID
from interparl.meetings.measures.counted import EVENTS, MODELS, OFFICES, SPEECHES, TALKS, TITLES, Work, rows_of
from interparl.meetings.models import Event

HOSTS: Mapping[str, type[Record]] = {"event": Event, "body": Body, "organisation": Organisation}
ORGANISATION = Organisation.record_kind()
OFFICE: Column[Office] = Column(
    "title",
    gettext_lazy("Office"),
    lambda o, r: shown(o.title, r.language).text,
    second=lambda o, r: r.choice(o, "kind"),
    spoken=lambda o, r: shown(o.title, r.language).language,
)
EVENT_COLUMNS: Columns[Any] = Columns((NAME, WHEN, KIND, PLACE))
COLUMNS: Mapping[str, Columns[Any]] = {
    EVENTS: EVENT_COLUMNS,
    TALKS: EVENT_COLUMNS,
    SPEECHES: Columns((*SAID, link_column("event", gettext_lazy("Event"), Event.record_kind(), "event"))),
    OFFICES: Columns(
        (
            link_column("person", gettext_lazy("Person"), "directory.person", "person", sort="person__label"),
            OFFICE,
            link_column("organisation", gettext_lazy("Organisation"), ORGANISATION, "organisation"),
            SINCE,
            UNTIL,
        )
    ),
}


def counted_page(request: StaffRequest, of: str, key: int, what: str) -> HttpResponse:
    """What was counted of the record: of a session by itself, else from `?since=` to `?until=`, or in this year."""
    if of not in HOSTS or what not in TITLES:
        raise Http404
    pages, reading = every_record_pages[HOSTS[of].record_kind()], reading_of(request)
    require(request.user, pages.permission("view"))
    host: Any = pages.get(request, key)
    if not may_view(MODELS[what].record_kind(), request.user):
        raise Http404
    if isinstance(host, Event):
        work, problem = work_at(host, reading), ""
    else:
        first, last, problem = _period(request, reading)
        work = Work(host, first, last, request.user)
    rows: Any = rows_of(what, work)
    listing = listing_of(request, rows, COLUMNS[what], reading, None)
    name, period = title_of(host, reading), _period_words(work, reading)
    number = ngettext("%(count)s row", "%(count)s rows", listing.total)
    context = {
        "reading": reading,
        "heading": f"{TITLES[what]}: {name}" + (f", {period}" if period else ""),
        "crumbs": [
            Link(capfirst(str(pages.model._meta.verbose_name_plural)), list_address(pages.kind)),
            Link(name, address((pages.kind, key))),
        ],
        "problem": problem,
        "listing": listing,
        "table": listing.table(),
        "sizes": sizes(listing),
        "count_words": number % {"count": write_number(listing.total, reading.language)},
    }
    return render(request, "meetings/counted.html", context, status=400 if problem else 200)


def _period(request: StaffRequest, reading: Reading) -> tuple[date, date, str]:
    """The days that are asked for; what is no day counts as not told, and the sentence says so."""
    first, wrong = asked_day(request.GET.get("since", ""))
    last, also_wrong = asked_day(request.GET.get("until", ""))
    year = (last or reading.day).year
    return first or date(year, 1, 1), last or date(year, 12, 31), wrong or also_wrong


def _period_words(work: Work, reading: Reading) -> str:
    if isinstance(work.host, Event):
        return ""
    return write_span(work.first.isoformat(), work.last.isoformat(), reading.language)
