"""How long the clashes of a new visit take over twenty years of events, beside the same asked in plain SQL."""

from __future__ import annotations

from collections import Counter

from django.db import connection

from benchmarks.diary import TODAY, VISITORS, visit
from benchmarks.floor_clashes import Told, asked_by_hand
from benchmarks.timing import asked, timed
from interparl.accounts.models import User
from interparl.core.days import begin_scope, end_scope, installation
from interparl.core.tables import Reading
from interparl.meetings.attention import with_clashes
from interparl.meetings.blocks.clashes import Clash, clashes_of
from interparl.meetings.models import Event

RUNS, MOST_TIMES, MOST_MS = 31, 3, 50


def clash_rows() -> list[str]:
    """The table: what is asked, the floor, ours, their ratio, what may be expected, the queries."""
    user = User.objects.create_user("clashes", "clashes@example.org", None, role="head_of_department")
    event = Event.objects.get(pk=visit().pk)
    user.standing  # noqa: B018  as a request has its user
    connection.ensure_connection()

    def ours() -> list[Clash]:
        return clashes_of(event, Reading(user=user, language="en", day=TODAY))

    def late() -> int:
        return len(with_clashes(Event.objects.visible_to(user), TODAY, user))

    # As in a request, the settings are read once.
    begin_scope()
    installation()
    _compare(asked_by_hand(event), ours())
    low, high, around = timed([lambda: asked_by_hand(event), ours, late], RUNS)
    queries, number, kinds = asked(ours), len(ours()), len({clash.kind for clash in ours()})
    end_scope()
    times = f"{low:.1f} | {high:.1f} | {high / low:.2f} | {MOST_TIMES} times, {MOST_MS} ms | {queries}"
    return [
        "| clashes | floor, ms | ours, ms | ratio | at most | queries |",
        "|---|---:|---:|---:|---:|---:|",
        f"| of a new visit of {VISITORS}, {number} of {kinds} kinds found | {times} |",
        f"| of the next 60 days, for the page of attention | | {around:.1f} | | | |",
    ]


def _compare(floor: list[Told], ours: list[Clash]) -> None:
    """Both must say the same: what collides, when, with what, who is in it, how many others are free."""
    by_hand = Counter((one.kind, one.day, f"/desk/events/{one.other}/" if one.other else "") for one in floor)
    if by_hand != Counter((str(one.kind), one.day.isoformat(), one.meets) for one in ours):
        raise SystemExit(f"by hand: {floor}; ours: {ours}")
    titles, ways = " ".join(one.title for one in ours), {way.label for one in ours for way in one.ways}
    for one in floor:
        if one.name not in titles or (one.free >= 0 and f"Find another, {one.free} free" not in ways):
            raise SystemExit(f"not told by ours: {one}")
