"""Text that people type: one line, without anything hidden in it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from interparl.language.cleaning import clean_line, dangerous_characters

HIDDEN = _("Character %(place)s is invisible or changes the direction of text (%(code)s). Delete it.")
MARKUP = _("The signs < and > have no place in a name. Character %(place)s.")


def check_line(text: str) -> None:
    """Validator of names and titles: no hidden characters, no markup; names the place of the first one."""
    for place, code, _name in dangerous_characters(text):
        raise ValidationError(HIDDEN, code="hidden", params={"place": place + 1, "code": code})
    for place, sign in enumerate(text):
        if sign in "<>":
            raise ValidationError(MARKUP, code="markup", params={"place": place + 1})


class LineField(models.CharField[str, str]):
    """One line of typed text, trimmed and in one Unicode form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, check_line]

    def to_python(self, value: Any) -> Any:
        """The cleaned line."""
        text = super().to_python(value)
        return clean_line(text) if isinstance(text, str) else text
