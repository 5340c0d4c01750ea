"""The words of letters that are due, in one language at a time: a draft that an officer reads before it leaves.

Names stand in the nominative, in lists and after colons: no language has to inflect what it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

FEMALE, MALE = "female", "male"


@dataclass(frozen=True)
class Told:
    """What a letter tells, in the words of its language: names, and days as people write them; "" for nothing.

    `people` are lines of a composition; `speaker` and `gender` are those of the speaker written to.
    """

    home: str
    addressee: str
    to_organisation: bool = False
    convocation: str = ""
    body: str = ""
    day: str = ""
    people: Sequence[str] = ()
    speaker: str = ""
    gender: str = ""


def letter_text(about: str, told: Told, language: str) -> str:
    """The draft of a letter about one of the subjects of `WORDS`: addressee, salutation, what is told, closing."""
    with override(language):
        head = "\n".join(words for words in (told.speaker, told.addressee) if words)
        parts = [head, _salutation(about, told), *WORDS[about](told)]
        parts += [_("Please accept the assurances of our highest consideration."), told.home]
        return "\n\n".join(part for part in parts if part)


def _salutation(about: str, told: Told) -> str:
    if about != "speaker":
        return _("Dear colleagues,")
    if told.gender == FEMALE:
        return _("Dear Madam Speaker,")
    return _("Dear Mr Speaker,") if told.gender == MALE else _("Your Excellency,")


def _listed(told: Told) -> str:
    return "\n".join(f"– {line}" for line in told.people)


def _our_body(told: Told) -> list[str]:
    """Who works with the addressee on our side."""
    if not told.body:
        return []
    words = _("On our side the following body works with you: %(body)s.") % {"body": told.body}
    return ["\n".join(filter(None, [words, _listed(told)]))]


def _your_side() -> str:
    return _("We would be grateful for the composition of your side, so that our cooperation may continue.")


def _convocation(told: Told) -> list[str]:
    words = {"home": told.home, "convocation": told.convocation, "day": told.day}
    begun = _(
        "We have the honour to inform you that a new convocation of our parliament has begun its work. %(home)s: "
        "%(convocation)s, since %(day)s."
    )
    undated = _(
        "We have the honour to inform you that a new convocation of our parliament has begun its work. %(home)s: "
        "%(convocation)s."
    )
    if told.to_organisation:
        asked = _("We shall inform you of the composition of our delegation by a separate letter.")
        return [(begun if told.day else undated) % words, asked]
    return [(begun if told.day else undated) % words, *_our_body(told), _your_side()]


def _composition(told: Told) -> list[str]:
    first = _("We have the honour to inform you of a composition as of %(day)s. Body: %(body)s.")
    return [first % {"body": told.body, "day": told.day}, _listed(told), _("We ask you to take note of it.")]


def _seats(told: Told) -> list[str]:
    first = _("We have the honour to inform you of new appointments to your assembly. Body: %(body)s. Appointed:")
    return [
        first % {"body": told.body},
        _listed(told),
        _("We ask you to confirm their powers and to inform us of the day from which they are accepted."),
    ]


def _body_ended(told: Told) -> list[str]:
    first = _("We have the honour to inform you that the following body has ended its work: %(body)s.")
    last = _("The last day of its work: %(day)s.") % {"day": told.day} if told.day else ""
    sentence = " ".join(filter(None, [first % {"body": told.body}, last]))
    return [sentence, _("We thank you for the cooperation within this body.")]


def _speaker(told: Told) -> list[str]:
    return [
        _("Please accept our congratulations on your election to the high office of speaker of the parliament."),
        _("We are confident that the cooperation of our parliaments will continue to develop."),
    ]


def _election(told: Told) -> list[str]:
    first = _(
        "Please accept our congratulations on the beginning of the work of a new convocation of your parliament: "
        "%(convocation)s."
    )
    return [first % {"convocation": told.convocation}, *_our_body(told), _your_side()]


WORDS: dict[str, Callable[[Told], list[str]]] = {
    "convocation": _convocation,
    "composition": _composition,
    "seats": _seats,
    "body-ended": _body_ended,
    "speaker": _speaker,
    "election": _election,
}
