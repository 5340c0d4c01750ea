"""A body over time: what it continues, the days on which its members changed, and the ruler of both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from interparl.bodies.models import Body, Membership, Part
from interparl.core.formats import write_day
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Life, Ruler, Segment, Tick
from interparl.core.translated import text_in
from interparl.directory.models import Convocation


def lineage(body: Body, reading: Reading) -> list[Body]:
    """The body with all that it continues and that continue it, the earliest first; asked once a page."""
    kept = reading.memo.get("lineage")
    if kept is None or body not in kept:
        kept = reading.memo["lineage"] = _lineage(body, reading)
    return list(kept)


def _lineage(body: Body, reading: Reading) -> list[Body]:
    visible = Body.objects.visible_to(reading.user).select_related("convocation")
    chain, seen = [body], {body.pk}
    earlier = body.continues_id
    while earlier and earlier not in seen:
        found = visible.filter(pk=earlier).first()
        if found is None:
            break
        chain.insert(0, found)
        seen.add(found.pk)
        earlier = found.continues_id
    later = visible.filter(continues=body).order_by("since_earliest", "pk").first()
    while later and later.pk not in seen:
        chain.append(later)
        seen.add(later.pk)
        later = visible.filter(continues=later).order_by("since_earliest", "pk").first()
    return chain


def change_days(body: Body, reading: Reading) -> list[date]:
    """The days on which the composition changed: first days of memberships, and the days after last ones."""
    rows = Membership.objects.visible_to(reading.user).filter(body=body).values_list("since_earliest", "until_latest")
    days = {since for since, _until in rows if since} | {until + timedelta(days=1) for _since, until in rows if until}
    return sorted(days)


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
