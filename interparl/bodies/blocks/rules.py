"""Which rules of composition hold for a body, what it answers to them, and who could fill what is lacking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.blocks.rule_words import named_in, state_tone, state_words, verdict_words
from interparl.bodies.models import Body, CompositionRule, Membership, Part
from interparl.bodies.models.composing import Checked, bodies_of, checked
from interparl.bodies.rules.composition import Family, Rule, Sitter, is_younger
from interparl.core.addresses import address, as_of, list_address
from interparl.core.blocks import Content, Rows
from interparl.core.dates import bounds_of
from interparl.core.hooks import block_on
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.translated import text_in
from interparl.directory.blocks.parts import may_add
from interparl.directory.models import Mandate, Organisation, Parliament, Person

PERSON = Person.record_kind()
MOST_NAMED = 3
FILLABLE = (Family.SIZE, Family.CHAMBER, Family.SEX, Family.YOUTH, Family.LANGUAGE)


@dataclass(frozen=True)
class Line:
    """A rule with what a part answers, and those who could fill what is lacking; its rule is in no other line."""

    part: Part
    rule: CompositionRule
    checked: Checked
    fillers: tuple[int, ...] = ()


def _source_words(line: Line, reading: Reading) -> str:
    """Which version by which source, what follows, and that it is no more than advice."""
    rule = line.rule
    source = reading.seen(rule.source)
    words = [
        _("version %(name)s") % {"name": rule.version} if rule.version else "",
        source.label_in(reading.language) if source else "",
        "" if rule.is_binding else _("recommended"),
    ]
    return " · ".join(word for word in words if word)


def _found_words(line: Line, reading: Reading) -> str:
    return capfirst(verdict_words(line.checked, reading))


def _more_words(line: Line, reading: Reading) -> str:
    """What follows from a broken rule; else who could fill what is lacking."""
    names = [name for one in line.fillers if (name := reading.name(PERSON, one))]
    words = [
        text_in(line.rule.consequence, reading.language) if line.checked.is_broken else "",
        _("could be filled by: %(names)s") % {"names": ", ".join(names)} if names else "",
    ]
    return " · ".join(word for word in words if word)


def rule_columns(lines: Sequence[Line]) -> Columns[CompositionRule]:
    """The columns of a table of their rules, one row a line."""
    of = {id(line.rule): line for line in lines}
    return Columns(
        (
            Column(
                "rule",
                gettext_lazy("Rule"),
                lambda rule, r: rule.in_words(r.language),
                address=lambda rule: address((CompositionRule.record_kind(), rule.pk)),
                second=lambda rule, r: _source_words(of[id(rule)], r),
            ),
            Column(
                "found",
                gettext_lazy("Composition"),
                lambda rule, r: _found_words(of[id(rule)], r),
                second=lambda rule, r: _more_words(of[id(rule)], r),
            ),
            Column(
                "state",
                gettext_lazy("State"),
                lambda rule, r: capfirst(state_words(of[id(rule)].checked)),
                tone=lambda rule, r: state_tone(of[id(rule)].checked),
            ),
        )
    )


def rule_lines(body: Body, reading: Reading) -> list[Line]:
    """The rules that hold for the parts of a body on the day, with its answers; those that are broken first."""
    parts = list(Part.objects.visible_to(reading.user).filter(body=body).on(reading.day).select_related("parliament"))
    for part in parts:
        part.body = body
    answers = checked(parts, reading.day, reading.user)
    pairs = [(part, one) for part in parts for one in answers[part.pk]]
    fillers = _fillers(pairs, reading)
    lines = [Line(part, copy(one.rule), one, fillers(part, one)) for part, one in pairs]
    lines.sort(key=lambda line: not line.checked.is_broken)
    refs = {ref for line in lines for ref in named_in(line.checked)}
    refs |= {(PERSON, one) for line in lines for one in line.fillers}
    reading.want(refs)
    return lines


def _fillers(pairs: Sequence[tuple[Part, Checked]], reading: Reading) -> Callable[[Part, Checked], tuple[int, ...]]:
    """Who would help a part to keep a rule: who sits in its parliament and not in it, those with the fewest bodies.

    Nobody for who may not add a member; three questions for however many rules.
    """
    asked = {part.pk: part for part, one in pairs if could_be_filled(one)}
    may_fill = {
        pk: part for pk, part in asked.items() if may_add(Membership.record_kind(), reading, body=part.body_id, part=pk)
    }
    if not may_fill:
        return lambda _part, _one: ()
    seats = Membership.objects.on(reading.day).filter(part__in=list(may_fill))
    taken = set(seats.values_list("part", "person"))
    parliaments = {part.parliament_id for part in may_fill.values()}
    free = Mandate.objects.visible_to(reading.user).on(reading.day).filter(chamber__parliament__in=parliaments)
    rows = list(free.values_list("chamber__parliament", "chamber", *SEEN))
    busy = bodies_of({row[2] for row in rows}, reading.day, reading.user)

    def chosen(part: Part, one: Checked) -> tuple[int, ...]:
        if part.pk not in may_fill or not could_be_filled(one):
            return ()
        rule, people = one.rule.rule, set[int]()
        for parliament, chamber, *seen in rows:
            sitter = _sitter(seen)
            fits = parliament == part.parliament_id and rule.chamber in (None, chamber)
            if fits and (part.pk, sitter.person) not in taken and helps(rule, sitter, one.verdict.of, reading.day):
                people.add(sitter.person)
        return tuple(sorted(people, key=lambda person: (len(busy.get(person, ())), person))[:MOST_NAMED])

    return chosen


def could_be_filled(one: Checked) -> bool:
    """Whether somebody more would help to keep the rule."""
    return one.counts and one.verdict.lacking > 0 and one.rule.family in FILLABLE


SEEN = ("person", "person__gender", "person__born", "person__speaks")


def _sitter(seen: Sequence[Any]) -> Sitter:
    person, gender, born, speaks = seen
    earliest, latest = bounds_of(born)
    spoken = frozenset(speaks.split())
    return Sitter(person, gender=gender, born_earliest=earliest, born_latest=latest, languages=spoken)


def helps(rule: Rule, sitter: Sitter, sex: str, day: date) -> bool:
    """Whether somebody of whom this is known would help to keep the rule."""
    if rule.family == Family.SEX:
        return sitter.gender == sex
    if rule.family == Family.YOUTH:
        return is_younger(sitter, rule.age or 0, day) is True
    if rule.family == Family.LANGUAGE:
        return rule.language in sitter.languages
    return True


@block_on(
    Body, "rules", gettext_lazy("Rules of composition"), order=12, gap=gettext_lazy("No rule of composition is known.")
)
def rules_of_body(body: Body, reading: Reading) -> Content | None:
    """The rules that hold for the body on the day, and what its composition answers."""
    lines = rule_lines(body, reading)
    add = may_add(CompositionRule.record_kind(), reading, body=body.pk)
    if not lines:
        return None
    return Rows(
        Table.of(rule_columns(lines), [line.rule for line in lines], reading), more=_every_rule(body, reading), add=add
    )


def _every_rule(body: Body, reading: Reading) -> str:
    asked = {"organisation": str(body.organisation_id)} if body.organisation_id else {}
    return as_of(list_address(CompositionRule.record_kind(), **asked), reading)


RULES: Columns[CompositionRule] = Columns(
    (
        Column(
            "rule",
            gettext_lazy("Rule"),
            lambda rule, r: rule.in_words(r.language),
            address=lambda rule: address((CompositionRule.record_kind(), rule.pk)),
            second=lambda rule, r: _rule_source(rule, r),
        ),
        Column("body_kind", gettext_lazy("Kind of body"), lambda rule, r: r.choice(rule, "body_kind"), kind="choice"),
    ),
    related=("chamber", "source"),
)


def _rule_source(rule: CompositionRule, reading: Reading) -> str:
    source = reading.seen(rule.source)
    words = [rule.version, source.label_in(reading.language) if source else ""]
    return " · ".join(word for word in words if word)


def _block_of(reading: Reading, **scope: int) -> Content | None:
    """The rules of this scope that hold on the day, with the way to all of them and to a new one."""
    kind = CompositionRule.record_kind()
    known = CompositionRule.objects.visible_to(reading.user).on(reading.day).filter(**scope)
    table = Table.of(RULES, known.order_by("body_kind", "family", "version", "pk"), reading)
    more = list_address(kind, days="all", **{name: str(key) for name, key in scope.items()})
    return Rows(table, more=more, add=may_add(kind, reading, **scope)) if len(table) else None


@block_on(Organisation, "composition-rules", gettext_lazy("Rules of composition"), order=30)
def rules_of_organisation(organisation: Organisation, reading: Reading) -> Content | None:
    """What the organisation asks of the delegations sent to it."""
    return _block_of(reading, organisation=organisation.pk)


@block_on(Parliament, "composition-rules", gettext_lazy("Rules of composition"), order=60)
def rules_of_parliament(parliament: Parliament, reading: Reading) -> Content | None:
    """What the parliament asks of its own bodies."""
    return _block_of(reading, parliament=parliament.pk)
