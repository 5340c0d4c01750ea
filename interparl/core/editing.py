"""Two editors of one record (design 8.9): nothing is overwritten, what only one of them changed is merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from interparl.core.formats import write_moment
from interparl.core.forms import RecordForm
from interparl.core.history import last_entry, words_of
from interparl.core.models.entries import Entry, is_erased
from interparl.core.pickers import RecordPickerField
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.core.translated import TranslatedField, languages, texts_of
from interparl.core.writing import Refused, change, values_of

NOT_YOURS = _("This belongs to a body or country that is not yours to keep.")


@dataclass(frozen=True)
class TheirChange:
    """What another set in a field since the form was opened: words, who and when; merged when I had left it alone."""

    field: str
    label: str
    words: str
    actor: str
    at: str
    is_merged: bool


class Moved(Exception):
    """The record was changed since the form was opened; carries the form to show and what changed."""

    def __init__(self, data: dict[str, Any], changes: list[TheirChange], seen: int) -> None:
        super().__init__("moved")
        self.data = data
        self.changes = changes
        self.seen = seen


def save_form(form: RecordForm[Any], record: Record, reading: Reading, *, verb: str = "") -> None:
    """Applies a valid form to the record in the gate. Raises Moved when another changed its fields, Refused by rule."""
    seen = form.cleaned_data.get("seen") or 0
    typed = form.typed() if record.pk else {}
    with change(record, by=form.reading.user, verb=verb, note=form.cleaned_data.get("reason", "")) as held:  # type: ignore[arg-type]
        if record.pk and seen:
            _refuse_if_moved(form, held, typed, seen, reading)
        form.applied(held)
        if not held.may_do("change" if record.pk else "add", form.reading.user):
            raise Refused(NOT_YOURS)


def _refuse_if_moved(form: RecordForm[Any], record: Record, typed: dict[str, Any], seen: int, reading: Reading) -> None:
    own = (record.record_kind(), record.pk)
    later = list(Entry.objects.filter(kind=own[0], object_id=own[1], pk__gt=seen).order_by("pk").select_related("user"))
    touched = [entry for entry in later if set(entry.changes) & set(form.record_fields)]
    if not touched:
        return
    now = values_of(record)
    base = dict(now)
    for entry in reversed(later):
        base |= {name: pair[0] for name, pair in entry.changes.items()}
    data: Any = form.data.copy() if isinstance(form.data, QueryDict) else dict(form.data)
    changes: list[TheirChange] = []
    for name in form.record_fields:
        by = next((entry for entry in reversed(touched) if name in entry.changes), None)
        if by is None or now[name] == typed[name]:
            continue
        # Who had the form open when a value was erased must not write it back without knowing.
        is_merged = is_erased(base[name]) or _same(typed[name], base[name])
        if is_merged:
            data = _with_value(data, form, name, now[name])
        column: Any = type(record)._meta.get_field(name)
        if isinstance(form.fields[name], RecordPickerField) and now[name]:
            ref = (column.related_model._meta.label_lower, now[name])
            reading.want([ref])
        words = words_of(column, now[name], reading) if not isinstance(column, TranslatedField) else _texts(now[name])
        changes.append(
            TheirChange(
                name,
                str(column.verbose_name),
                words,
                str(by.user or by.actor),
                write_moment(by.at, reading.language),
                is_merged,
            )
        )
    newest = last_entry(own)
    data["seen"] = str(newest)
    if changes:
        raise Moved(data, changes, newest)


def _same(left: Any, right: Any) -> bool:
    """Whether two stored values say the same; empty is empty, and of a text only the words count."""
    if isinstance(left, dict) or isinstance(right, dict):
        return _words(left or {}) == _words(right or {})
    return (left or "") == (right or "")


def _words(stored: dict[str, Any]) -> dict[str, str]:
    return texts_of(stored)


def _texts(stored: dict[str, Any]) -> str:
    return " · ".join(_words(stored).values())


def _with_value(data: Any, form: RecordForm[Any], name: str, value: Any) -> Any:
    """The submitted data with one field as it stands now in the record."""
    if isinstance(value, dict):
        for code in languages():
            data[f"{name}_{code}"] = (value.get(code) or {}).get("text", "")
    elif isinstance(form.fields[name], RecordPickerField) and value is not None:
        data[name] = f"#{value}"
    else:
        data[name] = "" if value is None else value
    return data
