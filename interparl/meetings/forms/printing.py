"""How a list of an event is to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.translated import languages

MOST_LANGUAGES = 3
DRAFT = "draft"


class PrintForm(forms.Form):
    """Languages, the first of them for all other words; an edition or what stands; for the wall or the pocket."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to three, side by side."),
        error_messages={"invalid_choice": _("There is no language “%(value)s” here.")},
    )
    edition = forms.ChoiceField(
        label=_("Edition"), error_messages={"invalid_choice": _("There is no edition “%(value)s” of this list.")}
    )
    form = forms.ChoiceField(
        label=_("Size"),
        choices=[
            ("wall", pgettext_lazy("print", "for the wall (A4)")),
            ("pocket", pgettext_lazy("print", "for the pocket (A6)")),
        ],
    )
    text = forms.ChoiceField(
        label=_("Text"),
        choices=[
            ("public", pgettext_lazy("print", "public text, for guests")),
            ("working", pgettext_lazy("print", "working text, for those who run it")),
        ],
    )

    def __init__(self, *args: Any, editions: Sequence[int], is_programme: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [(code, LANGUAGE_NAMES.get(code, code)) for code in languages()]  # type: ignore[attr-defined]
        numbers = [(str(number), _("Edition %(number)s") % {"number": number}) for number in editions]
        self.fields["edition"].choices = [*numbers, (DRAFT, _("As it stands now, as a draft"))]  # type: ignore[attr-defined]
        for name in ("edition", "form", "text"):
            self.fields[name].widget.attrs["class"] = "field"
        if not is_programme:
            del self.fields["form"], self.fields["text"]

    def clean_languages(self) -> list[str]:
        """Each once, in the order asked for, three at most."""
        found = list(dict.fromkeys(self.cleaned_data["languages"]))
        if len(found) > MOST_LANGUAGES:
            raise ValidationError(_("Choose three languages at most."))
        return found
