"""The page on which a whole agenda is written: lines, order, tree, rapporteurs, times and minutes, with one save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.core.addresses import address, list_address
from interparl.core.editing import TheirChange
from interparl.core.formats import write_moment
from interparl.core.history import title_of
from interparl.core.labels import labels_of
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import shown
from interparl.core.writing import Refused
from interparl.directory.models import Parliament
from interparl.meetings.actions.agenda import Line, Moved, Theirs, items_of, keep_agenda, last_change, lines_of
from interparl.meetings.actions.copying import is_ours
from interparl.meetings.blocks.agenda import agenda_address, is_closed
from interparl.meetings.models import Event, Participation
from interparl.meetings.pages.events import event_pages
from interparl.meetings.rules.numbering import parents, placed, stepped

EVENT, PERSON = Event.record_kind(), Participation.record_kind()
# So many empty lines are offered beside what there is, so many are read at the most, so far they go in.
FURTHER, MOST, DEEPEST = 3, 300, 6
LONGEST_TIME = 32_767
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Typed:
    """One line as it was typed: what could not be read stays as it is."""

    item: str = ""
    depth: int = 0
    title: str = ""
    ours: str = ""
    theirs: str = ""
    minutes: str = ""
    record: str = ""


@dataclass(frozen=True)
class Shown:
    """One line as the page prints it, with its number, and what another wrote meanwhile."""

    at: int
    typed: Typed
    number: str
    closed: str
    otherwise: str
    spoken: str
    ours: Choices
    theirs: Choices
    changes: Sequence[TheirChange]


def agenda_page(request: StaffRequest, key: int) -> HttpResponse:
    """The agenda of an event as a form; a step of a line shows it anew, saving writes all of it."""
    require(request.user, event_pages.permission("view"))
    event, reading = event_pages.get(request, key), reading_of(request)
    if not agenda_address(event, reading):
        raise PermissionDenied
    page = _Page(event, reading)
    if request.method != "POST":
        return page.answer(request, page.stored(), last_change(event, page.items))
    typed, seen = _typed(request), _number(request.POST.get("seen", ""))
    if step := request.POST.get("step", ""):
        return page.answer(request, _stepped(typed, step), seen)
    try:
        keep_agenda(event, page.read(typed), seen=seen, reading=reading, by=request.user)
    except Refused as refusal:
        return page.answer(request, typed, seen, refusal=refusal.messages)
    except Moved as moved:
        return page.answer(request, [_typed_of(line) for line in moved.lines], moved.seen, changes=moved.changes)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(address((EVENT, event.pk)))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _typed(request: StaffRequest) -> list[Typed]:
    """The lines that say something, as they were sent; each item once."""
    sent, found, told = request.POST, list[Typed](), set[str]()
    for at in range(MOST):
        item = sent.get(f"item-{at}", "")
        line = Typed(
            item if _number(item) else "",
            min(_number(sent.get(f"depth-{at}", "")), DEEPEST),
            sent.get(f"title-{at}", ""),
            sent.get(f"ours-{at}", "")[:20],
            sent.get(f"theirs-{at}", "")[:20],
            sent.get(f"minutes-{at}", "").strip()[:20],
            sent.get(f"record-{at}", ""),
        )
        if item in told or replace(line, depth=0) == Typed():
            continue
        if line.item:
            told.add(line.item)
        found.append(line)
    return found


def _typed_of(line: Line) -> Typed:
    return Typed(
        str(line.item or ""),
        line.depth,
        line.title,
        str(line.ours or ""),
        str(line.theirs or ""),
        str(line.minutes or ""),
        line.record,
    )


def _stepped(typed: Sequence[Typed], step: str) -> list[Typed]:
    """The lines after a step, as in "up-3"."""
    name, _sign, at = step.partition("-")
    if not (at.isascii() and at.isdigit()):
        return list(typed)
    places = stepped([line.depth for line in typed], _number(at), name)
    return [replace(typed[position], depth=min(depth, DEEPEST)) for position, depth in places]


class _Page:
    """What the page of one agenda shows to one reader."""

    def __init__(self, event: Event, reading: Reading) -> None:
        self.event, self.reading = event, reading
        self.items = {item.pk: item for item in items_of(event, reading.user)}
        people = list(Participation.objects.visible_to(reading.user).filter(event=event).in_order())
        labels = labels_of([(PERSON, one.pk) for one in people], reading.language, reading.user)
        reading.labels.update(labels)
        home = Parliament.objects.home()
        names = [(str(one.pk), reading.name(PERSON, one.pk) or str(one), is_ours(one, home)) for one in people]
        self.every = {key: name for key, name, _ours in names}
        # Where the sides cannot be told apart everybody may be either.
        is_told = any(ours for _key, _name, ours in names)
        self.ours = [(key, name) for key, name, ours in names if ours or not is_told]
        self.theirs = [(key, name) for key, name, ours in names if not ours or not is_told]

    def stored(self) -> list[Typed]:
        """The agenda as it stands."""
        lines = lines_of(list(self.items.values()), self.reading.language)
        return [self._seen(_typed_of(line)) for line in lines]

    def _seen(self, typed: Typed) -> Typed:
        """Without rapporteurs that the reader may not know of."""
        return replace(
            typed,
            ours=typed.ours if typed.ours in self.every else "",
            theirs=typed.theirs if typed.theirs in self.every else "",
        )

    def read(self, typed: Sequence[Typed]) -> list[Line]:
        """The lines as values; raises Refused with the number of each line that cannot be read."""
        wrong: list[str] = []
        found = []
        for number, line in enumerate(typed, 1):
            item = self.items.get(_number(line.item))
            is_time = not line.minutes or (_number(line.minutes) and _number(line.minutes) <= LONGEST_TIME)
            if not is_time:
                wrong.append(_("Line %(number)s: write the time as a number of minutes.") % {"number": number})
            if not {line.ours, line.theirs} - {""} <= self.every.keys():
                wrong.append(_("Line %(number)s: choose a rapporteur who takes part.") % {"number": number})
            found.append(
                Line(
                    _number(line.item) or None,
                    line.depth,
                    line.title.strip(),
                    self._person(line.ours, item.ours_id if item else None),
                    self._person(line.theirs, item.theirs_id if item else None),
                    _number(line.minutes) or None,
                    line.record,
                )
            )
        if wrong:
            raise Refused(wrong)
        return found

    def _person(self, typed: str, stored: int | None) -> int | None:
        """The one who was chosen; one whom the reader may not know of stays where nobody was."""
        is_hidden = stored is not None and str(stored) not in self.every
        return _number(typed) or (stored if is_hidden else None)

    def answer(
        self,
        request: StaffRequest,
        typed: Sequence[Typed],
        seen: int,
        *,
        refusal: Sequence[str] = (),
        changes: Sequence[Theirs] = (),
    ) -> HttpResponse:
        """The page."""
        name, here = title_of(self.event, self.reading), address((EVENT, self.event.pk))
        context = {
            "title": _("Agenda: %(name)s") % {"name": name},
            "crumbs": [Link(capfirst(str(Event._meta.verbose_name_plural)), list_address(EVENT)), Link(name, here)],
            "back": here,
            "lines": self._shown(typed, _changes(changes, self.reading)),
            "seen": seen,
            "refusal": refusal,
            "their_changes": bool(changes),
        }
        return render(request, "meetings/agenda.html", context, status=422 if refusal or changes else 200)

    def _shown(self, typed: Sequence[Typed], changes: Mapping[int, Sequence[TheirChange]]) -> list[Shown]:
        lines = [self._seen(line) for line in typed]
        above = parents([line.depth for line in lines])
        numbers = {one.key: one.number for one in placed(enumerate(above))}
        found = [self._line(at, line, numbers[at], changes) for at, line in enumerate(lines)]
        empty = range(len(lines), min(len(lines) + FURTHER, MOST))
        return [*found, *(self._line(at, Typed(), "", {}) for at in empty)]

    def _line(self, at: int, typed: Typed, number: str, changes: Mapping[int, Sequence[TheirChange]]) -> Shown:
        item = self.items.get(_number(typed.item))
        title = shown(item.title, self.reading.language) if item else None
        is_other = title is not None and title.is_fallback
        return Shown(
            at,
            typed,
            number,
            item.get_effective_mark_display() if item is not None and is_closed(item, self.event) else "",
            title.text if title is not None and is_other else "",
            title.language if title is not None and is_other else "",
            self._choices(self.ours, typed.ours),
            self._choices(self.theirs, typed.theirs),
            changes.get(item.pk, ()) if item else (),
        )

    def _choices(self, offered: Choices, chosen: str) -> Choices:
        """Those of one side, and whoever is chosen already."""
        is_missing = chosen in self.every and chosen not in dict(offered)
        return [*offered, (chosen, self.every[chosen])] if is_missing else offered


def _changes(changes: Sequence[Theirs], reading: Reading) -> dict[int, list[TheirChange]]:
    found: dict[int, list[TheirChange]] = {}
    for one in changes:
        who, when = str(one.entry.user or one.entry.actor), write_moment(one.entry.at, reading.language)
        found.setdefault(one.item, []).append(TheirChange(one.name, one.label, one.words, who, when, is_merged=False))
    return found
