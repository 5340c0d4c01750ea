"""What a draft says in words: why a wish was not met, and what contradicts each other where nothing is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from interparl.bodies.models import Body
from interparl.bodies.models.composition_rules import CompositionRule
from interparl.bodies.models.questions import Question
from interparl.bodies.rules.drafting import Condition, Ground
from interparl.bodies.rules.reasons import Ahead, Reason, Why
from interparl.core.formats import write_number
from interparl.core.kinds import Ref
from interparl.core.tables import Reading
from interparl.directory.models import Chamber, Person

BODY, PERSON, CHAMBER = Body.record_kind(), Person.record_kind(), Chamber.record_kind()
# So many of those who sit where somebody wished to are named.
MOST_AHEAD = 3


class Wording:
    """The words of one draft for one reader; what he may not know of is left out."""

    def __init__(self, question: Question, reading: Reading) -> None:
        self.question = question
        self.reading = reading
        self.rules = {rule.pk: rule for several in question.rules.values() for rule in several}

    def load(self, refs: Iterable[Ref]) -> None:
        """Fetches the names of these records, and of all bodies of the draft, in one query."""
        wanted = {*refs, *((BODY, one.pattern_id) for one in self.question.bodies)}
        wanted |= {(CHAMBER, chamber) for _body, chamber in self.question.kept_for.values()}
        self.reading.want(wanted)

    def body(self, key: int | None) -> str:
        """The name of a body of the draft."""
        return self.reading.name(BODY, key)

    def person(self, key: int | None) -> str:
        """The name of a person."""
        return self.reading.name(PERSON, key)

    def rank(self, person: int, body: int) -> str:
        """How dear a wish is: “wish No. 2”."""
        wish = self.question.wishes.get(person, {}).get(body)
        if wish is None or wish.rank is None:
            return _("no wish")
        return _("wish No. %(number)s") % {"number": write_number(wish.rank, self.reading.language)}

    def rule(self, key: int) -> str:
        """A rule in words; places kept for a chamber are one as well."""
        if key in self.question.kept_for:
            chamber = self.reading.name(CHAMBER, self.question.kept_for[key][1])
            return _("Places kept for others leave too few for: %(chamber)s") % {"chamber": chamber}
        rule: CompositionRule | None = self.rules.get(key)
        return rule.in_words(self.reading.language) if rule else ""

    def rules_in_words(self, keys: Sequence[int]) -> str:
        """Several rules, of which one is meant."""
        return "; ".join(words for key in keys if (words := self.rule(key)))

    # Conditions

    def conditions(self, several: Sequence[Condition]) -> list[str]:
        """What cannot be kept together, a sentence for each."""
        self.load((PERSON, one.person) for one in several if one.person is not None)
        return [words for one in several if (words := _CONDITIONS[one.ground](self, one))]

    def where(self, words: str, body: int | None) -> str:
        """The words, with the body that they are about."""
        if body is None or not words:
            return words
        name = self.body(body)
        return f"{name}: {words}" if name else ""

    def _pair(self, pattern: str, condition: Condition) -> str:
        person, body = self.person(condition.person), self.body(condition.body)
        return pattern % {"person": person, "body": body} if person and body else ""

    def of_rule(self, one: Condition) -> str:
        """A rule, or versions of which one would do."""
        return self.where(self.rules_in_words(one.rules), one.body)

    def of_placed(self, one: Condition) -> str:
        """Who was placed by hand."""
        return self._pair(_("%(person)s is placed by hand: %(body)s"), one)

    def of_barred(self, one: Condition) -> str:
        """Who has another place there."""
        return self._pair(_("%(person)s has another place by hand: %(body)s"), one)

    def of_unwilling(self, one: Condition) -> str:
        """Who does not want to."""
        return self._pair(_("%(person)s does not want to sit there: %(body)s"), one)

    def of_seats(self, one: Condition) -> str:
        """How many places there are."""
        drafted = self.question.by_pattern.get(one.body or 0)
        if drafted is None:
            return ""
        number = len(self.question.full(drafted))
        words = ngettext("%(number)s place for a full member", "%(number)s places for full members", number)
        return self.where(words % {"number": write_number(number, self.reading.language)}, one.body)

    def of_head(self, one: Condition) -> str:
        """One who leads."""
        return self.where(_("one leads it, and no more than one"), one.body)

    def of_most_bodies(self, one: Condition) -> str:
        """How many somebody takes."""
        name = self.person(one.person)
        return _("%(person)s takes no more bodies") % {"person": name} if name else ""

    # Reasons

    def reason(self, one: Reason) -> str:
        """Why a wish was not met."""
        return _REASONS[one.why](self, one)

    def refs_of(self, reasons: Iterable[Reason]) -> set[Ref]:
        """The people that the words name."""
        return {(PERSON, ahead.person) for one in reasons for ahead in one.ahead[:MOST_AHEAD]}

    def why_met(self, _one: Reason) -> str:
        """It was."""
        return pgettext("a wish", "met")

    def why_unwilling(self, _one: Reason) -> str:
        """Against his own word."""
        return _("does not want to sit there")

    def why_barred(self, _one: Reason) -> str:
        """A substitute there, say."""
        return _("has another place there by hand")

    def why_better(self, one: Reason) -> str:
        """His dearer wishes are all that he may have."""
        return _("has all %(number)s bodies that are allowed, by dearer wishes or by hand: %(names)s") % {
            "number": write_number(one.number or 0, self.reading.language),
            "names": self._bodies(one),
        }

    def why_most(self, one: Reason) -> str:
        """He has as many as he may."""
        return _("has all %(number)s bodies that are allowed: %(names)s") % {
            "number": write_number(one.number or 0, self.reading.language),
            "names": self._bodies(one),
        }

    def _bodies(self, one: Reason) -> str:
        return ", ".join(name for key in one.bodies if (name := self.body(key)))

    def why_rule(self, one: Reason) -> str:
        """Whatever place he took."""
        rules = self.rules_in_words(one.rules)
        if not rules:
            return _("the place that could be taken is the head’s, and kept for another chamber")
        return _("whatever place is taken, a rule would be broken: %(rules)s") % {"rules": rules}

    def why_full(self, one: Reason) -> str:
        """Others sit there."""
        names = [self._ahead(ahead, one.body) for ahead in one.ahead[:MOST_AHEAD]]
        shown = ", ".join(name for name in names if name)
        if further := len(one.ahead) - len(names):
            shown += " " + ngettext("and %(number)s other", "and %(number)s others", further) % {"number": further}
        return _("no place is left; there are: %(names)s") % {"names": shown}

    def _ahead(self, ahead: Ahead, body: int) -> str:
        name = self.person(ahead.person)
        if not name:
            return ""
        return f"{name} ({_('by hand') if ahead.is_placed else self.rank(ahead.person, body)})"

    def why_possible(self, _one: Reason) -> str:
        """A better draft is there."""
        return _("nothing stands against it: place by hand, or propose anew")


_CONDITIONS: dict[Ground, Callable[[Wording, Condition], str]] = {
    Ground.RULE: Wording.of_rule,
    Ground.PLACED: Wording.of_placed,
    Ground.BARRED: Wording.of_barred,
    Ground.UNWILLING: Wording.of_unwilling,
    Ground.SEATS: Wording.of_seats,
    Ground.HEAD: Wording.of_head,
    Ground.MOST_BODIES: Wording.of_most_bodies,
}
_REASONS: dict[Why, Callable[[Wording, Reason], str]] = {
    Why.MET: Wording.why_met,
    Why.UNWILLING: Wording.why_unwilling,
    Why.BARRED: Wording.why_barred,
    Why.BETTER_WISH: Wording.why_better,
    Why.MOST_BODIES: Wording.why_most,
    Why.RULE: Wording.why_rule,
    Why.FULL: Wording.why_full,
    Why.POSSIBLE: Wording.why_possible,
}
