"""The sentences about rows of an import, kept as key and values and written in the reader's language when shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from interparl.core.kinds import model_of
from interparl.exchange.rules import Finding
from interparl.exchange.rules.messages import FINDINGS

OWN: Mapping[str, Promise | str] = {
    "backwards": _("Taken together, its dates would end (%(until)s) before they begin (%(since)s)."),
    "edited": _("“%(field)s” is “%(file)s” in the file; here it is “%(here)s”, which did not come from this source."),
    "gone": _("%(name)s is no longer in the file. Nothing was changed; say on which days both editions were true."),
    "gone_ended": _("%(name)s is no longer in the file. It ended between %(since)s and %(until)s."),
    "gone_left": _("%(name)s is no longer in the file. It stays."),
    "identifier_held": _("The identifier %(identifier)s already belongs to %(holder)s; it was left out."),
    "no_country": _("The file names no country, so a place of its own is made: %(code)s."),
    "no_scheme": _("The identifier “%(identifier)s” does not say whose it is; it was left out."),
    "not_placed": _("It is not known to which chamber it belongs."),
    "not_taken": _("Nothing is made of it here."),
    "refused": _("“%(field)s”: %(reason)s"),
    "waits": _("It belongs to %(place)s, which is not written now."),
}


REFUSED = _("A value cannot be kept as it is.")


class Message(TypedDict):
    """One sentence about a place of a file, as stored."""

    place: str
    level: str
    key: str
    params: dict[str, Any]


def message(finding: Finding) -> Message:
    """A finding as it is stored."""
    return Message(place=finding.place[:200], level=finding.level, key=finding.key, params=dict(finding.params))


def text_of(one: Message) -> str:
    """The sentence in the reader's language; a field of a record (`column`) is called by its name there."""
    params = dict(one["params"])
    if "column" in params:
        kind, name = params["column"]
        column = next(found for found in model_of(kind)._meta.concrete_fields if found.name == name)
        params["field"] = capfirst(str(column.verbose_name))
    return str(OWN.get(one["key"]) or FINDINGS[one["key"]]) % params


def kind_of(one: Message) -> str:
    """What messages of one kind have in common: the sentence with a dash for its values."""
    if one["key"] == "refused":
        return str(REFUSED)
    names = dict.fromkeys([*one["params"], "field"], "…")
    return str(OWN.get(one["key"]) or FINDINGS[one["key"]]) % names
