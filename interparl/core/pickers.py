"""Choosing a record in a form: a list where there are few, a field with search where there are many.

Without JavaScript the field takes a name: one match is taken, several are offered to choose from, none is said.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interparl.core.labels import keys_in_order, labels_of, matching
from interparl.core.records import DatedQuerySet, Record
from interparl.core.tables import Reading

# Up to so many records are offered as a plain list.
FEW = 30
OFFERED = 12
_EXACT = "#"


class RecordPicker(forms.TextInput):
    """A field for a record's name or "#id"; a plain list when there are few to choose from."""

    template_name = "core/widgets/picker.html"
    choices: list[tuple[str, str]]

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.choices = []
        self.is_list = False
        self.kind = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the offers, and the address that completes names."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"choices": self.choices, "is_list": self.is_list, "kind": self.kind}
        return context


class RecordPickerField(forms.Field):
    """Chooses one record that the reader may know of; of dated records those that hold on the day come first."""

    widget = RecordPicker
    default_error_messages = {
        "unknown": _("Nothing is called “%(text)s”. Write another spelling, or add it first."),
        "many": _("%(number)s are called like “%(text)s”. Choose one."),
    }

    def __init__(self, *, model: type[Record], **rest: Any) -> None:
        super().__init__(**rest)
        self.model = model
        self._reading: Reading | None = None

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
        found = self.seen()
        if found[: FEW + 1].count() <= FEW:
            widget.is_list = True
            widget.choices = self.offers(keys_in_order(found, reading.language))

    def seen(self) -> Any:
        """The records to choose from."""
        if self._reading is None:
            return self.model._base_manager.none()
        return self.model._base_manager.filter(self.model.may_read(self._reading.user))

    def offers(self, keys: list[int]) -> list[tuple[str, str]]:
        """("#id", label) of these records."""
        if self._reading is None:
            return []
        kind = self.model.record_kind()
        names = labels_of([(kind, key) for key in keys], self._reading.language, self._reading.user)
        return [(f"{_EXACT}{key}", names[kind, key].text) for key in keys if (kind, key) in names]

    def prepare_value(self, value: Any) -> Any:
        """A stored record as "#id"; what was typed stays as typed."""
        if isinstance(value, Record):
            value = value.pk
        if isinstance(value, int):
            self.widget.choices = self.widget.choices or self.offers([value])
            return f"{_EXACT}{value}"
        return value

    def clean(self, value: Any) -> Record | None:
        """The record that was chosen or named."""
        text = str(value or "").strip()
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        key = text.removeprefix(_EXACT)
        if text.startswith(_EXACT) and key.isascii() and key.isdigit() and len(key) < 19:
            found = self.seen().filter(pk=int(key)).first()
            if found is not None:
                return found  # type: ignore[no-any-return]
        return self._named(text)

    def _named(self, text: str) -> Record:
        language = self._reading.language if self._reading else "en"
        found = matching(self.seen(), text, language)
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
    return found.on(reading.day) if isinstance(found, DatedQuerySet) else found
