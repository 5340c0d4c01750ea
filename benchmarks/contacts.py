"""How long "who met whom" of two countries over twenty years takes, beside the one query by hand that says the same."""

from __future__ import annotations

from django.db import connection

from benchmarks.diary import DAYS, FIRST, HOME, ONE_DAY
from benchmarks.timing import asked, timed
from interparl.accounts.models import User
from interparl.core.tables import Reading, Table
from interparl.directory.models import Country
from interparl.meetings.models import Participation
from interparl.meetings.models.meeting import Side, events_of_both
from interparl.meetings.pages.contacts import columns_for

PAGE, MOST = 50, 100
# All twenty years lie before it.
LAST = FIRST + DAYS * ONE_DAY
FLOOR = (
    "SELECT DISTINCT e.id, e.since_earliest FROM meetings_participation t"
    " JOIN meetings_participation o ON o.event_id = t.event_id AND o.country_id = %s"
    " AND o.attendance NOT IN ('absent', 'excused', 'declined')"
    " JOIN meetings_event e ON e.id = t.event_id"
    " WHERE t.country_id = %s AND t.attendance NOT IN ('absent', 'excused', 'declined')"
    " AND e.stage NOT IN ('cancelled', 'declined', 'refused', 'postponed') AND e.until_latest < %s"
    " ORDER BY e.since_earliest DESC, e.id LIMIT 50"
)
NAMES = (
    "SELECT p.event_id, p.country_id, l.text FROM meetings_participation p LEFT JOIN core_label l"
    " ON l.kind = 'directory.person' AND l.language = 'en' AND l.object_id = p.person_id WHERE p.event_id IN ({})"
)


def contact_rows() -> list[str]:
    """The table: the questions by hand, the first page of the answer, the ratio."""
    home, other = Country.objects.get(code=HOME), Country.objects.get(code="VN")
    reader = User.objects.create_user("contacts", "contacts@example.org", None, role="desk_officer")
    reader.standing  # noqa: B018  as a request has its user
    one, two = Side(country=home), Side(country=other)

    def ours() -> int:
        reading = Reading(reader, "en", LAST)
        found = events_of_both(one, two, LAST, reader).order_by("-since_earliest", "pk")
        table = Table.of(columns_for(one, two, reading), found, reading, limit=PAGE)
        list(table.values())
        return table.total

    def floor() -> int:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, [home.pk, other.pk, LAST.isoformat()])
            keys = [key for key, _since in cursor.fetchall()]
            cursor.execute(NAMES.format(", ".join(["%s"] * len(keys)) or "NULL"), keys)
            cursor.fetchall()
        return len(keys)

    total = ours()
    low, high = timed([floor, ours])
    return [
        f"{Participation.objects.count()} participations, {total} contacts of the two countries. Goal: {MOST} ms.",
        "",
        "| what | by hand, ms | first page, ms | ratio | queries |",
        "|---|---:|---:|---:|---:|",
        f"| who met whom, two countries, twenty years | {low:.1f} | {high:.1f} | {high / low:.2f} | {asked(ours)} |",
    ]
