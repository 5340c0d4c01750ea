"""What officers do about the public page: its wording, and the gap between our count and what others printed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from interparl.core.addresses import address
from interparl.core.formats import write_day
from interparl.core.pages import RecordPages
from interparl.core.requests import StaffRequest, day_problem, reading_of, require, same_page
from interparl.core.tables import Column, Columns
from interparl.core.translated import shown, text_in
from interparl.directory.models import Parliament
from interparl.portal import forms
from interparl.portal.measures import Counted, facts_of
from interparl.portal.models import ReportedFigure, Section

section_pages = RecordPages(
    model=Section,
    form=forms.SectionForm,
    columns=Columns(
        (
            Column(
                "label",
                gettext_lazy("Title"),
                lambda s, r: text_in(s.title, r.language),
                sort="label",
                address=lambda s: address(("portal.section", s.pk)),
            ),
            Column("order", gettext_lazy("Order"), lambda s, r: s.order, kind="number", sort="order"),
            Column("key", gettext_lazy("Key"), lambda s, r: s.key, sort="key"),
        )
    ),
    facts=(
        Column(
            "text",
            gettext_lazy("Text"),
            lambda s, r: shown(s.text, r.language).text,
            spoken=lambda s, r: shown(s.text, r.language).language,
        ),
        Column("order", gettext_lazy("Order"), lambda s, r: s.order, kind="number"),
        Column("key", gettext_lazy("Key"), lambda s, r: s.key),
    ),
)

reported_figure_pages = RecordPages(
    model=ReportedFigure,
    form=forms.ReportedFigureForm,
    related=("source",),
    columns=Columns(
        (
            Column(
                "key",
                gettext_lazy("What was counted"),
                lambda f, r: r.choice(f, "key"),
                kind="choice",
                sort="key",
                address=lambda f: address(("portal.reportedfigure", f.pk)),
            ),
            Column("number", gettext_lazy("Count"), lambda f, r: f.number, kind="number", sort="number"),
            Column("printed_on", gettext_lazy("Printed on"), lambda f, r: f.printed_on, kind="date", sort="printed_on"),
            Column(
                "source",
                gettext_lazy("Source"),
                lambda f, r: text_in(found.title, r.language) if (found := r.seen(f.source)) else "",
            ),
        ),
        related=("source",),
    ),
    facts=(
        Column("number", gettext_lazy("Count"), lambda f, r: f.number, kind="number"),
        Column("printed_on", gettext_lazy("Printed on"), lambda f, r: f.printed_on, kind="date"),
        Column(
            "source",
            gettext_lazy("Source"),
            lambda f, r: text_in(found.title, r.language) if (found := r.seen(f.source)) else "",
        ),
    ),
)


def figures_page(request: StaffRequest) -> HttpResponse:
    """Our count of the day beside what others printed for it, and the gap."""
    require(request.user, "portal.view_reportedfigure")
    reading = reading_of(request)
    counted = Counted(Parliament.objects.home(), reading.day, request.user)
    facts = facts_of(counted, reading.language)
    ours = {
        "partner_parliaments": facts.partner_parliaments,
        "working_groups": facts.working_groups,
        "commissions": facts.commissions,
        "permanent_delegations": facts.permanent_delegations,
    }
    reported = counted.reported()
    rows = []
    for key, number in ours.items():
        figure = reported.get(key)
        gap = "" if figure is None else _gap(number, figure)
        printed = (
            ""
            if figure is None
            else _("more than %(number)s") % {"number": figure.number}
            if figure.is_more_than
            else str(figure.number)
        )
        printed_in = reading.seen(figure.source) if figure else None
        source = text_in(printed_in.title) if printed_in else ""
        day = write_day(figure.printed_on, reading.language) if figure else ""
        rows.append(
            (capfirst(str(ReportedFigure.Key(key).label)), number, printed, gap, f"{source}, {day}" if day else source)
        )
    context = {
        "reading": reading,
        "rows": rows,
        "sentences": facts.sentences,
        "day_problem": day_problem(request),
        "is_today": not reading.is_past,
        "today_url": same_page(request, on=None),
        "day_words": write_day(reading.day, get_language() or "en"),
    }
    return render(request, "portal/figures.html", context)


def _gap(number: int, figure: ReportedFigure) -> str:
    """The difference between our count and theirs, signed; nothing where theirs says "more than" and it is so."""
    if figure.is_more_than and number > figure.number:
        return ""
    difference = number - figure.number
    return f"{difference:+d}" if difference else ""
