"""A list of an event that goes out: for the readers of which mark, to whom, why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interparl.bodies.forms import ReleaseForm


class EventReleaseForm(ReleaseForm):
    """As of a list of a body; it is that of today. `after` is the number of the last edition that was shown."""

    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)

    def __init__(self, *args: Any, marks: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, marks=marks, **kwargs)
        del self.fields["as_of"]
        self.fields["mark"].help_text = _("What stands above this mark is left out of the list.")
        self.fields["reason"].label = _("Note: what changed and why")

    def show_with(self, digest: str, after: int) -> None:
        """Says which list stands below the form, and after which edition it would come."""
        self.show(digest)
        self.fields["after"].initial = after
        if self.is_bound:
            self.data = {**self.data, "after": str(after)}
