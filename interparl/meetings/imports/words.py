"""Words of the desk in tables: kinds, levels, functions, by their code or as they are called in any language here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import override

from interparl.core.translated import languages
from interparl.language.folding import fold

YES = frozenset(fold(word) for word in ("true", "yes", "1", "x", "да", "так", "sim", "oui", "ja", "sí"))


class Words:
    """Which value of a choice a word means; the words are gathered once a file."""

    def __init__(self) -> None:
        self._known: dict[type[TextChoices], dict[str, str]] = {}

    def value(self, choices: type[TextChoices], text: str) -> str:
        """The value that the text is or is called, "" when it is none."""
        if choices not in self._known:
            self._known[choices] = _words_of(choices)
        return self._known[choices].get(_plain(text), "")


def _words_of(choices: type[TextChoices]) -> dict[str, str]:
    found = {_plain(value): str(value) for value in choices.values}
    for language in languages():
        with override(language):
            for value, label in choices.choices:
                found.setdefault(_plain(str(label)), str(value))
    return found


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").replace("_", " ").split())
