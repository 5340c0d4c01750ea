"""A note of talks just held: one deed writes the event, who spoke, and the record with its promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from interparl.accounts.models import User, access
from interparl.accounts.roles import INTERNAL, OFFICIAL
from interparl.core.translated import written
from interparl.core.writing import Refused, change
from interparl.directory.models import Country, Parliament, Person
from interparl.meetings.models import Event, Form, Kind, Participation, Stage, StageDay, TalkText

REMOTE = (Form.CALL, Form.VIDEO)
NO_WORDS = "no-words"


@dataclass(frozen=True)
class Note:
    """What was said, with whom, when and in what form; `language` is the one it is written in."""

    text: str
    form: str
    day: date
    language: str
    begins: str = ""
    about: str = ""
    person: Person | None = None
    printed_name: str = ""
    country: Country | None = None
    within: Event | None = None


def note_talks(note: Note, *, by: User) -> TalkText:
    """Writes the talks as held and noted, in one transaction; returns their record.

    The record is for official use. A user who may not read such a record of these talks himself, because he neither
    takes part as a person of the directory nor looks after the country, keeps it as internal. Raises Refused.
    """
    if not note.text.strip():
        raise Refused({"text": [_("Write what was said.")]})
    if note.person is None and not note.printed_name.strip():
        raise Refused({"person": [_("Say who it was: choose a person or write a name.")]})
    with transaction.atomic():
        event = _event(note)
        if not event.may_do("add", by):
            raise PermissionDenied
        with change(event, by=by) as held:
            held.stage = Stage.NOTED
        for participation in _people(event, note, by):
            with change(participation, by=by):
                pass
        with change(StageDay(event=event, stage=Stage.NOTED, reached_on=note.day.isoformat()), by=by):
            pass
        # Who takes part may read more from now on.
        by.__dict__["standing"] = access().standing_of(by)
        text = TalkText(event=event, kind=TalkText.Kind.RECORD, text=written({note.language: note.text.strip()}))
        with change(text, by=by) as record:
            record.mark = mark_of_record(event, by)
        return text


def mark_of_record(event: Event, by: User) -> str:
    """The mark that a record of these talks gets from this user."""
    draft = TalkText(event=event, mark=OFFICIAL, effective_mark=OFFICIAL)
    return OFFICIAL if draft.is_open_to(by) else INTERNAL


def _event(note: Note) -> Event:
    who = note.person.label_in(note.language) if note.person is not None else note.printed_name
    about = note.about.strip() or _("%(form)s: %(name)s") % {"form": Form(note.form).label, "name": who}
    return Event(
        kind=Kind.TALKS,
        form=note.form,
        title=written({note.language: about[:1].upper() + about[1:]}),
        country=note.country,
        within=note.within,
        since=note.day.isoformat(),
        until=note.day.isoformat(),
        begins=note.begins,
        is_remote=note.form in REMOTE,
    )


def _people(event: Event, note: Note, by: User) -> list[Participation]:
    """The one who notes, if he is a person of the directory, and the one he spoke with."""
    present = Participation.Attendance.PRESENT
    found = []
    mine = Person.objects.visible_to(by).filter(user=by).order_by("pk").first()
    if mine is not None and (note.person is None or mine.pk != note.person.pk):
        capacity = Participation.Capacity.PARLIAMENTARIAN if by.role == "member" else Participation.Capacity.OFFICIAL
        found.append(
            Participation(
                event=event,
                person=mine,
                parliament=Parliament.objects.home(),
                capacity=capacity,
                attendance=present,
            )
        )
    other = Participation(event=event, person=note.person, country=note.country, attendance=present)
    if note.person is None:
        other.printed_name = note.printed_name.strip()
    return [*found, other]
