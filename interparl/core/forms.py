"""Forms of records: what was typed is applied to a record inside the write gate, never to a copy that is then saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.accounts.roles import POINTER, RISING
from interparl.core.fields import check_line
from interparl.core.marks import rank
from interparl.core.models.entries import Mark
from interparl.core.pickers import RecordPickerField
from interparl.core.records import PartialDateField, Record
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import STATES, TranslatedField, languages, rewritten, written
from interparl.core.workflow import REASON_MISSING
from interparl.core.writing import Refused, values_of

R = TypeVar("R", bound=Record)
LANGUAGE_NAMES = {"en": "English", "ru": "Русский", "be": "Беларуская"}


class TranslatedWidget(forms.MultiWidget):
    """One box a language, each named in its own language and marked with `lang`."""

    template_name = "core/widgets/translated.html"

    def __init__(self, *, long: bool = False) -> None:
        box: Any = forms.Textarea if long else forms.TextInput
        boxes = {
            code: box(attrs={"lang": code, "dir": "auto", "class": "field", **({"rows": 4} if long else {})})
            for code in languages()
        }
        self.stored: Mapping[str, Any] = {}
        super().__init__(boxes)

    def decompress(self, value: Any) -> list[str]:
        """The texts by language; a plain text (from an address) is in the reader's."""
        if isinstance(value, str | int):
            value = written({get_language() or languages()[0]: str(value)})
        self.stored = value or {}
        return [text["text"] if (text := self.stored.get(code)) else "" for code in languages()]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Each box with its language's own name and the state of its text."""
        context = super().get_context(name, value, attrs)
        for code, box in zip(languages(), context["widget"]["subwidgets"], strict=True):
            state = (self.stored.get(code) or {}).get("state", "missing")
            box["language"] = {
                "code": code,
                "name": LANGUAGE_NAMES.get(code, code),
                "state": state,
                "words": STATES[state],
            }
        return context


class TranslatedFormField(forms.MultiValueField):
    """The texts of one translated field; its value is {language: text}."""

    def __init__(self, *, long: bool = False, **rest: Any) -> None:
        required = rest.pop("required", True)
        fields = [forms.CharField(required=False, strip=True) for _code in languages()]
        super().__init__(
            fields, widget=TranslatedWidget(long=long), require_all_fields=False, required=required, **rest
        )
        self.long = long

    def compress(self, data_list: list[str]) -> dict[str, str]:
        """By language."""
        return dict(zip(languages(), data_list or [], strict=False))

    def clean(self, value: Any) -> dict[str, str]:
        """One language at least where a text is required; one clear message with its language."""
        texts = self.compress([(text or "").strip() for text in value or []])
        if self.required and not any(texts.values()):
            raise ValidationError(self.error_messages["required"], code="required")
        if not self.long:
            for code, text in texts.items():
                try:
                    check_line(text)
                except ValidationError as error:
                    messages = [f"{LANGUAGE_NAMES.get(code, code)}: {message}" for message in error.messages]
                    raise ValidationError(messages) from error
        return texts


def field_for(column: models.Field[Any, Any], **rest: Any) -> forms.Field | None:
    """The form field of a model field: translated texts, partial dates and records have their own."""
    if isinstance(column, TranslatedField):
        return TranslatedFormField(
            long=column.long, label=column.verbose_name, required=not column.blank, help_text=column.help_text
        )
    if isinstance(column, models.ForeignKey) and issubclass(column.related_model, Record):
        return RecordPickerField(
            model=column.related_model,
            label=column.verbose_name,
            required=not column.blank,
            help_text=column.help_text,
        )
    if isinstance(column, PartialDateField):
        rest.setdefault("help_text", column.help_text or PARTIAL_HINT)
        rest.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "field field-date"}))
    if isinstance(column, models.DateField):
        rest.setdefault(
            "widget", forms.DateInput(attrs={"type": "date", "class": "field field-date"}, format="%Y-%m-%d")
        )
    return column.formfield(**rest)


PARTIAL_HINT = _("2012, 2012-10 or 2012-10-11")


class RecordForm(forms.ModelForm[R], Generic[R]):
    """A form of one record. `applied` puts what was typed on the record that the gate holds.

    `about` is the record on which the new one will hang, where the address names it.
    """

    about: Link | None = None
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=pgettext_lazy("of a change", "Reason"),
        required=False,
        max_length=500,
        help_text=_("Kept in the history."),
    )

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Every form of a record makes its fields by `field_for`; Django reads it from Meta when the class is made."""
        super().__init_subclass__(**kwargs)
        cls.Meta.formfield_callback = staticmethod(field_for)  # type: ignore[attr-defined]

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        for field in self.fields.values():
            if isinstance(field, RecordPickerField):
                field.reading = reading
            if isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                field.choices = [("", "—") if choice == BLANK_CHOICE_DASH[0] else choice for choice in choices]
            field.widget.attrs.setdefault("class", "field")
        if "mark" in self.fields:
            now = self.instance.mark if self.instance.pk else RISING[0]
            offered = [(mark, label) for mark, label in Mark.choices if rank(now) <= rank(mark) < rank(POINTER)]
            self.fields["mark"].choices = offered  # type: ignore[attr-defined]
        if self.instance.pk is None:
            del self.fields["reason"]

    @property
    def record_fields(self) -> list[str]:
        """The fields of the form that belong to the record."""
        return [name for name in self.fields if name not in ("seen", "reason")]

    def applied(self, record: R) -> R:
        """Sets what was typed on the record; translated texts keep their states and become outdated as they must."""
        for name in self.record_fields:
            value = self.cleaned_data[name]
            column = type(record)._meta.get_field(name)
            if isinstance(column, TranslatedField):
                value = rewritten(column.value_from_object(record), value)
            column.save_form_data(record, value)  # type: ignore[union-attr]
        return record

    def typed(self) -> dict[str, Any]:
        """What was typed as history keeps it, by field."""
        draft = type(self.instance)()
        for name in self.record_fields:
            column = type(self.instance)._meta.get_field(name)
            value = self.cleaned_data[name]
            if isinstance(column, TranslatedField):
                value = rewritten(column.value_from_object(self.instance), value)
            column.save_form_data(draft, value)  # type: ignore[union-attr]
        kept = values_of(draft)
        return {name: kept[name] for name in self.record_fields}

    def _post_clean(self) -> None:
        """Validation of the model happens in the write gate; here only the fields are read."""

    def refuse(self, refusal: Refused) -> None:
        """Shows why the gate refused, each message at its field or on top."""
        show_refusal(self, refusal)


def show_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Shows in any form why the gate refused, each message at its field or on top."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, list(refusal.messages))
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


class EndForm(forms.Form):
    """When something ended, and why."""

    until = forms.CharField(
        label=_("Last day that still counts"),
        help_text=PARTIAL_HINT,
        max_length=24,
        widget=forms.TextInput(attrs={"class": "field field-date"}),
    )
    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"class": "field"}))


class MoveForm(forms.Form):
    """The day and the reason of a move."""

    on = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "field"})
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.TextInput(attrs={"class": "field"})
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
        self.fields["reason"].error_messages["required"] = REASON_MISSING


class LowerForm(forms.Form):
    """The lower mark, and why."""

    mark = forms.ChoiceField(label=_("Mark"), widget=forms.Select(attrs={"class": "field"}))
    reason = forms.CharField(
        label=pgettext_lazy("of a change", "Reason"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "field"}),
    )

    def __init__(self, *args: Any, lower: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].choices = [(mark, label) for mark, label in Mark.choices if mark in lower]  # type: ignore[attr-defined]
        self.fields["mark"].initial = lower[-1]
