"""The Monday sheet: the next fourteen days on a page to print, and the same as a PDF in any of the languages."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from interparl.core.blocks import Rows
from interparl.core.days import today
from interparl.core.formats import write_days
from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.requests import StaffRequest, same_page
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Link
from interparl.core.translated import languages
from interparl.meetings.blocks.calendar import ONE_DAY
from interparl.meetings.blocks.sheet import Sheet, sheet_of
from interparl.meetings.pages.calendar.asked import Asked
from interparl.meetings.pages.calendar.common import calendar_page, where
from interparl.meetings.pages.calendar.printing import made_words, pdf_answer
from interparl.paper.book import Book, Chapter, Section
from interparl.paper.typeset import NotPrinted

log = logging.getLogger("interparl.meetings")
DAYS = 14


@calendar_page
def monday_page(request: StaffRequest, asked: Asked) -> HttpResponse:
    """The fourteen days from the day on, as the reader may know of them; `?format=pdf` is the printed sheet."""
    form, language = request.GET.get("format", ""), request.GET.get("lang", "")
    problem = asked.problem
    if language not in ("", *languages()):
        problem = problem or _("There is no language “%(text)s” here.") % {"text": language[:40]}
        language = ""
    if problem and form == "pdf":
        return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
    with override(language or get_language()):
        reading = asked.reading
        reading.language = language or reading.language
        first, last = asked.day, asked.day + (DAYS - 1) * ONE_DAY
        sheet = sheet_of(asked.events(), first, last, reading)
        title = _("Sheet for %(days)s") % {"days": write_days(first, last, reading.language)}
        status = 400 if problem else 200
        if form == "pdf":
            try:
                return pdf_answer(book_of(sheet, title, reading), f"sheet-{first.isoformat()}.pdf")
            except NotPrinted as failure:
                log.exception("The sheet from %s could not be set", first)
                problem = _("The sheet could not be printed: %(reason)s") % {"reason": failure}
                status = 500
        return _page(request, asked, sheet, title, problem, status)


def _page(request: StaffRequest, asked: Asked, sheet: Sheet, title: str, problem: str, status: int) -> HttpResponse:
    reading, kept = asked.reading, asked.kept()
    step = 7 * ONE_DAY
    context: dict[str, Any] = {
        "reading": reading,
        "heading": title,
        "crumbs": [Link(_("Calendar"), reverse("meetings:calendar-month"))],
        "actions": [
            Action("PDF", same_page(request, format="pdf"), kind="primary", icon="print"),
            Action(_("Before"), where("monday", asked.day - step, **kept), icon="previous", words_hidden=True),
            Action(_("After"), where("monday", asked.day + step, **kept), icon="next", words_hidden=True),
        ],
        "more": [
            Action(LANGUAGE_NAMES.get(code, code), same_page(request, lang=code))
            for code in languages()
            if code != reading.language
        ],
        "mark": "official" if sheet.mark == "pointer" else sheet.mark,
        "table": sheet.table(reading),
        "day_problem": problem,
        "made": made_words(reading),
    }
    return render(request, "meetings/calendar_monday.html", context, status=status)


def book_of(sheet: Sheet, title: str, reading: Reading) -> Book:
    """The sheet as a book of one table, small enough for one page."""
    return Book(
        name=title,
        what=_("Two weeks"),
        language=reading.language,
        day=today(),
        mark=sheet.mark,
        grade=sheet.grade,
        chapters=[Chapter(title, [Section("", Rows(sheet.table(reading, printed=True)))])],
        foot=[made_words(reading)],
        is_dense=True,
    )
