"""Letters that are due, for tests: made, planned, and a delegation of whose members an assembly has to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from interparl.bodies.models import Body, LetterDue, Step
from interparl.core.days import today
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Organisation, Parliament
from tests.makers import BY, a_body, a_membership, a_parliament, a_person, kept

DAY = date(2016, 10, 20)


def a_letter(**values: Any) -> LetterDue:
    """A letter that is due to a parliament unless told."""
    to = {} if "organisation" in values else {"parliament": a_parliament()}
    return kept(LetterDue(**({"about": LetterDue.About.CONVOCATION, "due_on": DAY} | to | values)))


def planned_letters(planned: Sequence[Planned]) -> list[LetterDue]:
    """The records of planned rows, written."""
    change_many(planned, by=BY)
    return [row.record for row in planned if isinstance(row.record, LetterDue)]


def text(letter: LetterDue, language: str = "en") -> str:
    """The draft in one language."""
    return str(letter.text[language]["text"])


def sent_out(home: Parliament, assembly: Organisation) -> Body:
    """Our delegation to the assembly with three members: appointed, notified, and without a step."""
    body = a_body(name="Our Delegation", kind=Body.Kind.DELEGATION, organisation=assembly, parliaments=[home])
    for family, steps in (("Appointed", ["appointed"]), ("Notified", ["appointed", "notified"]), ("Stepless", [])):
        membership = a_membership(body, a_person(family))
        for kind in steps:
            kept(Step(membership=membership, kind=kind, taken_on="2016-10-12"))
    return body


def _by_the_day() -> list[tuple[str, set[int], set[int]]]:
    now = today()
    days = {"late": now - timedelta(days=1), "soon": now + timedelta(days=7), "later": now + timedelta(days=8)}
    keys = {value: a_letter(due_on=day).pk for value, day in days.items()}
    return [(value, {key}, set(keys.values()) - {key}) for value, key in keys.items()]


def _by_the_country() -> list[tuple[str, set[int], set[int]]]:
    there, elsewhere = a_parliament(), a_parliament()
    letter, other = a_letter(parliament=there), a_letter(parliament=elsewhere)
    return [(str(there.country_id), {letter.pk}, {other.pk})]


# What the register filters by a method of its own, with rows that fit and rows that do not.
OF_LETTERS = {("bodies.letterdue", "due"): _by_the_day, ("bodies.letterdue", "country"): _by_the_country}
