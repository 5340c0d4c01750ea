"""The handover file as a page, and as a printed book or a Word file with `?format=`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from interparl.briefs.exports import FileChapter, Handover, book_of, handover_of, mark_of, subject_of
from interparl.core.days import today
from interparl.core.formats import write_day
from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.requests import StaffRequest, day_problem, reading_of, same_page
from interparl.core.templatetags.ui_parts import Action, Link
from interparl.core.translated import languages
from interparl.paper.book import Book
from interparl.paper.typeset import NotPrinted, as_pdf
from interparl.paper.word import as_docx

log = logging.getLogger("interparl.briefs")
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: dict[str, tuple[str, Callable[[Book], bytes]]] = {"pdf": (PDF, as_pdf), "docx": (WORD, as_docx)}


def handover_page(request: StaffRequest, kind: str, key: int) -> HttpResponse:
    """The file as of `?on=` in the language of `?lang=`; 404 alike for what may not be known and what is not there."""
    asked = request.GET.get("lang", "")
    language_problem = (
        "" if asked in ("", *languages()) else _("There is no language “%(text)s” here.") % {"text": asked[:40]}
    )
    problem = day_problem(request) or language_problem
    form = request.GET.get("format", "")
    if problem and form in FORMATS:
        return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
    with override(get_language() if language_problem or not asked else asked):
        reading = reading_of(request)
        subject = subject_of((kind, key), reading)
        if subject is None:
            raise Http404
        handover = handover_of(subject, reading)
        if form not in FORMATS:
            return _page(request, handover, problem, 400 if problem else 200)
        try:
            return _download(handover, form)
        except NotPrinted as failure:
            log.exception("The handover file of %s %s could not be set", kind, key)
            words = _("The file could not be printed: %(reason)s") % {"reason": failure}
            return _page(request, handover, words, 500)


def _download(handover: Handover, form: str) -> HttpResponse:
    """The book; its name says nothing of the record but its key."""
    media, made = FORMATS[form]
    kind, key = handover.ref
    name = f"handover-{kind.rpartition('.')[2]}-{key}-{handover.reading.day.isoformat()}.{form}"
    answer = HttpResponse(made(book_of(handover)), content_type=media)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer


def _page(request: StaffRequest, handover: Handover, problem: str, status: int) -> HttpResponse:
    reading = handover.reading
    first = handover.chapters[0]
    context: dict[str, Any] = {
        "heading": _("Handover file: %(name)s") % {"name": handover.name},
        "chapters": _with_own_keys(handover.chapters),
        "is_single": len(handover.chapters) == 1,
        "reading": reading,
        "problem": problem,
        "mark": mark_of(handover),
        "crumbs": [Link(first.title, first.address)] if first.address else [],
        "actions": [
            Action("PDF", same_page(request, format="pdf"), kind="primary", icon="print"),
            Action("Word", same_page(request, format="docx"), icon="export"),
        ],
        "day_words": write_day(reading.day, reading.language),
        "is_today": reading.day == today(),
        "today_url": same_page(request, on=None),
        "kept_but_day": [(name, value) for name, value in request.GET.items() if name == "lang"],
        "languages": [
            Action(LANGUAGE_NAMES.get(code, code), same_page(request, lang=code))
            for code in languages()
            if code != reading.language
        ],
    }
    return render(request, "briefs/handover.html", context, status=status)


def _with_own_keys(chapters: Sequence[FileChapter]) -> list[FileChapter]:
    """The chapters as the page shows them: of several none has parts with keys, since a chapter alone is a landmark."""
    if len(chapters) == 1:
        return list(chapters)
    return [
        replace(chapter, sections=[replace(one, key="") for one in chapter.sections], gaps_key="")
        for chapter in chapters
    ]
