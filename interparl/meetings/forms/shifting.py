"""What may be typed when an event moves to other days."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

DAY = {"type": "date", "class": "field"}


class ShiftForm(forms.Form):
    """The new days and why; `seen` are the days whose clashes were on show when it was sent."""

    since = forms.DateField(label=_("New first day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("New last day"),
        required=False,
        help_text=_("Empty: it stays as long as it is."),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"class": "field"}))
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
