"""Record: what every register keeps. Reading is a QuerySet; writing goes through `core.writing` and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.signals import class_prepared
from django.dispatch import receiver
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from interparl.core.dates import NotADate, PartialDate, Span, bounds_of
from interparl.core.models.entries import Grade, Mark
from interparl.core.querysets import require_gate
from interparl.core.rights import Reader, row_done_by, row_open_to, rows_open_to
from interparl.core.translated import TranslatedField, languages

R = TypeVar("R", bound="Record")


@dataclass(frozen=True)
class Problem:
    """Why a record may not stand as it is: the field, a sentence, and whether an import may keep it as questioned."""

    code: str
    message: str | Promise
    on_field: str = ""
    may_be_questioned: bool = False


@dataclass(frozen=True)
class Otherwise:
    """A label in a language that this installation does not use: the words, how they sort, and their language."""

    text: str
    by: str
    language: str


@dataclass(frozen=True)
class Personal:
    """What the rows of a kind say of a person, and what becomes of it when he is erased (`core.erasing`).

    `through` is the path of foreign keys to him, or to what hangs on any record; "" for himself and for the latter.
    `private` goes with every erasure, `naming` when he is made anonymous as well, `facts` stay; `removed` says, by
    deed, which rows go whole. From the end of what `is_service` the time of keeping is counted.
    """

    through: str = ""
    private: tuple[str, ...] = ("note",)
    naming: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    removed: Mapping[str, Q] = field(default_factory=dict)
    is_service: bool = False


@dataclass
class Problems:
    """The problems of many records, by the record's position in the sequence that was checked."""

    found: dict[int, list[Problem]] = field(default_factory=dict)

    def add(self, position: int, problem: Problem) -> None:
        """Notes one more problem of the record at that position."""
        self.found.setdefault(position, []).append(problem)

    def of(self, position: int) -> list[Problem]:
        """Those of one record."""
        return self.found.get(position, [])


@receiver(class_prepared)
def _gate_the_base_manager(sender: type[models.Model], **_kwargs: Any) -> None:
    """Django's own writes (`related.add`) go through the base manager: for records it is the gated one."""
    if issubclass(sender, Record):
        sender._meta.base_manager_name = "objects"


class Record(models.Model):
    """A row that people keep: it has a mark, a grade, a source, and a history that cannot be left out.

    Subclasses say of themselves: `whole_field` (the foreign key to the record whose page shows this one), `told_by`
    (the field that tells rows without a label apart in history), `reads_through` (foreign keys whose marks also
    count), `own_through` (for a kind that may be a user's own, the ways to it), `hangs_on_any` (its fields `kind` and
    `object_id` name the record that it belongs to), `has_own_page` (all the same), `own_like` (the foreign key to such
    a one), `asked_through` (the field with the user of whom it is asked, and the right to know of what others are
    asked), `labelled` and `label_needs` (see `label_in`), `personal` (what goes with the person that the row is about),
    `mergeable` (two may be one), `same_when` (where two called alike do not differ), `handed_over` (by a file),
    `told_with_whole` (the public page of its whole tells it, see `core.public_rows`).

    `effective_mark` is the highest of its own and those that also count, `effective_published_on` the latest day of
    publication of them all, empty as long as one has none; both are kept by `core.marks` (design 8.8).
    """

    mark = models.CharField(_("mark"), max_length=20, choices=Mark, default=Mark.INTERNAL)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=20, choices=Grade, default=Grade.STATED)
    source = models.ForeignKey(
        "core.Source", models.PROTECT, verbose_name=_("source"), null=True, blank=True, related_name="+"
    )
    note = TranslatedField(_("note"), blank=True, long=True)
    questioned = models.JSONField(_("questioned"), default=list, blank=True, editable=False)
    effective_mark = models.CharField(
        _("effective mark"), max_length=20, choices=Mark, default=Mark.INTERNAL, editable=False
    )
    effective_published_on = models.DateField(null=True, editable=False)

    whole_field: ClassVar[str] = ""
    told_by: ClassVar[str] = ""
    reads_through: ClassVar[tuple[str, ...]] = ()
    own_through: ClassVar[Mapping[str, str | tuple[str, ...]]] = {}
    own_like: ClassVar[str] = ""
    hangs_on_any: ClassVar[bool] = False
    asked_through: ClassVar[tuple[str, str] | None] = None
    has_own_page: ClassVar[bool] = False
    is_pointer: ClassVar[bool] = False
    labelled: ClassVar[bool] = False
    mergeable: ClassVar[bool] = False
    handed_over: ClassVar[bool] = False
    told_with_whole: ClassVar[bool] = False
    label_needs: ClassVar[tuple[str, ...]] = ()
    personal: ClassVar[Personal | None] = None
    same_when: ClassVar[tuple[str, ...] | None] = None
    derived: ClassVar[tuple[str, ...]] = ("effective_mark", "effective_published_on")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return next(
            (text for code in (get_language() or "", *languages()) if (text := self.label_in(code))),
            f"{self._meta.verbose_name} {self.pk}",
        )

    @classmethod
    def record_kind(cls) -> str:
        """The name by which history, labels and identifiers know this model: "directory.person"."""
        return cls._meta.label_lower

    @property
    def whole(self) -> tuple[str, int] | None:
        """Kind and id of the record whose page shows this one, or None when it has its own."""
        if not self.whole_field:
            return None
        key = self.serializable_value(f"{self.whole_field}_id")
        return (str(self._meta.get_field(self.whole_field).related_model._meta.label_lower), key) if key else None  # type: ignore[union-attr]

    @classmethod
    def may_read(cls, user: Reader) -> Q:
        """The condition under which a reader may know of a row; `is_open_to` says the same of one."""
        return rows_open_to(cls, user)

    def is_open_to(self, user: Reader) -> bool:
        """Whether this reader may know of this row; the same as `may_read` says of all."""
        return row_open_to(self, user)

    def may_change(self, user: Reader) -> bool:
        """Whether this reader may change this row: by his role everywhere, or because it is his own to keep."""
        return self.may_do("change", user)

    def may_do(self, action: str, user: Reader) -> bool:
        """Whether this reader may add, change or delete this row (`action` as permissions name it)."""
        return row_done_by(self, action, user)

    def label_in(self, language: str) -> str:
        """What the record is called in that language; may use what `label_needs` prefetched. "" when unnamed there."""
        return ""

    def sort_text_in(self, language: str) -> str:
        """What it is sorted by in that language; the label unless said otherwise."""
        return self.label_in(language)

    def label_otherwise(self) -> Otherwise:
        """What it is called when no language of this installation has a name for it."""
        return Otherwise(f"#{self.pk}", "", "und")

    def also_known(self) -> Iterable[str]:
        """Other words that it is found by: other names, codes, acronyms."""
        return ()

    def going_along(self) -> Sequence[Record]:
        """Rows that are published, withdrawn and lowered with this one as long as they stand as it does."""
        return ()

    def told_as(self, language: str) -> str:
        """What the public page tells of it, in that language or the next one there is; "" where that is its label."""
        return ""

    def against_telling(self) -> str | Promise:
        """Why the public page would not tell this row even when it is published; "" where it would."""
        return ""

    @classmethod
    def against_merging(cls, rows: Sequence[Self]) -> Sequence[str | Promise]:
        """Why two records may not become one, as far as these rows that point to them tell."""
        return ()

    @classmethod
    def holding_names_of(cls, refs: Sequence[tuple[str, int]]) -> Sequence[Record]:
        """Rows about others that froze the name of one of these records; `take_out_names` takes it out of each."""
        return ()

    def take_out_names(self, refs: Sequence[tuple[str, int]], number: int) -> None:
        """Puts the number of an erasure in the place of the names of these records, in what this row froze."""

    def forget(self, *paths: str) -> None:
        """Drops rows that were prefetched along these paths, so that they are asked for anew."""
        for path in paths:
            self.__dict__.get("_prefetched_objects_cache", {}).pop(path.partition("__")[0], None)

    def prepare(self) -> None:
        """Fills derived columns before a check and a save."""

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """What keeps these records from standing, whether typed or imported; few queries for all of them."""
        return Problems()

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: DJ012  the gate stands last, after what passes it
        """Only within the gate."""
        require_gate("save")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Only within the gate."""
        require_gate("delete")
        return super().delete(*args, **kwargs)


def check_partial(text: str) -> None:
    """Validator of a partial date; says in one sentence what is wrong."""
    try:
        PartialDate.parse(text)
    except NotADate as error:
        raise ValidationError(REASONS[error.reason], code=f"date-{error.reason}", params={"text": text}) from error


REASONS = {
    "form": _("“%(text)s” is not a date. Write 2012, 2012-10 or 2012-10-11."),
    "year": _("“%(text)s” has a year out of reach. Years run from 1000 to 2199."),
    "day": _("“%(text)s” names a day that no calendar has."),
    "order": _("“%(text)s” ends before it begins."),
}


class PartialDateField(models.CharField[str, str]):
    """A partial date as text; its bounds are kept in columns beside it by `Dated`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 24, "blank": True, "default": "", **kwargs})
        self.validators = [*self.validators, check_partial]

    def to_python(self, value: Any) -> Any:
        """The stored notation for whatever way it was typed; what cannot be read stays for the validator."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return PartialDate.parse(text).text
        except NotADate:
            return text


class Dated(Record):
    """A record with a valid time: `until` is the last day that still counts (design 2.2).

    What `happens` is an event, not a state: lists and pickers show those of every day.
    """

    since = PartialDateField(_("from"))
    until = PartialDateField(_("to"))
    since_earliest = models.DateField(null=True, editable=False)
    since_latest = models.DateField(null=True, editable=False)
    until_earliest = models.DateField(null=True, editable=False)
    until_latest = models.DateField(null=True, editable=False)

    happens: ClassVar[bool] = False
    derived = (*Record.derived, "since_earliest", "since_latest", "until_earliest", "until_latest")

    class Meta:
        abstract = True

    @property
    def span(self) -> Span:
        """The valid time as bounds, read from the columns."""
        return Span(
            PartialDate(self.since, self.since_earliest, self.since_latest) if self.since else None,
            PartialDate(self.until, self.until_earliest, self.until_latest) if self.until else None,
        )

    def holds_on(self, day: date) -> str:
        """Whether it holds on the day: "certain", "approximate" or "no"."""
        return self.span.holds(day)

    def prepare(self) -> None:
        """Fills the bounds; a text that is no date leaves them open for the validator to refuse."""
        super().prepare()
        self.since_earliest, self.since_latest = bounds_of(self.since)
        self.until_earliest, self.until_latest = bounds_of(self.until)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Refuses an end before the beginning."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.span.is_backwards:
                message = _("The end lies before the beginning.")
                found.add(position, Problem("backwards", message, on_field="until", may_be_questioned=True))
        return found


def as_they_would_be(records: Sequence[R], stored: Iterable[R]) -> list[R]:
    """The stored rows with these records in their place, and the new ones: what a rule between rows looks at."""
    given = {record.pk for record in records if record.pk}
    return [*(row for row in stored if row.pk not in given), *records]


def surely_meeting(record: Dated, rows: Iterable[Dated]) -> bool:
    """Whether another of the rows certainly holds on a day on which this one certainly holds."""
    return any(row is not record and record.span.surely_meets(row.span) for row in rows)


def named(stored: Any, language: str) -> str:
    """The text of a translated value in one language only, "" when it has none there."""
    found = (stored or {}).get(language)
    return found["text"] if found else ""


def earliest_of(text: str) -> date | None:
    """The earliest day that a partial date may mean; None when it is open or no date."""
    return bounds_of(text)[0]
