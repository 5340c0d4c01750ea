"""What an event adopted, with its number in the body."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.core.addresses import list_address, new_address
from interparl.core.blocks import Content, Rows
from interparl.core.hooks import block_on
from interparl.core.rights import Reader
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.translated import shown
from interparl.meetings.blocks.agenda import row_moves
from interparl.meetings.models import Event, Kind, Outcome

OUTCOME = Outcome.record_kind()
# A sitting adopts more than a block shows elsewhere, and all of it is looked for here.
MOST_OUTCOMES = 20
# In events of these kinds something is adopted as a rule.
ADOPTING = (Kind.SESSION, Kind.SITTING, Kind.CONFERENCE)
AD_REFERENDUM = pgettext_lazy("outcome", "ad referendum")

OUTCOMES: Columns[Outcome] = Columns(
    (
        Column(
            "title",
            gettext_lazy("Title"),
            lambda o, r: shown(o.title, r.language).text,
            spoken=lambda o, r: shown(o.title, r.language).language,
            second=lambda o, r: shown(o.addressee, r.language).text,
        ),
        Column("kind", gettext_lazy("Kind"), lambda o, r: r.choice(o, "kind"), kind="choice"),
        Column("number", gettext_lazy("No."), lambda o, r: o.number, kind="number"),
        Column("adopted_on", gettext_lazy("Adopted on"), lambda o, r: o.adopted_on, kind="partial"),
        Column(
            "binding",
            gettext_lazy("Binding"),
            lambda o, r: str(AD_REFERENDUM) if o.is_ad_referendum else "",
            tone=lambda o, r: "warn",
        ),
        Column("due_on", gettext_lazy("To be done by"), lambda o, r: o.due_on, kind="date"),
    ),
    moves=lambda o, r: row_moves(o, r),
)


def next_outcome_number(body: int, reader: Reader) -> int:
    """The number after the greatest that the body has given, as far as the reader may know; one taken is refused."""
    return (Outcome.objects.visible_to(reader).filter(body=body).aggregate(most=Max("number"))["most"] or 0) + 1


@block_on(Event, "outcomes", gettext_lazy("Outcomes"), place="main", order=35)
def outcomes_of(event: Event, reading: Reading) -> Content | None:
    """What was adopted, by number, and the way to the next one with its number filled in."""
    found = Outcome.objects.visible_to(reading.user).filter(event=event)
    rows = sorted(found, key=lambda one: (one.number is None, one.number or 0, one.pk))
    table = Table.of(OUTCOMES, rows[:MOST_OUTCOMES], reading)
    table.total = len(rows)
    add = _add(event, reading) if rows or event.kind in ADOPTING else ""
    return Rows(table, more=list_address(OUTCOME, event=str(event.pk)), add=add) if rows or add else None


def _add(event: Event, reading: Reading) -> str:
    draft = Outcome(event=event, body_id=event.body_id)
    if reading.is_past or not draft.may_do("add", reading.user):
        return ""
    known = {"event": str(event.pk), "adopted_on": event.until}
    if event.body_id:
        known |= {"body": str(event.body_id), "number": str(next_outcome_number(event.body_id, reading.user))}
    return new_address(OUTCOME, **known)
