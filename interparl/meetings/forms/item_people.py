"""Who takes part in an item of a programme, and what is booked for it: all of it ticked on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[int, str]]


class ItemPeopleForm(forms.Form):
    """Ticks of people and resources; `seen` says what stood there when the page was opened."""

    people = forms.TypedMultipleChoiceField(
        label=_("Who takes part"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody ticked: the item is for everybody who takes part in the event."),
    )
    resources = forms.TypedMultipleChoiceField(
        label=_("Booked for it"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, people: Choices, resources: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("people", people), ("resources", resources)):
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]
