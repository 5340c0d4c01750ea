"""The sentences about rows of an import, kept as key and values and written in the reader's language when shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from interparl.core.kinds import model_of
from interparl.exchange.rules import Finding
from interparl.exchange.rules.messages import FINDINGS

OWN: Mapping[str, Promise | str] = {
    "alike": _("A record here is called alike."),
    "alike_too": _("A record here is called alike, and this agrees as well: %(fields)s."),
    "backwards": _("Taken together, its dates would end (%(until)s) before they begin (%(since)s)."),
    "edited": _("“%(field)s” is “%(file)s” in the file; here it is “%(here)s”, which did not come from this source."),
    "gone": _("%(name)s is no longer in the file. Nothing was changed; say on which days both editions were true."),
    "gone_ended": _("%(name)s is no longer in the file. It ended between %(since)s and %(until)s."),
    "gone_left": _("%(name)s is no longer in the file. It stays."),
    "identifier_held": _("The identifier %(identifier)s already belongs to %(holder)s; it was left out."),
    "kept_before": _(
        "“%(field)s” is “%(file)s” in the file; it was decided before that “%(here)s”, which stands here, is kept."
    ),
    "moved": _("A record of this row was changed here since it was decided, so it waits for a decision anew."),
    "no_country": _("The file names no country, so a place of its own is made: %(code)s."),
    "no_scheme": _("The identifier “%(identifier)s” does not say whose it is; it was left out."),
    "not_placed": _("It is not known to which chamber it belongs."),
    "not_taken": _("Nothing is made of it here."),
    "recognised": _("It was recognised by the identifier %(identifier)s."),
    "refused": _("“%(field)s”: %(reason)s"),
    "waits": _("It belongs to %(place)s, which is not written now."),
}


# A value may stand in the sentences of very many rows, so it is told in short.
LONGEST_TOLD, LONGEST_VALUE = 300, 500
# What messages of one kind have in common, where their sentence says little without its values.
KINDS: Mapping[str, Promise | str] = {
    "columns_unread": _("Columns were not read."),
    "date_order_assumed": _("A date was read in the order of its column."),
    "date_rewritten": _("A date was put into the usual form."),
    "date_time_left_out": _("A date was read without the time of day."),
    "date_words_left_out": _("A date was read without the words around it."),
    "edited": _("A value here did not come from this source and differs from the file."),
    "gone": _("No longer in the file; nothing was changed."),
    "gone_ended": _("No longer in the file; it ended between the two editions."),
    "gone_left": _("No longer in the file; it stays."),
    "kept_before": _("It was decided before that the value here is kept."),
    "less_precise": _("Only a part of a date is known."),
    "refused": _("A value cannot be kept as it is."),
    "says_otherwise": _("Rows of the same person say different things."),
}


class Message(TypedDict):
    """One sentence about a place of a file, as stored."""

    place: str
    level: str
    key: str
    params: dict[str, Any]


def message(finding: Finding) -> Message:
    """A finding as it is stored."""
    params = {name: one[:LONGEST_VALUE] if isinstance(one, str) else one for name, one in finding.params.items()}
    return Message(place=finding.place[:200], level=finding.level, key=finding.key, params=params)


def told_in(reasons: Sequence[Message]) -> str:
    """The keys of these sentences, the grave ones first, each after the letter of its level: "d:edited n:alike"."""
    words = dict.fromkeys(f"{one['level'][0]}:{one['key']}" for one in reasons)
    found = ""
    for word in sorted(words, key=lambda word: ("edn".index(word[0]), word)):
        if len(found) + len(word) < LONGEST_TOLD:
            found = f"{found} {word}".strip()
    return found


def text_of(one: Message) -> str:
    """The sentence in the reader's language; a field of a record (`column`) is called by its name there."""
    params = dict(one["params"])
    if "column" in params:
        kind, name = params["column"]
        column = next(found for found in model_of(kind)._meta.concrete_fields if found.name == name)
        params["field"] = capfirst(str(column.verbose_name))
    if isinstance(columns := params.get("columns"), list):
        params["fields"] = ", ".join(str(model_of(kind)._meta.get_field(name).verbose_name) for kind, name in columns)  # type: ignore[union-attr]  # a column
    return str(OWN.get(one["key"]) or FINDINGS[one["key"]]) % params


def kind_words(key: str) -> str:
    """The sentence of messages with that key, with a dash for its values."""
    if key in KINDS:
        return str(KINDS[key])
    words = str(OWN.get(key) or FINDINGS[key]) % _Dashes()
    return words.replace(f"{DASH}.", DASH)


DASH = "…"


class _Dashes(dict[str, str]):
    """A dash for every value."""

    def __missing__(self, _name: str) -> str:
        return DASH
