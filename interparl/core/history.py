"""History as people read it: who changed what, from what to what, and taking one change back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.formats import write_moment
from interparl.core.kinds import Ref, model_of
from interparl.core.known_entries import open_entries
from interparl.core.labels import labels_of
from interparl.core.models.entries import BEYOND_RETURN, ERASED, RELEASED, Entry, is_erased
from interparl.core.reads import note, note_record
from interparl.core.records import PartialDateField, Record
from interparl.core.removing import remove
from interparl.core.rights import Reader
from interparl.core.tables import Reading, write_value
from interparl.core.translated import MISSING, STATES, TranslatedField, in_order, text_in
from interparl.core.writing import Refused, change, without_words

VERBS: dict[str, str | Promise] = {
    "added": _("added"),
    "changed": _("changed"),
    "ended": _("ended"),
    "removed": _("removed"),
    "reverted": _("taken back"),
    "imported": _("imported"),
    "undone": pgettext_lazy("of a change", "undone"),
    "published": _("published"),
    "withdrawn": _("withdrawn from publication"),
    "replaced": _("replaced"),
    "lowered": _("mark lowered"),
    "translated": _("translated"),
    ERASED: _("erased"),
    "asked": _("asked for"),
    "refused": pgettext_lazy("of a request", "refused"),
    "done": _("carried out"),
}

CHANGED_SINCE = _("“%(field)s” was changed again later. Take the later change back first.")
ERASED_FOR_GOOD = _("What stood here was erased. It cannot be taken back.")
ERASED_HERE = _("Personal data that stood here were erased.")
ERASED_VALUE = _("[erased]")
WHY_NOT = {ERASED: ERASED_FOR_GOOD, RELEASED: _("What was released is not taken back. It can be withdrawn.")}
NOT_REVERTIBLE = _("This change can no longer be taken back: what it changed is not there.")


@dataclass(frozen=True)
class FieldChange:
    """One field's value before and after, in words; `language` where it is one language of a text."""

    label: str
    before: str
    after: str
    language: str = ""


@dataclass
class Line:
    """One entry as a page prints it."""

    entry: Entry
    verb: str
    what: str
    at: datetime
    when: str
    actor: str
    note: str
    without: str = ""
    url: str = ""
    revert_url: str = ""
    batch_url: str = ""
    changes: list[FieldChange] = field(default_factory=list)


def entries_of(ref: Ref) -> models.QuerySet[Entry]:
    """All changes of a record and of what hangs on it, newest first."""
    kind, key = ref
    return Entry.objects.filter(Q(kind=kind, object_id=key) | Q(whole_kind=kind, whole_id=key)).select_related("user")


def last_entry(ref: Ref) -> int:
    """The id of the record's own last entry; 0 when it has none."""
    found = Entry.objects.filter(kind=ref[0], object_id=ref[1]).order_by("-id").values_list("id", flat=True).first()
    return found or 0


def lines(
    entries: Sequence[Entry], reading: Reading, changeable: Record | None = None, *, in_full: bool = True
) -> list[Line]:
    """Entries in words for this reader; those of records that he may not know of are left out, removed ones stay.

    With the record that he may change, each line says where it is taken back. Without `in_full` a line names what was
    changed and not how.
    """
    return in_words(open_entries(entries, reading.user), reading, changeable, in_full=in_full)


def in_words(
    shown: Sequence[Entry], reading: Reading, changeable: Record | None = None, *, in_full: bool = True
) -> list[Line]:
    """Entries that the reader may know of as lines; `lines` says the rest."""
    note((entry.kind, entry.object_id) for entry in shown if entry.is_restricted)
    reading.want({(entry.kind, entry.object_id) for entry in shown})
    _fetch_pointed(shown, reading, in_full=in_full)
    made = [_line(entry, reading, in_full=in_full) for entry in shown]
    if changeable is not None:
        base = address((changeable.record_kind(), changeable.pk), "history")
        for line in made:
            if not is_beyond_return(line.entry) and _may_keep(line.entry.kind, reading.user):
                line.revert_url = f"{base}{line.entry.pk}/revert/"
    return made


def _may_keep(kind: str, user: Reader) -> bool:
    """Whether the user may change any record of that kind: whether this one, its page says."""
    area, _dot, name = kind.partition(".")
    return isinstance(user, User) and user.rights.may_own(f"{area}.change_{name}")


def is_beyond_return(entry: Entry) -> bool:
    """Whether the change cannot be taken back by itself: it, or what it says, is an erasure, or it is of a merge."""
    return entry.verb in BEYOND_RETURN or entry.erased_by_id is not None


def _fetch_pointed(shown: Sequence[Entry], reading: Reading, *, in_full: bool) -> None:
    """Wants the labels of what the values point to, and asks for the users among it, in one query for all lines."""
    users: dict[Any, set[int]] = {}
    for entry in shown:
        model = model_of(entry.kind)
        for name, pair in entry.changes.items():
            column = _column(model, name) if in_full or name == model.told_by else None
            if not isinstance(column, models.ForeignKey):
                continue
            keys = {key for key in pair if isinstance(key, int)}
            if issubclass(column.related_model, Record):
                reading.want((column.related_model.record_kind(), key) for key in keys)
            else:
                users.setdefault(column.related_model, set()).update(keys)
    memo = reading.memo.setdefault("users", {})
    for related, keys in users.items():
        if missing := keys - memo.keys():
            found = related._base_manager.in_bulk(missing)
            memo.update({key: str(found.get(key, key)) for key in missing})


def _column(model: type[Record], name: str) -> models.Field[Any, Any] | None:
    return next((column for column in model._meta.concrete_fields if column.name == name), None)


def _line(entry: Entry, reading: Reading, *, in_full: bool) -> Line:
    model = model_of(entry.kind)
    name = _name_of(entry, model, reading)
    what = f"{model._meta.verbose_name}: {name}" if name else str(model._meta.verbose_name)
    found = Line(
        entry=entry,
        verb=str(VERBS.get(entry.verb, entry.verb)),
        what=what,
        at=entry.at,
        when=write_moment(entry.at, reading.language),
        actor=str(entry.user) if entry.user else entry.actor,
        note=entry.note if entry.erased_by_id is None else str(ERASED_HERE),
        without=without_words(entry.without),
        batch_url=address(("exchange.batch", entry.batch or 0)) if _may_keep("exchange.batch", reading.user) else "",
    )
    for column in model._meta.concrete_fields if in_full else ():
        if column.name in entry.changes:
            before, after = entry.changes[column.name]
            found.changes += _in_words(column, before, after, reading)
    return found


def title_of(record: Record, reading: Reading) -> str:
    """What a record is called in a title: its label, or its kind with what tells its rows apart."""
    kind = str(record._meta.verbose_name)
    if record.labelled:
        found = labels_of([(record.record_kind(), record.pk)], reading.language, reading.user)
        return next((name.text for name in found.values()), f"{capfirst(kind)} {record.pk}")
    words = told(record, reading)
    return f"{capfirst(kind)}: {words}" if words else f"{capfirst(kind)} {record.pk}"


def told(record: Record, reading: Reading) -> str:
    """The words of the field that tells rows of this kind apart."""
    column = _column(type(record), record.told_by) if record.told_by else None
    if column is None:
        return ""
    value = column.value_from_object(record)
    if isinstance(column, models.ForeignKey) and value:
        ref = (column.related_model._meta.label_lower, value)
        if issubclass(column.related_model, Record):
            reading.want([ref])
    if isinstance(column, TranslatedField):
        return text_in(value, reading.language)
    return words_of(column, value, reading)


def _name_of(entry: Entry, model: type[Record], reading: Reading) -> str:
    """What the changed row is called: its label, or the label of the record that tells it apart."""
    if model.labelled:
        return reading.name(entry.kind, entry.object_id)
    pair = entry.changes.get(model.told_by) if model.told_by else None
    if pair is None:
        return ""
    value = pair[1] if pair[1] is not None else pair[0]
    column = _column(model, model.told_by)
    return _plainly(column, value, reading) if column is not None and not is_erased(value) else ""


def _in_words(column: models.Field[Any, Any], before: Any, after: Any, reading: Reading) -> list[FieldChange]:
    label = str(column.verbose_name)
    if is_erased(before) or is_erased(after):
        words = [str(ERASED_VALUE) if is_erased(one) else _plainly(column, one, reading) for one in (before, after)]
        return [FieldChange(label, *words)]
    if isinstance(column, TranslatedField):
        return _translated_change(label, before or {}, after or {})
    return [FieldChange(label, words_of(column, before, reading), words_of(column, after, reading))]


def _plainly(column: models.Field[Any, Any], value: Any, reading: Reading) -> str:
    """One value in words, a text in the reader's language."""
    return text_in(value, reading.language) if isinstance(column, TranslatedField) else words_of(column, value, reading)


def _translated_change(label: str, before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    found = []
    for code in in_order({*before, *after}):
        old, new = before.get(code) or {}, after.get(code) or {}
        if old.get("text", "") != new.get("text", ""):
            found.append(FieldChange(label, old.get("text", ""), new.get("text", ""), code))
        elif old.get("state") != new.get("state"):
            found.append(FieldChange(label, _state(old), _state(new), code))
    return found


def _state(expression: dict[str, Any]) -> str:
    return str(STATES[expression.get("state") or MISSING])


def words_of(column: models.Field[Any, Any], value: Any, reading: Reading) -> str:
    """One stored value in words: labels for relations, titles for choices, days as the language writes them."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(column, models.ForeignKey):
        related: Any = column.related_model
        if issubclass(related, Record):
            return reading.name(related.record_kind(), value) or _unlabelled(related, value, reading)
        return _user_words(related, value, reading)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, list):
        # What is no plain word stands on the record's page.
        return ", ".join(str(one) for one in value if not isinstance(one, dict)) or "…"
    if isinstance(column, PartialDateField):
        return write_value(value, "partial", reading.language)
    if isinstance(column, models.DateField):
        return write_value(column.to_python(value), "date", reading.language)
    return write_value(value, "text", reading.language)


def _unlabelled(model: type[Record], key: int, reading: Reading) -> str:
    """A record without a label that a change points to, by what tells it apart; asked once a page."""
    memo = reading.memo.setdefault(model.record_kind(), {})
    if key not in memo:
        found = note_record(model._base_manager.filter(model.may_read(reading.user), pk=key).first())
        memo[key] = (told(found, reading) if found else "") or f"#{key}"
    return str(memo[key])


def _user_words(related: Any, key: int, reading: Reading) -> str:
    """A user named in history; asked once a page."""
    memo = reading.memo.setdefault("users", {})
    if key not in memo:
        memo[key] = str(related._base_manager.filter(pk=key).first() or key)
    return str(memo[key])


def may_take_back(entry: Entry, user: Reader) -> bool:
    """Whether the user may change the record of this entry itself, which may hang on one that he may change."""
    model = model_of(entry.kind)
    record = model._base_manager.filter(pk=entry.object_id).first()
    if record is not None:
        return record.may_change(user)
    if not isinstance(user, User):
        return False
    permission = f"{model._meta.app_label}.add_{model._meta.model_name}"
    is_kept = entry.whole_id in user.standing.kept.get(entry.whole_kind, ())
    return user.rights.may(permission) or (is_kept and user.rights.may_own(permission))


def revert(entry: Entry, *, by: User, note: str = "") -> None:
    """Takes one change back as a new change. Raises Refused when what it changed was changed again, erased or gone."""
    if is_beyond_return(entry):
        raise Refused(WHY_NOT.get(entry.verb, NOT_REVERTIBLE if entry.verb in BEYOND_RETURN else ERASED_FOR_GOOD))
    model = model_of(entry.kind)
    record = model._base_manager.filter(pk=entry.object_id).first()
    if entry.verb == "removed":
        _bring_back(model, entry, record, by=by, note=note)
    elif record is None:
        raise Refused(NOT_REVERTIBLE)
    elif all(before is None for before, _after in entry.changes.values()) and _is_first(entry):
        remove(record, by=by, note=note)
    else:
        with change(record, by=by, verb="reverted", note=note) as held:
            for name, (before, after) in entry.changes.items():
                _put_back(held, name, before, after)


def _is_first(entry: Entry) -> bool:
    return not Entry.objects.filter(kind=entry.kind, object_id=entry.object_id, pk__lt=entry.pk).exists()


def _bring_back(model: Any, entry: Entry, record: Record | None, *, by: User, note: str) -> None:
    if record is not None:
        raise Refused(NOT_REVERTIBLE)
    again = model(pk=entry.object_id)
    with change(again, by=by, verb="reverted", note=note) as held:
        for name, (before, _after) in entry.changes.items():
            set_value(held, name, before)


def _put_back(record: Record, name: str, before: Any, after: Any) -> None:
    column = _column(type(record), name)
    if column is None:
        raise Refused(NOT_REVERTIBLE)
    now = column.value_from_object(record)
    if set_like(column, now) != set_like(column, column.to_python(after) if after is not None else empty_of(column)):
        raise Refused(CHANGED_SINCE, params={"field": str(column.verbose_name)})
    set_value(record, name, before)


def empty_of(column: models.Field[Any, Any]) -> Any:
    """What a field holds when it holds nothing."""
    return None if column.null else column.get_default()


def set_like(column: models.Field[Any, Any], value: Any) -> str:
    """A form in which two values of a field can be compared."""
    return column.value_to_string(_Holder(column.attname, value)) if value is not None else ""  # type: ignore[arg-type]


class _Holder:
    """Lets a field read a value that belongs to no record."""

    def __init__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value


def set_value(record: Record, name: str, value: Any) -> None:
    """Puts a value from history on a record."""
    column = _column(type(record), name)
    if column is not None:
        setattr(record, column.attname, empty_of(column) if value is None else column.to_python(value))
