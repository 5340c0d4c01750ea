"""Editions: lists as they went out, numbered and frozen (design 2.11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.core.fields import LineField
from interparl.core.kinds import Ref
from interparl.core.models import Mark, Moved
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Personal, Problem, Problems, Record
from interparl.core.rights import Reader
from interparl.core.translated import languages
from interparl.documents.models.documents import BELOW, NO_SUCH_RECORD, marks_of
from interparl.documents.rules.editions import Row, digest_of, empty_content, names_left, ref_of, refs_of, without_names

FROZEN = _("An edition that was released does not change. Release another one.")
NOT_PUBLIC = _("The list holds what was not public when it was released. Release a new edition for the public.")
# What says how an edition stands, and for whom; everything else of it is frozen.
STANDING = frozenset({"standing", "settled_on", "mark", "published_on", "grade", "source", "note", "questioned"})


class EditionQuerySet(RecordQuerySet["Edition"]):
    """Questions about editions."""

    def about(self, kind: str, *keys: int) -> EditionQuerySet:
        """Those of these records of one kind."""
        return self.filter(kind=kind, object_id__in=keys)

    def of(self, kind: str, what: str) -> EditionQuerySet:
        """Those of one list of all records of a kind."""
        return self.filter(kind=kind, what=what)

    def by(self, day: date) -> EditionQuerySet:
        """Those that were out by the day."""
        return self.filter(released_on__lte=day)

    def in_force(self) -> EditionQuerySet:
        """Those that nobody withdrew, replaced or declared an error."""
        return self.filter(standing=Edition.Standing.RELEASED)

    def naming(self, refs: Sequence[Ref]) -> EditionQuerySet:
        """Those in which one of these records is named."""
        condition = Q()
        for kind, key in refs:
            condition |= Q(named__contains=f" {kind}-{key} ")
        return self.filter(condition) if refs else self.none()


class Edition(Record):
    """A list as it went out: numbered for its record and kind, frozen in every language, with the digest of all that.

    What was released stays as it is; a later edition shows what changed. Its standing, its mark and its publication
    move, each by a step with an entry of its own. It is never deleted, and its number is never given again.

    `content` is told in `documents.rules.editions`; the history keeps its digest. `named` are the records in it.
    """

    class What(models.TextChoices):
        """What was frozen."""

        COMPOSITION = "composition", pgettext_lazy("what an edition is of", "composition")
        PROGRAMME = "programme", pgettext_lazy("what an edition is of", "programme")
        AGENDA = "agenda", pgettext_lazy("what an edition is of", "agenda")
        PARTICIPANTS = "participants", pgettext_lazy("what an edition is of", "participants")

    class Standing(models.TextChoices):
        """Whether it still stands; the last three are three things."""

        RELEASED = "released", pgettext_lazy("edition", "released")
        WITHDRAWN = "withdrawn", pgettext_lazy("edition", "withdrawn")
        REPLACED = "replaced", pgettext_lazy("edition", "replaced")
        ERROR = "error", pgettext_lazy("edition", "published in error")

    kind = models.CharField(_("kind of record"), max_length=60)
    object_id = models.BigIntegerField(_("record"))
    what = models.CharField(_("what it is of"), max_length=20, choices=What, default=What.COMPOSITION)
    number = models.PositiveIntegerField(pgettext_lazy("of an edition", "number"))
    as_of = models.DateField(_("list as of"))
    released_on = models.DateField(_("released on"))
    tongues = models.CharField(_("languages"), max_length=100, blank=True, editable=False)
    sent_to = LineField(_("sent to"), max_length=500, blank=True)
    reason = LineField(_("decision or reason"), max_length=500, blank=True)
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("content"), default=empty_content, editable=False
    )
    named = models.TextField(blank=True, editable=False)
    digest = models.CharField(
        _("digest"), max_length=64, validators=[RegexValidator(r"\A[0-9a-f]{64}\Z")], editable=False
    )
    standing = models.CharField(
        pgettext_lazy("edition", "state"), max_length=10, choices=Standing, default=Standing.RELEASED, editable=False
    )
    settled_on = models.DateField(_("no longer stands since"), null=True, blank=True, editable=False)
    names_erased = models.PositiveSmallIntegerField(_("names erased"), default=0, editable=False)

    objects = EditionQuerySet.as_manager()
    derived = (*Record.derived, "content", "named")
    hangs_on_any = True
    has_own_page = True
    labelled = True
    personal = Personal(
        naming=("sent_to", "reason"),
        facts=(
            "kind",
            "object_id",
            "what",
            "number",
            "as_of",
            "released_on",
            "tongues",
            "digest",
            "standing",
            "settled_on",
            "names_erased",
        ),
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("kind", "object_id", "what", "-number")
        constraints = (
            models.UniqueConstraint(fields=("kind", "object_id", "what", "number"), name="edition_numbered_once"),
        )

    @property
    def whole(self) -> Ref | None:
        """The record whose list it is."""
        return (self.kind, self.object_id) if self.kind and self.object_id else None

    @property
    def is_whole(self) -> bool:
        """Whether the content is what the digest says; where names were erased it cannot be told any more."""
        return bool(self.names_erased) or digest_of(self.content) == self.digest

    def prepare(self) -> None:
        """Fills what follows from the content; once it is stored nothing of that is filled again."""
        super().prepare()
        if self._state.adding:
            self.digest = digest_of(self.content)
            self.named = "".join(f" {kind}-{key} " for kind, key in refs_of(self.content))
            self.tongues = " ".join(self.content.get("title", ()))

    def label_in(self, language: str) -> str:
        """What its record was called then, what of it was frozen where that is not plain, and its number."""
        title = self.content.get("title", {}).get(language, {}).get("text")
        with override(language):
            told = {"name": title or self.get_what_display(), "number": self.number, "what": self.get_what_display()}
            if self.what == self.What.COMPOSITION or not title:
                return gettext("%(name)s, edition %(number)s") % told
            return gettext("%(name)s: %(what)s, edition %(number)s") % told

    def may_do(self, action: str, user: Reader) -> bool:
        """It is never deleted."""
        return action != "delete" and super().may_do(action, user)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """What was released stays; an edition is marked no lower than its record, and public only if all in it was."""
        found = super().problems(records)
        stored = cls._base_manager.in_bulk([record.pk for record in records if record.pk])
        marks = marks_of({(record.kind, record.object_id) for record in records})
        for position, record in enumerate(records):
            before = stored.get(record.pk)
            if before is not None and _frozen(before) != _frozen(record):
                found.add(position, Problem("frozen", FROZEN))
            if record.published_on and record.mark == Mark.PUBLIC and record.is_closed:
                found.add(position, Problem("not-public", NOT_PUBLIC))
            mark = marks.get((record.kind, record.object_id))
            if mark is None:
                found.add(position, Problem("no-record", NO_SUCH_RECORD, "object_id"))
            elif before is None and Mark.values.index(mark) > Mark.values.index(record.mark):
                found.add(position, Problem("mark-below", BELOW % {"mark": Mark(mark).label}, "mark"))
        return found

    @property
    def is_closed(self) -> bool:
        """Whether it names what the public might not know of when it was released."""
        return bool(self.content.get("rows")) and not self.content.get("open")

    @classmethod
    def holding_names_of(cls, refs: Sequence[Ref]) -> Sequence[Record]:
        """The editions in which one of these records is called by its name still."""
        found = cls.objects.naming(refs).order_by("pk")
        return [one for one in found if names_left(one.content, refs)]

    def take_out_names(self, refs: Sequence[Ref], number: int) -> None:
        """Puts the number of the erasure in the place of the names; the digest stays that of the list as released."""
        words = {}
        for code in {*languages(), *self.tongues.split()}:
            with override(code):
                words[code] = gettext("Person erased No. %(number)s") % {"number": number}
        self.names_erased += names_left(self.content, refs)
        self.content = without_names(self.content, refs, number, words)


def _frozen(edition: Edition) -> list[Any]:
    """The values that never change; a merge of its record may turn it to what is left of that."""
    names = [column.attname for column in edition._meta.concrete_fields]
    movable = STANDING | {"object_id", "source_id", "effective_mark", "effective_published_on"}
    return [getattr(edition, name) for name in names if name not in movable]


def left_of_rows(rows: Iterable[Row]) -> dict[Ref, Ref]:
    """Of the records that these rows are about, those that were merged since, each with the one that is left."""
    by_kind: dict[str, set[int]] = {}
    for row in rows:
        kind, key = ref_of(row)
        by_kind.setdefault(kind, set()).add(key)
    return {
        (kind, key): (kind, left)
        for kind, keys in by_kind.items()
        for key, left in Moved.objects.of(kind).filter(object_id__in=keys).values_list("object_id", "to_id")
    }
