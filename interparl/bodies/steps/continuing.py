"""Which bodies to form anew: each that lapsed, with how active it was, and whether it is advised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from interparl.bodies.actions.drafting import planned_draft
from interparl.bodies.measures.activity import Activity, activities
from interparl.bodies.models import Body, Partner
from interparl.bodies.steps.closing import GROUPS, K, lapsing, national_parts
from interparl.core import hooks
from interparl.core.hooks import Becomes, Effect, add_step
from interparl.core.rights import Reader
from interparl.core.translated import Stored, written
from interparl.core.writing import Planned
from interparl.directory.models import Organisation
from interparl.directory.models.turning import Turn, turn_between

FORMED_ANEW = (*GROUPS, K.DELEGATION, K.NATIONAL_GROUP)


def bodies_go_on(ending: int, beginning: int, reader: Reader) -> Sequence[Effect]:
    """Groups and delegations that lapse, and commissions whose part does, each to be taken into a draft or not.

    Advised are commissions, delegations to organisations that go on, and groups in which something happened within the
    last twelve months or which a group abroad answers; where the register knows of nothing in any group, all groups.
    """
    turn = turn_between(ending, beginning, reader)
    bodies = list(lapsing(turn, reader, FORMED_ANEW))
    bodies += Body.objects.filter(pk__in=national_parts(turn, reader).values("body")).order_by("pk")
    found = {one.body: one for one in _activities(turn, bodies, reader)}
    answered = _answered(turn, bodies, reader)
    groups = [body.pk for body in bodies if body.kind in GROUPS]
    nothing_is_known = all(found[key].is_dormant for key in groups)
    going_on = frozenset(Organisation.objects.visible_to(reader).on(turn.first_day).values_list("pk", flat=True))
    effects = []
    for body in bodies:
        awake = nothing_is_known or not found[body.pk].is_dormant or body.pk in answered
        goes_on = body.organisation_id is None or body.organisation_id in going_on
        effects.append(
            Effect(
                Becomes.PROPOSED,
                (Body.record_kind(), body.pk),
                _words(found[body.pk], is_answered=body.pk in answered, goes_on=goes_on),
                offered=True,
                is_advised=awake if body.kind in GROUPS else goes_on,
            )
        )
    return [*effects, *_answering_none(turn, bodies, reader)]


def _activities(turn: Turn, bodies: Sequence[Body], reader: Reader) -> list[Activity]:
    """How active they were in the convocation that ends; what ends with its last day is no activity."""
    until = turn.last_day() - timedelta(days=1)
    first = turn.ending.since_earliest or until
    return activities(bodies, first, until, until, reader)


def _answered(turn: Turn, bodies: Sequence[Body], reader: Reader) -> frozenset[int]:
    """Those that a group abroad answers which exists on the first day of the new convocation."""
    mirrors = Body.objects.visible_to(reader).on(turn.first_day).filter(mirror_of__in=[body.pk for body in bodies])
    return frozenset(key for key in mirrors.values_list("mirror_of", flat=True) if key)


def _words(activity: Activity, *, is_answered: bool, goes_on: bool) -> str:
    said = [_("activity %(index)s") % {"index": activity.index}]
    if activity.is_dormant:
        said.append(_("nothing in twelve months"))
    if is_answered:
        said.append(_("a group abroad answers it"))
    if not goes_on:
        said.append(_("the organisation has ended"))
    return ", ".join(said)


def _answering_none(turn: Turn, bodies: Sequence[Body], reader: Reader) -> list[Effect]:
    """Groups abroad about our country where none of ours is about theirs: proposed, and no group of ours is claimed."""
    home = turn.ending.parliament
    about = Partner.objects.visible_to(reader)
    ours = set(about.filter(body__in=[body.pk for body in bodies]).values_list("country", flat=True))
    known = Body.objects.visible_to(reader).on(turn.first_day).of_kind(*GROUPS)
    abroad = known.filter(pk__in=about.filter(country=home.country_id).values("body"), mirror_of=None)
    found = []
    for body in abroad.prefetch_related("parts__parliament").order_by("pk"):
        countries = {part.parliament.country_id for part in body.parts.all()} - {home.country_id}
        if countries and not countries & ours:
            query = urlencode({"kind": K.WORKING_GROUP, "convocation": turn.beginning.pk})
            words = _("a group abroad that none of ours answers; form one?")
            form = f"{reverse('bodies:body-new')}?{query}"
            found.append(Effect(Becomes.PROPOSED, (Body.record_kind(), body.pk), words, leads_to=form))
    return found


def draft_of(ending: int, beginning: int, reader: Reader, ticked: Sequence[Effect]) -> Sequence[Planned]:
    """One draft of compositions with those that were ticked."""
    if not ticked:
        return ()
    turn = turn_between(ending, beginning, reader)
    keys = [effect.ref[1] for effect in ticked if effect.ref]
    rows = Body.objects.visible_to(reader).in_bulk(keys)
    patterns = [rows[key] for key in keys if key in rows]
    return planned_draft(convocation=turn.beginning, name=_name(turn), patterns=patterns, reader=reader)


def _name(turn: Turn) -> Stored:
    found = {}
    for code, _label in settings.LANGUAGES:
        with override(code):
            label = turn.beginning.label_in(code)
            found[code] = _("Compositions: %(convocation)s") % {"convocation": label} if label else ""
    return written({code: text for code, text in found.items() if text})


add_step(hooks.Step("continue", gettext_lazy("To be formed anew"), bodies_go_on, draft_of, order=70))
