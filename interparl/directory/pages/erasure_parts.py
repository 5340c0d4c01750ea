"""What the pages of an erasure show: what goes, row by row, what stays, and what went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.core.erasing import Loss
from interparl.core.formats import write_number
from interparl.core.history import words_of
from interparl.core.kinds import model_of
from interparl.core.reads import note_rows
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.core.translated import TranslatedField, texts_of
from interparl.directory.actions import Account
from interparl.directory.models import Deed, Erasure

# Of one kind so many rows are written out; the count says how many there are.
WRITTEN_OUT = 50
DAYS_OF = (1, 7, 31)


@dataclass(frozen=True)
class LostLine:
    """Rows of one kind: what happens to them, how many, which fields, and each in words."""

    kind: str
    what: str
    count: str
    fields: str
    rows: tuple[str, ...] = ()


def lost_lines(account: Account, reading: Reading) -> list[LostLine]:
    """What goes, by kind; of a row that this reader may not know of only that it is there."""
    found = [_line(loss, reading) for loss in account.losses.of]
    language = reading.language
    frozen: dict[type[Record], int] = {}
    for row in account.losses.frozen:
        frozen[type(row)] = frozen.get(type(row), 0) + 1
    found += [_frozen_line(model, number, language) for model, number in frozen.items()]
    if number := len(account.losses.entries):
        what = _("values taken out, the lines stay")
        found.append(LostLine(_("Lines of history"), what, write_number(number, language), ""))
    if number := len(account.traces.rows):
        found.append(LostLine(_("Rows of imports"), _("emptied"), write_number(number, language), ""))
    if number := len(account.traces.named_in) + len(account.traces.batches):
        what = _("the name and the contacts taken out")
        found.append(LostLine(_("Other sentences of imports"), what, write_number(number, language), ""))
    return found


def _frozen_line(model: type[Record], number: int, language: str) -> LostLine:
    kind = capfirst(str(model._meta.verbose_name_plural))
    return LostLine(kind, _("the name taken out, the digest stays"), write_number(number, language), "")


def _line(loss: Loss, reading: Reading) -> LostLine:
    shown = [row for row in loss.rows[:WRITTEN_OUT] if row.is_open_to(reading.user)]
    note_rows(shown)
    rows = [_row_words(row, loss, reading) for row in shown]
    if hidden := min(len(loss.rows), WRITTEN_OUT) - len(shown):
        words = ngettext("%(number)s row that you may not read", "%(number)s rows that you may not read", hidden)
        rows.append(words % {"number": hidden})
    return LostLine(
        kind=capfirst(str(loss.model._meta.verbose_name_plural)),
        what=_("removed") if loss.is_removed else _("emptied"),
        count=write_number(len(loss.rows), reading.language),
        fields=_labels(loss.model, loss.fields),
        rows=tuple(row for row in rows if row),
    )


def _labels(model: type[Record], fields: Any) -> str:
    return ", ".join(str(model._meta.get_field(name).verbose_name) for name in fields)  # type: ignore[union-attr]


def _row_words(row: Record, loss: Loss, reading: Reading) -> str:
    said = []
    for name in loss.fields:
        column: Any = loss.model._meta.get_field(name)
        value = column.value_from_object(row)
        if isinstance(column, TranslatedField):
            words = " / ".join(texts_of(value).values())
        else:
            words = words_of(column, value, reading)
        if words:
            said.append(f"{column.verbose_name}: {words}")
    return "; ".join(said)


def what_stays(erasure: Erasure, account: Account) -> list[str]:
    """What an erasure leaves behind, and why; told before it is done."""
    found = [_("Who changed what and when, without the values. The seals of the history stay whole.")]
    if erasure.deed == Deed.ERASE:
        found.append(_("The name, the mandates and the offices: they are public facts."))
    else:
        found.append(_("“Person erased No. %(number)s” stands for the name everywhere.") % {"number": erasure.pk})
    found += _facts_left(account)
    if user := erasure.person.user:
        found.append(
            _("The account “%(user)s” with its name and e-mail address: an administrator closes it.")
            % {"user": user.username}
        )
    for batch in account.traces.files:
        found.append(
            _(
                "The file “%(file)s” of import %(number)s, which is not kept here: wherever it lies it names the "
                "person, and bringing it in again brings the data back."
            )
            % {"file": batch.name, "number": batch.pk}
        )
    return [*found, _backups(), _("Texts of other records are not searched: what names the person there stays.")]


def _facts_left(account: Account) -> Iterator[str]:
    removed = {loss.model: len(loss.rows) for loss in account.losses.of if loss.is_removed}
    for model, rows in account.losses.rows.items():
        if model.personal and model.personal.is_service and (number := len(rows) - removed.get(model, 0)):
            kind = model._meta.verbose_name_plural
            yield _("%(kind)s: %(number)s, with their days") % {"kind": capfirst(str(kind)), "number": number}


def _backups() -> str:
    parts = [int(part) for part in settings.BACKUP_KEEP.split(",") if part.strip().isdigit()]
    days = max((number * length for number, length in zip(parts, DAYS_OF, strict=False)), default=0)
    if not settings.BACKUPS or not days:
        return _("Backups: whoever makes them keeps it there until he deletes them.")
    words = ngettext(
        "Backups: the last one that holds it is deleted after %(number)s day.",
        "Backups: the last one that holds it is deleted after %(number)s days.",
        days,
    )
    return words % {"number": days}


def gone_lines(erasure: Erasure, reading: Reading) -> list[LostLine]:
    """What went, as it was counted when it was done; without any value."""
    found = []
    for one in erasure.lost:
        if "kind" in one:
            model = model_of(one["kind"])
            kind = capfirst(str(model._meta.verbose_name_plural))
            what = _("removed") if one["removed"] else _("emptied")
            count = write_number(one["rows"], reading.language)
            found.append(LostLine(kind, what, count, _labels(model, one["fields"])))
        elif "frozen" in one:
            found.append(_frozen_line(model_of(one["frozen"]), one["rows"], reading.language))
        else:
            what = _("values taken out, the lines stay")
            counts = (
                (_("Lines of history"), what, one["entries"]),
                (_("Rows of imports"), _("emptied"), one["import_rows"]),
            )
            found += [
                LostLine(kind, done, write_number(number, reading.language), "")
                for kind, done, number in counts
                if number
            ]
    return found
