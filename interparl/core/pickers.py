"""Choosing a record in a form: a list where there are few, a field with search where there are many.

The field shows the record's name and keeps its key in a hidden field beside it. Without JavaScript it takes a name: one
match is taken, several are offered to choose from, none is said. A key is believed only while its name still stands in
the field, so that a name typed over another never keeps the other's key.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from interparl.core.finding import matching
from interparl.core.labels import keys_in_order, labels_of
from interparl.core.querysets import DatedQuerySet
from interparl.core.reads import note_rows
from interparl.core.records import Record
from interparl.core.tables import Reading

# Up to so many records are offered as a plain list.
FEW = 30
FEW_OF_ONE_WHOLE = 100
OFFERED = 12
_EXACT = "#"


class Said(NamedTuple):
    """What stands in the field: the words, and the "#id" that was kept for them."""

    words: str
    key: str = ""


class RecordPicker(forms.TextInput):
    """A field for a record's name with its "#id" kept beside; a plain list when there are few to choose from."""

    template_name = "core/widgets/picker.html"
    choices: list[tuple[str, str]]

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.choices = []
        self.is_list = False
        self.kind = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The one chosen among several, else the words with the key that was kept for them."""
        chosen = data.get(f"{name}_choice")
        words = data.get(name)
        return Said(chosen) if chosen else Said(words or "", data.get(f"{name}_key") or "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether neither words nor a choice were sent."""
        return name not in data and f"{name}_choice" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the offers, and the address that completes names."""
        said = value if isinstance(value, Said) else Said(str(value or ""))
        context = super().get_context(name, "", attrs)
        context["widget"] |= {
            "value": said.key or said.words,
            "words": said.words,
            "key": said.key,
            "choices": self.choices,
            "is_list": self.is_list,
            "kind": self.kind,
            "url": reverse("pick", args=(self.kind,)) if self.kind else "",
        }
        return context


class RecordPickerField(forms.Field):
    """Chooses one record that the reader may know of; of dated records those that hold on the day come first.

    One `by_search_alone` lists no few: a filter that is seldom opened asks the database nothing before it is used.
    """

    widget = RecordPicker
    by_search_alone = False
    default_error_messages = {
        "unknown": _("Nothing is called “%(text)s”. Write another spelling, or add it first."),
        "many": _("%(number)s are called like “%(text)s”. Choose one."),
    }

    def __init__(self, *, model: type[Record], **rest: Any) -> None:
        super().__init__(**rest)
        self.model = model
        self._reading: Reading | None = None
        self._within: dict[str, Any] = {}

    def __deepcopy__(self, memo: Any) -> RecordPickerField:
        copied = super().__deepcopy__(memo)
        copied._reading = None
        return copied

    @property
    def reading(self) -> Reading | None:
        """Who chooses; set by the form."""
        return self._reading

    @reading.setter
    def reading(self, reading: Reading) -> None:
        self._reading = reading
        widget = self.widget
        widget.kind = self.model.record_kind()
        if self.by_search_alone:
            return
        found = self.seen()
        most = FEW_OF_ONE_WHOLE if self._within else FEW
        if found[: most + 1].count() <= most:
            widget.is_list = True
            widget.choices = self.offers(self._in_order(found, reading))

    def narrow(self, **within: Any) -> None:
        """Only records with these values are offered and taken, for instance those of one body."""
        self._within = within
        if self._reading is not None:
            self.reading = self._reading

    def seen(self) -> Any:
        """The records to choose from."""
        if self._reading is None:
            return self.model._base_manager.none()
        return self.model._base_manager.filter(self.model.may_read(self._reading.user), **self._within)

    def _in_order(self, found: Any, reading: Reading) -> list[int]:
        if self.model.labelled:
            return keys_in_order(found, reading.language)
        order = (*(self.model._meta.ordering or ()), "pk")
        return list(found.order_by(*order).values_list("pk", flat=True))

    def offers(self, keys: list[int]) -> list[tuple[str, str]]:
        """("#id", label) of these records; those of a kind without labels say themselves what they are."""
        if self._reading is None:
            return []
        if not self.model.labelled:
            rows = self.seen().prefetch_related(*self.model.label_needs).in_bulk(keys)
            note_rows(rows.values())
            return [(f"{_EXACT}{key}", str(rows[key])) for key in keys if key in rows]
        kind = self.model.record_kind()
        names = labels_of([(kind, key) for key in keys], self._reading.language, self._reading.user)
        return [(f"{_EXACT}{key}", names[kind, key].text) for key in keys if (kind, key) in names]

    def prepare_value(self, value: Any) -> Any:
        """A stored record as its name with its key; typed words stay, with their key while it is believed."""
        if isinstance(value, Record):
            value = value.pk
        if isinstance(value, int):
            value = f"{_EXACT}{value}"
        said = value if isinstance(value, Said) else Said(str(value or ""))
        widget: Any = self.widget
        key = None if widget.is_list else self._key_of(said)
        if key is None:
            return Said(said.words)
        return Said(self._name_of(key) or said.words, f"{_EXACT}{key}")

    def clean(self, value: Any) -> Record | None:
        """The record that was chosen or named."""
        said = value if isinstance(value, Said) else Said(str(value or ""))
        said = Said(said.words.strip(), said.key)
        if not said.words:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        key = self._key_of(said)
        if key is not None:
            found = self.seen().filter(pk=key).first()
            if found is not None:
                return found  # type: ignore[no-any-return]
        if _number(said.words) is not None:
            # The digits are no name: they would choose another record that has them in its words.
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"text": said.words[:80]})
        return self._named(said.words)

    def _key_of(self, said: Said) -> int | None:
        """The key that was typed as "#id", or the one kept for words that are still its name."""
        typed = _number(said.words)
        if typed is not None:
            return typed
        kept = _number(said.key)
        return kept if kept is not None and said.words.strip() == self._name_of(kept) else None

    def _name_of(self, key: int) -> str:
        return next((name for _value, name in self.offers([key])), "")

    def _named(self, text: str) -> Record:
        language = self._reading.language if self._reading else "en"
        found = matching(self.seen(), text)
        keys = keys_in_order(found, language, stop=OFFERED + 1)
        if not keys:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"text": text[:80]})
        if len(keys) > 1:
            self.widget.choices = self.offers(keys[:OFFERED])
            raise ValidationError(
                self.error_messages["many"], code="many", params={"text": text[:80], "number": found.count()}
            )
        return found.get()  # type: ignore[no-any-return]


def holding(found: Any, reading: Reading) -> Any:
    """Those that hold on the day that is read, where the records are dated."""
    return found.on(reading.day) if isinstance(found, DatedQuerySet) and not found.model.happens else found


def _number(text: str) -> int | None:
    """The number of "#12"; None for other words."""
    digits = text.strip().removeprefix(_EXACT)
    is_key = text.strip().startswith(_EXACT) and digits.isascii() and digits.isdigit() and len(digits) < 19
    return int(digits) if is_key else None
