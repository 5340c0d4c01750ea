"""Whom the names of a table mean: one record that is called exactly so, or several that somebody has to choose from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interparl.accounts.models import User
from interparl.core.finding import Found, find
from interparl.core.labels import open_labels
from interparl.core.models import Label
from interparl.exchange.actions.lookalikes import name_key
from interparl.exchange.rules.mapped import Mapped
from interparl.language.folding import fold

# So many names are asked about at once, and so many records offered for each.
MOST_ASKED, MOST_OFFERED = 100, 6


@dataclass(frozen=True)
class Meant:
    """A name of the table: the one record that is called so, or those that may be meant, the likeliest first."""

    text: str
    key: int | None = None
    offers: Sequence[Found] = ()


@dataclass(frozen=True)
class Names:
    """The names of a table: those that are certain, those to ask about, and those too many to ask about at once."""

    sure: Mapping[str, int]
    asked: Sequence[Meant]
    more: Sequence[str] = ()

    def named(self, chosen: Mapping[str, int | None]) -> dict[str, int]:
        """For the importer: each name, folded, with the record that it means; 0 for nobody."""
        found = {fold(one.text): chosen.get(one.text) or 0 for one in self.asked}
        found |= {fold(text): 0 for text in self.more}
        return found | {fold(text): key for text, key in self.sure.items()}


def names_in(mapped: Mapped, field: str, id_field: str) -> list[str]:
    """The names in that field, of rows that have no id instead, each once."""
    rows = [one for row in mapped.rows for one in (row, *row.within)]
    return list(dict.fromkeys(row.text(field) for row in rows if row.text(field) and not row.text(id_field)))


def meant_by(kind: str, texts: Iterable[str], user: User, language: str) -> Names:
    """Of each name whom it means, among the records of the kind that this user may know of."""
    wanted = {text: fold(text) for text in texts}
    exact, same_words = _called(kind, user)
    sure, unsure = dict[str, int](), list[str]()
    for text, folded in wanted.items():
        found = exact.get(folded) or same_words.get(name_key(text), set())
        if len(found) == 1:
            sure[text] = next(iter(found))
        else:
            unsure.append(text)
    asked = [
        Meant(text, offers=find(text[:200], user, language, kinds=[kind], limit=MOST_OFFERED))
        for text in unsure[:MOST_ASKED]
    ]
    return Names(sure, asked, unsure[MOST_ASKED:])


def _called(kind: str, user: User) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """The records by what they are called, as it is written and by its words in any order."""
    exact, same_words = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    labels = Label.objects.filter(open_labels([kind], user), kind=kind).values_list("object_id", "text", "by")
    for key, text, by in labels.iterator():
        if not text.startswith("#"):
            exact[fold(text)].add(key)
            exact[fold(by)].add(key)
            same_words[name_key(text)].add(key)
    return exact, same_words
