"""What is wrong in bodies."""

from __future__ import (
    annotations,
)

from collections.abc import (
    Callable,
    Collection,
)
from datetime import (
    date,
    timedelta,
)
from typing import (
    Any,
    Literal,
)

from django.conf import (
    settings,
)
from django.db.models import (
    Count,
    Exists,
    OuterRef,
    QuerySet,
)
from django.urls import (
    reverse,
)
from django.utils.functional import (
    Promise,
)
from django.utils.translation import (
    get_language,
)
from django.utils.translation import (
    gettext_lazy as _,
)

from interparl.bodies.actions.convocations import (
    PERMISSION,
    turned,
)
from interparl.bodies.blocks.editions import (
    compositions_of,
)
from interparl.bodies.blocks.freezing import (
    changes_since,
)
from interparl.bodies.blocks.letters import (
    SOON,
)
from interparl.bodies.blocks.organs import (
    term_ends,
)
from interparl.bodies.measures.activity import (
    asleep,
    our_bodies,
)
from interparl.bodies.models import (
    Body,
    LetterDue,
    Membership,
    Part,
    Step,
)
from interparl.bodies.models.composing import (
    Checked,
    checked,
)
from interparl.bodies.rules.composition import (
    LEADING,
    Family,
)
from interparl.core.addresses import (
    address,
)
from interparl.core.days import (
    HOME_PARLIAMENT,
    installation,
)
from interparl.core.hooks import (
    AttentionRule,
    add_attention,
)
from interparl.core.rights import (
    Reader,
    once_for,
)
from interparl.core.tables import (
    Reading,
)
from interparl.directory.attention import (
    questioned,
)
from interparl.directory.models import (
    Convocation,
    Mandate,
    Organisation,
)

# Days before its end on which a body is told of.
ENDS_WITHIN = 60
# Days from the beginning of a convocation during which it is told of that the change was not made.
TURNED_WITHIN = 183


def without_head(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Working groups and delegations that nobody leads on the day."""
    known = Membership.objects.visible_to(reader)
    leading = known.on(day).filter(role__in=LEADING)
    kinds = (Body.Kind.WORKING_GROUP, Body.Kind.DELEGATION)
    bodies = Body.objects.on(day).filter(kind__in=kinds, pk__in=known.values("body"))
    return found.filter(pk__in=bodies.values("pk")).exclude(pk__in=leading.values("body"))


def _parts_on(day: date, reader: Reader) -> list[Part]:
    """The parts that hold on the day, with their bodies; the rules of composition ask about all of them."""
    bodies = Body.objects.visible_to(reader).on(day)
    return list(Part.objects.visible_to(reader).on(day).filter(body__in=bodies).select_related("body"))


def _answering(
    families: Collection[Family], is_meant: Callable[[Checked], bool]
) -> Callable[[QuerySet[Any], date, Reader], QuerySet[Any]]:
    """Narrows bodies to those that answer so to a rule of these families."""

    def narrow(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
        parts = once_for(reader, ("parts", day), lambda: _parts_on(day, reader))
        answers = checked(parts, day, reader, families)
        return found.filter(pk__in={part.body_id for part in parts if any(map(is_meant, answers[part.pk]))})

    return narrow


def _is_short(one: Checked) -> bool:
    return one.is_broken and one.verdict.lacking > 0


def _is_over(one: Checked) -> bool:
    return one.is_broken and one.verdict.over > 0


def _is_broken(one: Checked) -> bool:
    return one.is_broken and one.rule.is_binding


def _may_not_happen_again(one: Checked) -> bool:
    return one.is_broken or (one.verdict.found > 0 and one.verdict.found == one.rule.most)


def with_one_side(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Commissions on the day of which one parliament alone has a part."""
    parts = Part.objects.visible_to(reader).on(day)
    sides = parts.values("body").annotate(sides=Count("parliament", distinct=True)).filter(sides__gte=2)
    commissions = Body.objects.on(day).of_kind(Body.Kind.COMMISSION).exclude(pk__in=sides.values("body"))
    return found.filter(pk__in=commissions.values("pk"))


def ending_soon(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Bodies that end within the next weeks, with nothing that continues them."""
    continued = Body.objects.visible_to(reader).filter(continues__isnull=False)
    soon = Body.objects.on(day).filter(until_latest__lte=day + timedelta(days=ENDS_WITHIN))
    lasting = soon.exclude(kind=Body.Kind.OCCASIONAL_DELEGATION).exclude(pk__in=continued.values("continues"))
    return found.filter(pk__in=lasting.values("pk"))


def not_notified(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Delegations with somebody, on the day, of whom nobody told the assembly."""
    told = (Step.Kind.NOTIFIED, Step.Kind.ACCEPTED, Step.Kind.CONTESTED, Step.Kind.REFUSED, Step.Kind.ENDED)
    steps = Step.objects.visible_to(reader).filter(kind__in=told)
    kinds = (Body.Kind.DELEGATION, Body.Kind.OCCASIONAL_DELEGATION)
    sent = Membership.objects.on(day).filter(body__kind__in=kinds, body__organisation__isnull=False)
    known = Step.objects.visible_to(reader).filter(kind=Step.Kind.APPOINTED)
    untold = sent.filter(pk__in=known.values("membership")).exclude(pk__in=steps.values("membership"))
    return found.filter(pk__in=untold.visible_to(reader).values("body"))


def sleeping(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Our groups in which nothing happened in the twelve months up to the day; what happens, the measures say."""
    return found.filter(pk__in=asleep(list(our_bodies(day, reader)), day, reader))


def not_turned(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """The convocation of the home parliament that began within the last half year, unless the change was made."""
    known = Convocation.objects.visible_to(reader).filter(parliament__code=installation().get(HOME_PARLIAMENT, ""))
    begun = known.on(day).filter(since_earliest__gt=day - timedelta(days=TURNED_WITHIN))
    earlier = known.filter(since_earliest__lt=OuterRef("since_earliest"), parliament=OuterRef("parliament"))
    return found.filter(pk__in=begun.filter(Exists(earlier)).exclude(pk__in=turned()).values("pk"))


def overdue(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Letters that should have gone before the day."""
    return found.filter(state=LetterDue.State.DUE, due_on__lt=day)


def due_soon(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Letters that have to go within the week that begins with the day."""
    return found.filter(state=LetterDue.State.DUE, due_on__gte=day, due_on__lte=day + SOON)


def changed_since_released(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Bodies of the day in which something changed since the last edition of their list that still stands."""
    bodies = Body.objects.on(day).filter(pk__in=found.values("pk"))
    known = compositions_of(reader).by(day).in_force().filter(object_id__in=bodies.values("pk"))
    # The later number stands last and stays.
    last = dict(known.order_by("number").values_list("object_id", "pk"))
    reading = Reading(reader, get_language() or settings.LANGUAGE_CODE, day)
    changed = changes_since(known.filter(pk__in=last.values()), bodies.in_bulk(last), reading)
    return found.filter(pk__in=[key for key, comparison in changed.items() if comparison.number])


OTHERS = frozenset(Family) - {Family.SIZE, Family.CHAMBER, Family.SINGLE_SEX, Family.DECIDED}
Narrow = Callable[[QuerySet[Any], date, Reader], QuerySet[Any]]
BODY_RULES: tuple[tuple[str, Literal["late", "soon"], Promise, Narrow], ...] = (
    ("vacancy", "late", _("Seats are vacant by the rules"), _answering((Family.SIZE, Family.CHAMBER), _is_short)),
    ("overflow", "late", _("More people than the rules allow"), _answering((Family.SIZE, Family.CHAMBER), _is_over)),
    ("rule-broken", "late", _("A rule of composition is broken"), _answering(OTHERS, _is_broken)),
    (
        "one-sex",
        "late",
        _("Delegations of one sex alone: once more would break the rule, or it is broken"),
        _answering((Family.SINGLE_SEX,), _may_not_happen_again),
    ),
    (
        "decision-missing",
        "late",
        _("Somebody sits without a decision"),
        _answering((Family.DECIDED,), _is_broken),
    ),
    ("one-side", "late", _("A commission has one side only"), with_one_side),
    ("seat-not-notified", "soon", _("The assembly was not told of everybody who was appointed"), not_notified),
    ("asleep", "soon", _("Nothing has happened in a group for twelve months"), sleeping),
    (
        "list-outdated",
        "soon",
        _("The composition has changed since the last edition of the list"),
        changed_since_released,
    ),
    ("body-ending", "soon", _("A body ends soon and nothing continues it"), ending_soon),
)

add_attention(
    AttentionRule(
        "memberships-questioned", Membership, "late", _("A seat is held twice, or outside a mandate"), questioned
    )
)
add_attention(
    AttentionRule(
        "convocation-not-turned",
        Convocation,
        "late",
        _("A new convocation has begun, and the change to it was not made"),
        not_turned,
        PERMISSION,
        leads_to=lambda one: reverse("bodies:turn", args=(one.pk,)),
    )
)
add_attention(AttentionRule("no-head", Body, "late", _("A body has members and no head"), without_head))
for key, severity, text, narrow in BODY_RULES:
    add_attention(AttentionRule(key, Body, severity, text, narrow))


def outlived(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Organisations that have ended, to which a body is sent all the same."""
    going_on = Body.objects.visible_to(reader).on(day).filter(organisation__isnull=False)
    return found.filter(until_latest__lt=day, pk__in=going_on.values("organisation"))


def terms_over(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Organs in which the term of the chair ends within the next weeks or has run out, and nobody follows."""
    held = Membership.objects.visible_to(reader).filter(role__in=LEADING, body__term__isnull=False)
    chairs: dict[int, list[Membership]] = {}
    for chair in held.filter(body__in=Body.objects.on(day)).select_related("body").order_by("since_earliest", "pk"):
        chairs.setdefault(chair.body_id, []).append(chair)
    # The last one in the row counts: who begins later follows the one before him.
    over = [
        body
        for body, several in chairs.items()
        if (ends := term_ends(several[-1].body, several[-1])) and ends <= day + timedelta(days=ENDS_WITHIN)
    ]
    return found.filter(pk__in=over)


def without_mandate(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Seats in organs, on the day, of people who had a mandate and have none any more."""
    known = Mandate.objects.visible_to(reader)
    seats = Membership.objects.on(day).filter(body__kind=Body.Kind.ORGAN).exclude(role=Membership.Role.SECRETARY)
    lost = seats.filter(person__in=known.values("person")).exclude(person__in=known.on(day).values("person"))
    return found.filter(pk__in=lost.values("pk"))


add_attention(
    AttentionRule(
        "organ-without-mandate",
        Membership,
        "late",
        _("A seat in an organ is held by somebody who has lost the mandate"),
        without_mandate,
    )
)
add_attention(
    AttentionRule(
        "organ-term", Body, "soon", _("The term of a chair ends soon or has run out, and nobody follows"), terms_over
    )
)
add_attention(
    AttentionRule(
        "organisation-ended",
        Organisation,
        "late",
        _("An organisation has ended and a body sent to it goes on"),
        outlived,
        leads_to=lambda organisation: address((Organisation.record_kind(), organisation.pk), "end"),
    )
)
LETTER_RULES: tuple[tuple[str, Literal["late", "soon"], Promise, Narrow], ...] = (
    ("letters-overdue", "late", _("A letter is overdue"), overdue),
    ("letters-due", "soon", _("A letter is due within a week"), due_soon),
)
for key, severity, text, narrow in LETTER_RULES:
    add_attention(AttentionRule(key, LetterDue, severity, text, narrow, "bodies.view_letterdue"))
