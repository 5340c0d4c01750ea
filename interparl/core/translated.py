"""Text that exists in several languages, each with a state (design 8.4).

Stored as {language: {"text", "state", "of"}}: `of` is the hash of the source text that a translation was made from.
When the source changes, translations of the older source become outdated in the same change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.core.fields import check_line

DRAFT, REVIEWED, OUTDATED, MISSING = "draft", "reviewed", "outdated", "missing"
STATES = {
    MISSING: pgettext_lazy("state of a text", "missing"),
    OUTDATED: pgettext_lazy("state of a text", "outdated"),
    DRAFT: pgettext_lazy("state of a text", "draft"),
    REVIEWED: pgettext_lazy("state of a text", "reviewed"),
}


class Expression(TypedDict):
    """One language's text."""

    text: str
    state: str
    of: str


Stored = dict[str, Expression]


def languages() -> list[str]:
    """The languages of content, in order of preference for a fallback."""
    return [code for code, _name in settings.LANGUAGES]


def in_order(codes: Iterable[str]) -> list[str]:
    """Language codes in the order of the installation, others after: not every database keeps the order of JSON."""
    known = languages()
    return sorted(codes, key=lambda code: (known.index(code) if code in known else len(known), code))


def texts_of(stored: Stored | None) -> dict[str, str]:
    """The texts that there are by language, in that order."""
    stored = stored or {}
    return {code: stored[code]["text"] for code in in_order(stored) if stored[code]["text"]}


def digest_of(text: str) -> str:
    """The hash by which a translation remembers its source."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Shown:
    """What a reader gets: the text, the language it is in, and whether it is the one asked for."""

    text: str
    language: str
    is_fallback: bool


def shown(stored: Stored | None, language: str | None = None) -> Shown:
    """The text in the language asked for, else in the first language that has one, named."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    stored = stored or {}
    for code in (wanted, *languages(), *stored):
        if (found := stored.get(code)) and found["text"]:
            return Shown(found["text"], code, code != wanted)
    return Shown("", wanted, False)


def text_in(stored: Stored | None, language: str | None = None) -> str:
    """Only the words of `shown`."""
    return shown(stored, language).text


def state_of(stored: Stored | None, language: str) -> str:
    """missing, draft, outdated or reviewed."""
    found = (stored or {}).get(language)
    return found["state"] if found and found["text"] else MISSING


def source_language(stored: Stored) -> str | None:
    """The language that the others were made from: the one without `of`."""
    for code, found in stored.items():
        if found["text"] and not found["of"]:
            return code
    return None


def written(texts: dict[str, str], *, source: str | None = None, state: str = REVIEWED) -> Stored:
    """A new value from plain texts; the first language given, or `source`, is what the others were made from."""
    filled = {code: text for code, text in texts.items() if text}
    if not filled:
        return {}
    origin = source if source in filled else next(iter(filled))
    of = digest_of(filled[origin])
    return {code: Expression(text=text, state=state, of="" if code == origin else of) for code, text in filled.items()}


def rewritten(before: Stored | None, texts: dict[str, str], states: dict[str, str] | None = None) -> Stored:
    """The value after an edit: what changed is as stated (else reviewed), what hangs on the source is outdated."""
    before, states = before or {}, states or {}
    filled = {code: text for code, text in texts.items() if text}
    if not filled:
        return {}
    origin = source_language(before)
    if origin not in filled:
        origin = next(iter(filled))
    of = digest_of(filled[origin])
    source_changed = text_in(before, origin) != filled[origin]
    after: Stored = {}
    for code, text in filled.items():
        old = before.get(code)
        untouched = old is not None and old["text"] == text
        state = states.get(code) or (old["state"] if old and untouched else REVIEWED)
        made_of = old["of"] if old and untouched and old["of"] else of
        if code == origin:
            made_of = ""
        elif untouched and source_changed and state == REVIEWED and code not in states:
            state = OUTDATED
        elif state == REVIEWED:
            made_of = of
        after[code] = Expression(text=text, state=state, of=made_of)
    return after


class TranslatedField(models.JSONField):
    """A text in several languages, stored as described above. `long` asks for a larger box in forms."""

    def __init__(self, *args: Any, long: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        self.long = long
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """As a JSON field; `long` is no matter of the database."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuses what is not in the stored shape."""
        super().validate(value, model_instance)
        if not isinstance(value, dict) or not all(_is_expression(part) for part in value.values()):
            raise ValidationError(_("This is not a text in several languages."), code="shape")
        if not self.long:
            for part in value.values():
                check_line(part["text"])


def _is_expression(part: object) -> bool:
    return isinstance(part, dict) and set(part) == {"text", "state", "of"} and isinstance(part["text"], str)
