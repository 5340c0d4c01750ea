"""A body over time: what it continues, the days on which its members changed, and the ruler of both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from interparl.bodies.models import Body, Membership, Part
from interparl.core.formats import write_day
from interparl.core.rights import once_for
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Life, Ruler, Segment, Tick
from interparl.core.translated import text_in
from interparl.directory.models import Convocation

ONE_DAY = timedelta(days=1)
# So many generations each way are asked for at once.
GENERATIONS = 4


def lineage(body: Body, reading: Reading) -> list[Body]:
    """The body with all that it continues and that continue it, the earliest first; asked once a page."""
    kept = reading.memo.get("lineage")
    if kept is None or body not in kept:
        kept = reading.memo["lineage"] = _lineage(body, reading)
    return list(kept)


def _lineage(body: Body, reading: Reading) -> list[Body]:
    chain, met = [body], {body.pk: body}
    while True:
        around = _around(chain[0], reading) | _around(chain[-1], reading) if len(met) > 1 else _around(body, reading)
        before = len(chain)
        while (earlier := around.get(chain[0].continues_id or 0)) and earlier.pk not in met:
            chain.insert(0, met.setdefault(earlier.pk, earlier))
        first_to_continue: dict[int, Body] = {}
        for one in sorted(around.values(), key=lambda one: (one.since_earliest or date.min, one.pk)):
            first_to_continue.setdefault(one.continues_id or 0, one)
        while (later := first_to_continue.get(chain[-1].pk)) and later.pk not in met:
            chain.append(met.setdefault(later.pk, later))
        if len(chain) - before < GENERATIONS:
            return chain


def _around(body: Body, reading: Reading) -> dict[int, Body]:
    """Those that the body continues and those that continue it, up to so many generations each way; one query."""
    earlier, later = Q(pk=body.continues_id), Q(continues=body.pk)
    wanted = earlier | later
    for _generation in range(1, GENERATIONS):
        earlier = Q(pk__in=Body.objects.filter(earlier).order_by().values("continues"))
        later = Q(continues__in=Body.objects.filter(later).order_by().values("pk"))
        wanted |= earlier | later
    found = Body.objects.visible_to(reading.user).filter(wanted).select_related("convocation")
    return {one.pk: one for one in found}


class Ever(NamedTuple):
    """A membership of whatever day, as far as its time goes."""

    key: int
    seat: int | None
    person: int
    since: date | None
    until: date | None
    reason: str


def ever_in(body: Body, reading: Reading) -> list[Ever]:
    """The memberships of the body of all days, those that ended last at the end; asked once for a request."""
    rows = Membership.objects.visible_to(reading.user).filter(body=body).order_by("until_latest", "pk")
    values = rows.values_list("pk", "seat", "person", "since_earliest", "until_latest", "end_reason")
    return once_for(reading.user, ("ever in", body.pk), lambda: [Ever(*one) for one in values])


def change_days(body: Body, reading: Reading) -> list[date]:
    """The days on which the composition changed: first days of memberships, and the days after last ones."""
    rows = ever_in(body, reading)
    return sorted({one.since for one in rows if one.since} | {one.until + ONE_DAY for one in rows if one.until})


def changes_around(days: Sequence[date], day: date) -> tuple[date | None, date | None]:
    """The last change up to the day before this one, and the next one after it."""
    earlier = [one for one in days if one < day]
    later = [one for one in days if one > day]
    return (earlier[-1] if earlier else None), (later[0] if later else None)


def _terms_of_parts(body: Body, reading: Reading) -> set[Convocation]:
    """The convocations of our parts: a commission outlives them and has none of its own."""
    parts = Part.objects.visible_to(reading.user).filter(body=body).select_related("convocation", "parliament")
    return {term for part in parts if part.parliament.is_ours and (term := reading.seen(part.convocation))}


def ruler_of(body: Body, days: Sequence[date], reading: Reading) -> Ruler | None:
    """The ruler of time: convocations, the life of the body and of what it continues, ticks where members changed."""
    chain = lineage(body, reading)
    terms = {term for one in chain if (term := reading.seen(one.convocation))} or _terms_of_parts(body, reading)
    terms = {term for term in terms if term.since_earliest}
    starts = [one.since_earliest for one in (*chain, *terms) if one.since_earliest]
    ends = [one.until_latest for one in (*chain, *terms) if one.until_latest]
    if not starts:
        return None
    first, last = min(*starts, reading.day), max(*ends, reading.day, *starts)
    segments = sorted((term for term in terms), key=lambda term: term.since_earliest or first)
    return Ruler(
        first=first,
        last=last,
        marker=reading.day,
        marker_text=_("today") if not reading.is_past else write_day(reading.day, reading.language),
        past=reading.is_past,
        segments=[
            Segment(
                label=text_in(term.name, reading.language),
                short=str(term.number or ""),
                since=term.since_earliest or first,
                until=term.until_latest or last,
                now=term.holds_on(reading.day) != "no",
            )
            for term in segments
        ],
        lives=[Life(one.since_earliest or first, one.until_latest, one.pk == body.pk) for one in chain],
        ticks=[Tick(day, _("composition changed")) for day in days if first <= day <= last],
    )
