"""A list of an event that goes out: for the readers of which mark, to whom, why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interparl.documents.forms import ReleaseForm


class EventReleaseForm(ReleaseForm):
    """As of a list of a body; it is that of today. `after` is the number of the last edition that was shown."""

    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)

    def __init__(self, *args: Any, marks: Sequence[str], last: int, **kwargs: Any) -> None:
        super().__init__(*args, marks=marks, **kwargs)
        self.last = last
        del self.fields["as_of"]
        self.fields["mark"].help_text = _("What stands above this mark is left out of the list.")
        self.fields["reason"].label = _("Note: what changed and why")

    def is_other(self, digest: str) -> bool:
        """As above; that another edition was released since, the release itself says."""
        return (self.cleaned_data["after"] or 0) == self.last and super().is_other(digest)

    def show(self, digest: str) -> None:
        """Says which list stands below the form, and after which edition it would come."""
        super().show(digest)
        self.fields["after"].initial = self.last
        if self.is_bound:
            self.data = {**self.data, "after": str(self.last)}
