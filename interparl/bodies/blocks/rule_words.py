"""What a composition answers to a rule, in words."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from interparl.bodies.models.composing import Checked
from interparl.bodies.rules.composition import FEMALE, Family, State, Verdict
from interparl.core.tables import Reading

PERSON, FACTION, COUNTRY = "directory.person", "directory.faction", "directory.country"


def verdict_words(checked: Checked, reading: Reading) -> str:
    """The number that the rule is about, what is lacking or too much, and of how many people it is not known."""
    verdict = checked.verdict
    words = [_NUMBERS[verdict.rule.family](verdict, reading)]
    if verdict.lacking:
        words.append(_("lacking: %(number)s") % {"number": verdict.lacking})
    if verdict.over and verdict.rule.family != Family.SINGLE_SEX:
        words.append(_("too many: %(number)s") % {"number": verdict.over})
    if verdict.unknown and verdict.state != State.KEPT:
        words.append(_("not known of: %(number)s") % {"number": verdict.unknown})
    return "; ".join(word for word in words if word)


def state_words(checked: Checked) -> str:
    """Whether the rule is kept."""
    if checked.verdict.state == State.BROKEN:
        if not checked.counts:
            return _("broken, another version is kept")
        return _("broken") if checked.rule.is_binding else _("not followed")
    if checked.verdict.state == State.OPEN:
        return _("cannot be said")
    return pgettext("a rule", "kept")


def state_tone(checked: Checked) -> str:
    """How a state is coloured: what is binding and broken is bad."""
    if checked.is_broken:
        return "bad" if checked.rule.is_binding else "warn"
    return "neutral" if checked.verdict.state == State.BROKEN else _TONES[checked.verdict.state]


_TONES = {State.KEPT: "good", State.OPEN: "warn"}


def _found(verdict: Verdict, _reading: Reading) -> str:
    return str(verdict.found)


def _of_all(verdict: Verdict, _reading: Reading) -> str:
    return _("%(number)s of %(all)s") % {"number": verdict.found, "all": verdict.among}


def _of_sex(verdict: Verdict, reading: Reading) -> str:
    sex = _("women") if verdict.of == FEMALE else _("men")
    return f"{capfirst(sex)}: {_of_all(verdict, reading)}"


def _in_a_row(verdict: Verdict, _reading: Reading) -> str:
    if not verdict.found:
        return _("women and men") if verdict.state == State.KEPT and not verdict.unknown else ""
    return _("in a row, with this one: %(number)s") % {"number": verdict.found}


def _largest(kind: str) -> Callable[[Verdict, Reading], str]:
    def words(verdict: Verdict, reading: Reading) -> str:
        name = reading.name(kind, int(verdict.of)) if verdict.of else ""
        number = _of_all(verdict, reading)
        return f"{name}: {number}" if name else number

    return words


def _whom(verdict: Verdict, reading: Reading) -> str:
    """Those by whom it is not kept, by name; else how many keep it."""
    if not verdict.people:
        return _of_all(verdict, reading)
    return ", ".join(name for one in verdict.people if (name := reading.name(PERSON, one)))


_NUMBERS: dict[Family, Callable[[Verdict, Reading], str]] = {
    Family.SIZE: _found,
    Family.CHAMBER: _of_all,
    Family.SEX: _of_sex,
    Family.SINGLE_SEX: _in_a_row,
    Family.YOUTH: _of_all,
    Family.FACTION: _largest(FACTION),
    Family.NATIONALITY: _largest(COUNTRY),
    Family.SITTING: _whom,
    Family.HEADS: _whom,
    Family.SITS: _whom,
    Family.LANGUAGE: _of_all,
    Family.DECIDED: _whom,
}


def named_in(checked: Checked) -> list[tuple[str, int]]:
    """The records that the words name."""
    verdict = checked.verdict
    if verdict.rule.family in (Family.FACTION, Family.NATIONALITY):
        kind = FACTION if verdict.rule.family == Family.FACTION else COUNTRY
        return [(kind, int(verdict.of))] if verdict.of else []
    by_name = (Family.SITTING, Family.HEADS, Family.SITS, Family.DECIDED)
    return [(PERSON, one) for one in verdict.people] if verdict.rule.family in by_name else []
