"""Handover files: whose they are, what is in them for a reader on a day, and the book that is printed of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.accounts.roles import INTERNAL, OFFICIAL, PUBLIC, ROLES
from interparl.briefs.exports.chapters import FileChapter, chapter_of
from interparl.briefs.exports.officers import first_chapter, may_see_file_of, portfolio_of
from interparl.core.blocks import Rows
from interparl.core.days import DEMONSTRATION_DAY, installation, today
from interparl.core.formats import write_day
from interparl.core.kinds import Ref
from interparl.core.models import Grade, Label
from interparl.core.pages import every_record_pages
from interparl.core.reads import note, note_beside, note_record, noting
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.tables import Reading
from interparl.directory.models import Country, Parliament
from interparl.paper.book import Book, Chapter, Lines, Section
from interparl.paper.plain import plain
from interparl.paper.signs import missing

OFFICER = "accounts.user"
KINDS = ("bodies.body", "directory.country", "directory.organisation", "directory.person", OFFICER)
GRADES = (Grade.STATED, Grade.LIKELY, Grade.ILLUSTRATIVE)


@dataclass(frozen=True)
class Handover:
    """The file of a body, a country, an organisation, a person or an officer; `is_restricted`: for official use.

    `name` says whose it is.
    """

    ref: Ref
    name: str
    reading: Reading
    chapters: Sequence[FileChapter]
    is_restricted: bool

    @property
    def gaps(self) -> list[str]:
        """What is not known, in all chapters."""
        return [gap for chapter in self.chapters for gap in chapter.gaps]


def subject_of(ref: Ref, reading: Reading) -> Record | User | None:
    """Whose file it is; None for who may not know of it, and where there is nobody."""
    kind, key = ref
    user = reading.user
    if kind not in KINDS:
        return None
    if kind == OFFICER:
        officer = User.objects.filter(pk=key).first()
        may = officer is not None and isinstance(user, User) and may_see_file_of(officer, user, reading)
        return officer if may else None
    pages = every_record_pages[kind]
    found = pages.model._base_manager.filter(pages.model.may_read(user), pk=key)
    if pages.related:
        found = found.select_related(*pages.related)
    record = note_record(found.first())
    if record is not None:
        note_beside([record], pages.related, user)
    return record


def handover_of(subject: Record | User, reading: Reading) -> Handover:
    """The file, as the reader may know it on the day; the language of the words is that in force."""
    reading = replace(reading, is_whole=True)
    kind = OFFICER if isinstance(subject, User) else subject.record_kind()
    with noting() as restricted:
        chapters = list(_chapters(subject, reading))
        for chapter in chapters:
            # What the cells tell is known only when they are written.
            plain(Book("", "", reading.language, reading.day, INTERNAL, "", [_printed(chapter)]))
    note(restricted)
    name = str(subject) if isinstance(subject, User) else chapters[0].title
    return Handover((kind, subject.pk), name, reading, chapters, is_restricted=bool(restricted))


def _chapters(subject: Record | User, reading: Reading) -> Iterator[FileChapter]:
    if isinstance(subject, User):
        held = portfolio_of(subject, reading)
        yield first_chapter(subject, held, reading)
        yield from (chapter_of(record, reading) for _row, record in held)
        return
    yield chapter_of(subject, reading)
    if isinstance(subject, Country):
        parliaments = Parliament.objects.visible_to(reading.user).filter(country=subject).on(reading.day)
        yield from (chapter_of(parliament, reading) for parliament in parliaments.order_by("pk"))


def book_of(handover: Handover) -> Book:
    """The book that is printed, with the highest mark and the lowest grade of what is in it."""
    reading = handover.reading
    return Book(
        name=handover.name,
        what=_("Handover file"),
        language=reading.language,
        day=reading.day,
        mark=mark_of(handover),
        grade=_grade(handover),
        chapters=[_printed(one) for one in handover.chapters],
        foot=[_read_by(reading.user), _("made on %(day)s") % {"day": write_day(today(), reading.language)}],
        instead=_instead(reading),
    )


def mark_of(handover: Handover) -> str:
    """The highest mark of what is in it; what is written for staff is internal at least."""
    return OFFICIAL if handover.is_restricted else _least_mark(handover.reading.user)


def _least_mark(user: Reader) -> str:
    """What a paper of the department is at least; one for the public holds nothing but what is public."""
    return INTERNAL if isinstance(user, User) and INTERNAL in user.rights.marks else PUBLIC


def _read_by(user: Reader) -> str:
    """As whom the file was read: another reader finds more or less in it."""
    if not isinstance(user, User):
        return _("as the public may read it")
    return _("as %(name)s may read it") % {"name": user if user.pk else ROLES[user.role].title}


def _grade(handover: Handover) -> str:
    """The lowest grade of what is in it; all of a demonstration is one."""
    if DEMONSTRATION_DAY in installation():
        return Grade.ILLUSTRATIVE
    grades = {chapter.grade for chapter in handover.chapters if chapter.grade}
    for chapter in handover.chapters:
        for section in chapter.sections:
            if isinstance(section.content, Rows):
                grades |= {row.grade for row in section.content.table.rows if isinstance(row, Record)}
    return max(grades, key=[*map(str, GRADES)].index, default=Grade.STATED)


def _printed(chapter: FileChapter) -> Chapter:
    sections = [Section(one.title, one.content, at_a_glance=one.place == "top") for one in chapter.sections]
    if chapter.gaps:
        sections.append(Section(_("What is not in this file"), Lines(chapter.gaps)))
    return Chapter(chapter.title, sections)


def _instead(reading: Reading) -> dict[str, str]:
    """For names with signs that no font has: the same in another language, where that can be printed."""
    lost = {ref: named.text for ref, named in reading.labels.items() if named.text and missing(named.text)}
    if not lost:
        return {}
    keys = {key for _kind, key in lost}
    rows = Label.objects.filter(kind__in={kind for kind, _key in lost}, object_id__in=keys).order_by("language")
    found: dict[str, str] = {}
    for kind, key, text in rows.values_list("kind", "object_id", "text"):
        if (kind, key) in lost and not missing(text):
            found.setdefault(lost[kind, key], text)
    return found
