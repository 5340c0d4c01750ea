"""Documents on any record, their versions, and what is known of each file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.dates import NotADate, PartialDate
from interparl.core.fields import LineField
from interparl.core.kinds import Ref, model_of
from interparl.core.marks import rank
from interparl.core.models import Mark
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import PartialDateField, Personal, Problem, Problems, Record, named
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField
from interparl.documents.rules import MEDIA

NO_SUCH_RECORD = _("There is no such record to attach it to.")
BELOW = _("The record that it is attached to is marked “%(mark)s”. A document on it is marked no lower.")
KEPT = _("A version that is kept does not change. Add another version.")


class DocumentKind(models.TextChoices):
    """What a document is; how long it is kept goes by it."""

    DECISION = "decision", pgettext_lazy("kind of document", "decision")
    LETTER = "letter", pgettext_lazy("kind of document", "letter")
    PROGRAMME = "programme", pgettext_lazy("kind of document", "programme")
    MINUTES = "minutes", pgettext_lazy("kind of document", "minutes")
    LIST = "list", pgettext_lazy("kind of document", "list")
    AGREEMENT = "agreement", pgettext_lazy("kind of document", "agreement")
    REPORT = "report", pgettext_lazy("kind of document", "report")
    OTHER = "other", pgettext_lazy("kind of document", "other document")


class Content(models.Model):
    """One file that is kept, however many versions have it: whether its text was read, and the text.

    It is made of the file and no record: nobody edits it, it goes with the last version that has its content, and its
    row is the lock between who adds such a version and who removes the last one. `passages` are what of the text the
    search holds (`rules.passages`); who read the text has told them apart as well.
    """

    class State(models.TextChoices):
        """How far its text was read."""

        WAITING = "waiting", pgettext_lazy("text of a file", "not read yet")
        DONE = "done", pgettext_lazy("text of a file", "read")
        EMPTY = "empty", pgettext_lazy("text of a file", "no text in it")
        FAILED = "failed", pgettext_lazy("text of a file", "cannot be read")

    digest = models.CharField(max_length=64, unique=True)
    media = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    reason = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    passages = models.JSONField(default=list)
    is_cut = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")

    def __str__(self) -> str:
        return self.digest


class DocumentQuerySet(RecordQuerySet["Document"]):
    """Questions about documents."""

    def about(self, kind: str, key: int) -> DocumentQuerySet:
        """Those attached to one record."""
        return self.filter(kind=kind, object_id=key)

    def with_content(self, digest: str) -> DocumentQuerySet:
        """Those with a version that has this content still."""
        return self.filter(pk__in=Version.objects.holding(digest).values("document"))


class Document(Record):
    """A letter, a decision, a report: what it is called, the day and number on it; its files are its versions.

    It may be attached to any record, whose mark then counts for it as well, and has a page of its own.
    `text_language` is the language of the authentic text, as BCP 47 writes it.
    """

    kind = models.CharField(_("kind of record"), max_length=60, blank=True)
    object_id = models.BigIntegerField(_("record"), null=True, blank=True)
    title = TranslatedField(_("title"))
    document_kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    number = LineField(_("number"), max_length=60, blank=True)
    dated_on = PartialDateField(_("date on it"))
    dated_earliest = models.DateField(null=True, editable=False)
    dated_latest = models.DateField(null=True, editable=False)
    text_language = models.CharField(
        _("language of the authentic text"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", _("Write a code, as be, ru, en or hy."))],
        help_text=_("Its code: be, ru, en, hy"),
    )

    objects = DocumentQuerySet.as_manager()
    derived = (*Record.derived, "dated_earliest", "dated_latest")
    hangs_on_any = True
    has_own_page = True
    labelled = True
    label_needs = ("versions",)
    personal = Personal(
        # What is published of an office holder is a public fact.
        naming=("title", "number", "dated_on"),
        facts=("kind", "object_id", "document_kind", "text_language"),
        removed={
            "erase": ~Q(effective_mark=Mark.PUBLIC) | Q(effective_published_on=None),
            "anonymise": Q(),
        },
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = (models.Index(fields=("kind", "object_id")),)

    @property
    def whole(self) -> Ref | None:
        """The record that it is attached to."""
        return (self.kind, self.object_id) if self.kind and self.object_id else None

    def prepare(self) -> None:
        """Fills the first and the last day that the date may mean; what is no date leaves them open."""
        super().prepare()
        try:
            known = PartialDate.parse(self.dated_on) if self.dated_on else None
        except NotADate:
            known = None
        self.dated_earliest, self.dated_latest = (known.earliest, known.latest) if known else (None, None)

    def label_in(self, language: str) -> str:
        """Its title."""
        return named(self.title, language)

    def also_known(self) -> list[str]:
        """Its number, and passages of its newest text that is read by all who read the document."""
        found = [self.number] if self.number else []
        mine = [one for one in self.versions.all() if one.is_held and one.effective_mark == self.effective_mark]
        if mine:
            newest = max(mine, key=lambda one: one.number)
            read = Content.objects.filter(digest=newest.digest, state=Content.State.DONE)
            found += read.values_list("passages", flat=True).first() or []
        return found

    def going_along(self) -> Sequence[Record]:
        """Its versions, as long as they stand as it does."""
        return list(self.versions.order_by("pk"))

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """It is attached to a record that is there, and marked no lower than that."""
        found = super().problems(records)
        marks = marks_of({(one.kind, one.object_id) for one in records if one.kind and one.object_id})
        for position, record in enumerate(records):
            if not record.kind and record.object_id is None:
                continue
            mark = marks.get((record.kind, record.object_id or 0))
            if mark is None:
                found.add(position, Problem("no-record", NO_SUCH_RECORD, "object_id"))
            elif rank(mark) > rank(record.mark):
                message = BELOW % {"mark": Mark(mark).label}
                found.add(position, Problem("mark-below", message, "mark", may_be_questioned=True))
        return found


def marks_of(refs: set[Ref]) -> dict[Ref, str]:
    """The marks in force of those of these records that are there; one query a kind."""
    keys: dict[str, list[int]] = {}
    for kind, key in refs:
        keys.setdefault(kind, []).append(key)
    found: dict[Ref, str] = {}
    for kind, several in keys.items():
        try:
            model = model_of(kind)
        except (LookupError, ValueError):
            continue
        rows = model._base_manager.filter(pk__in=several).values_list("pk", "effective_mark")
        found |= {(kind, key): mark for key, mark in rows}
    return found


class VersionQuerySet(RecordQuerySet["Version"]):
    """Questions about versions."""

    def held(self) -> VersionQuerySet:
        """Those whose content is kept still."""
        return self.filter(removed_on=None)

    def holding(self, digest: str) -> VersionQuerySet:
        """Those that have this content still."""
        return self.held().filter(digest=digest)


class Version(Record):
    """One file of a document, as it was handed in; who and when stand in the history.

    `digest` is the SHA-256 of the content in hex digits, `size` its bytes, `media` the type that the content showed,
    `name` what the sender's file was called, as text. Nothing of it ever changes but `removed_on`: the day on which the
    content was removed while digest and name stay.
    """

    document = models.ForeignKey(Document, models.PROTECT, verbose_name=_("document"), related_name="versions")
    number = models.PositiveIntegerField(pgettext_lazy("of a version", "number"))
    digest = models.CharField(
        _("digest"), max_length=64, db_index=True, validators=[RegexValidator(r"\A[0-9a-f]{64}\Z")]
    )
    size = models.PositiveBigIntegerField(_("bytes"))
    media = models.CharField(_("type"), max_length=100, choices=[(one, one) for one in MEDIA])
    name = LineField(_("name of the file"), max_length=255)
    removed_on = models.DateField(_("content removed on"), null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()
    told_by = "name"
    whole_field = "document"
    reads_through = ("document",)
    own_like = "document"
    personal = Personal(
        "document", naming=("name",), facts=("document", "number", "digest", "size", "media", "removed_on")
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="version_once"),)

    @property
    def is_held(self) -> bool:
        """Whether its content is kept still."""
        return self.removed_on is None

    def may_do(self, action: str, user: Reader) -> bool:
        """It is added by who may change the document; it never changes, and goes by a step of its own."""
        return action == "add" and self.document.may_change(user)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """What is kept stays as it was handed in."""
        found = super().problems(records)
        stored = cls._base_manager.in_bulk([record.pk for record in records if record.pk])
        for position, record in enumerate(records):
            before = stored.get(record.pk)
            if before is not None and _content_of(before) != _content_of(record):
                found.add(position, Problem("kept", KEPT))
        return found


def _content_of(version: Version) -> tuple[str, int, str, str]:
    return version.digest, version.size, version.media, version.name
