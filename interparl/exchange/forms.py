"""The forms by which an import is taken back and two records become one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.pickers import RecordPickerField
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.exchange.actions.merge_plans import Merge


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.TextInput(attrs={"class": "field"})
    )


class MergeWithForm(forms.Form):
    """Which other record is the same."""

    def __init__(self, *args: Any, model: type[Record], reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = RecordPickerField(model=model, label=_("The same as"), required=True)
        field.reading = reading
        field.widget.attrs.setdefault("class", "field")
        self.fields["other"] = field


class MergeForm(forms.Form):
    """What stands in each field in which two records differ, and why they are one."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=pgettext_lazy("of a merge", "Reason"),
        required=False,
        max_length=500,
        help_text=_("Kept in the history."),
        widget=forms.TextInput(attrs={"class": "field"}),
    )

    def __init__(self, *args: Any, merge: Merge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = merge.digest
        for one in merge.differing:
            self.fields[f"field_{one.name}"] = forms.ChoiceField(
                label=one.column.verbose_name,
                choices=[(choice, choice) for choice in one.choices],
                initial=one.proposed,
                widget=forms.RadioSelect,
            )

    def choices(self) -> dict[str, str]:
        """What was chosen, by field of the record."""
        prefix = "field_"
        return {name[len(prefix) :]: value for name, value in self.cleaned_data.items() if name.startswith(prefix)}
