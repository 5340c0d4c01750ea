"""Who sits in a body on a day: the rows of page, file and command, and the vacancies between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.blocks.over_time import Ever, ever_in
from interparl.bodies.models import Body, Decision, Membership, Part, Seat, Step
from interparl.core.addresses import address
from interparl.core.formats import write_day, write_partial
from interparl.core.kinds import Ref
from interparl.core.tables import Column, Columns, Reading, Table, moves_cell, row_writer
from interparl.core.templatetags.ui_parts import Link
from interparl.core.templatetags.ui_signs import person as person_sign
from interparl.core.translated import text_in
from interparl.directory.blocks.parts import may_add
from interparl.directory.models import Person

PERSON = Person.record_kind()


def accepted_on(membership: Membership, day: date) -> str:
    """When the assembly accepted the seat, as known on that day; "" while it has not."""
    latest = ""
    for step in membership.steps.all():
        if step.taken_earliest and step.taken_earliest > day:
            continue
        if step.kind == Step.Kind.ACCEPTED:
            latest = step.taken_on
        elif step.kind in (Step.Kind.REFUSED, Step.Kind.ENDED):
            latest = ""
    return latest


def last_step(membership: Membership, day: date) -> str:
    """The last step taken by that day, as a kind; "" when there is none."""
    known = [step.kind for step in membership.steps.all() if not step.taken_earliest or step.taken_earliest <= day]
    return known[-1] if known else ""


def person_refs(membership: Membership) -> list[Ref]:
    """Whose label a row asks for."""
    return [(PERSON, membership.person_id)]


def _acceptance(membership: Membership, reading: Reading) -> str:
    accepted = accepted_on(membership, reading.day)
    if accepted:
        return write_partial(accepted, reading.language)
    step = last_step(membership, reading.day)
    return str(Step.Kind(step).label) if step else ""


def _decision_words(membership: Membership, reading: Reading) -> str:
    decision = reading.seen(membership.decision)
    return _("No. %(number)s") % {"number": decision.number} if decision and decision.number else ""


def _chamber_words(holder: Membership | Seat, reading: Reading) -> str:
    """The chamber that a seat is kept for."""
    seat = holder.seat if isinstance(holder, Membership) else holder
    chamber = reading.seen(seat.chamber) if seat else None
    return text_in(chamber.short_name, reading.language) if chamber else ""


COMPOSITION: Columns[Membership] = Columns(
    (
        Column(
            "person",
            gettext_lazy("Member"),
            lambda m, r: r.name(PERSON, m.person_id),
            refs=person_refs,
            kind="person",
            side=lambda m: "ours" if m.part.parliament.is_ours else "theirs",
            address=lambda m: address((PERSON, m.person_id)),
            spoken=lambda m, r: r.spoken(PERSON, m.person_id),
            second=_chamber_words,
        ),
        Column(
            "role",
            gettext_lazy("Role"),
            lambda m, r: r.choice(m, "role"),
            kind="choice",
            second=lambda m, r: _("substitute’s seat") if m.is_substitute and m.role != m.Role.SUBSTITUTE else "",
        ),
        Column("since", gettext_lazy("From"), lambda m, r: m.since, kind="partial"),
        Column(
            "until",
            gettext_lazy("To"),
            lambda m, r: m.until,
            kind="partial",
            second=lambda m, r: _("approximate") if m.holds_on(r.day) == "approximate" else "",
        ),
        Column(
            "decision",
            gettext_lazy("By decision"),
            lambda m, r: decision.taken_on if (decision := r.seen(m.decision)) else "",
            kind="partial",
            second=lambda m, r: _decision_words(m, r),
            address=lambda m: address((Decision.record_kind(), m.decision_id)) if m.decision_id else "",
        ),
        Column("accepted", gettext_lazy("Accepted"), _acceptance),
    ),
    related=("seat__chamber", "decision", "part__parliament"),
    needs=("steps",),
)


def _acceptance_sign(membership: Membership, reading: Reading) -> str:
    if accepted_on(membership, reading.day):
        return "met"
    is_lost = last_step(membership, reading.day) in (Step.Kind.CONTESTED, Step.Kind.REFUSED, Step.Kind.ENDED)
    return "late" if is_lost else "soon"


def _appointment(membership: Membership, reading: Reading) -> str:
    """Number of the decision, the last day when it is not the body's own, and doubt."""
    leaves = membership.until and membership.until != membership.body.until
    words = [
        _decision_words(membership, reading),
        _("until %(day)s") % {"day": write_partial(membership.until, reading.language, "full")} if leaves else "",
        _("approximate") if membership.holds_on(reading.day) == "approximate" else "",
    ]
    return " · ".join(word for word in words if word)


def _seat_moves(membership: Membership, reading: Reading) -> list[Link]:
    if reading.is_past or not membership.may_change(reading.user):
        return []
    ref = (membership.record_kind(), membership.pk)
    return [Link(_("Replace"), f"{address(ref)}replace/"), Link(_("Change"), address(ref, "edit"))]


# On the body's page: fewer and fuller columns than in the files, and the steps for a seat.
SEATS: Columns[Membership] = Columns(
    (
        COMPOSITION["person"],
        COMPOSITION["role"],
        Column(
            "since",
            gettext_lazy("Appointed"),
            lambda m, r: m.since,
            kind="partial",
            second=_appointment,
            address=lambda m: address((Decision.record_kind(), m.decision_id)) if m.decision_id else "",
        ),
        Column("accepted", gettext_lazy("Accepted"), _acceptance, sign=_acceptance_sign),
    ),
    related=(*COMPOSITION.related, "body"),
    needs=COMPOSITION.needs,
    moves=_seat_moves,
)


def composition(body: Body, reading: Reading, columns: Columns[Membership] = COMPOSITION) -> Table[Membership]:
    """Who sat in the body on the day, with role, decision and acceptance; the same for page, export, command.

    The rows are asked for once a page, whatever columns its parts show.
    """
    key = ("composition", body.pk, reading.day)
    if key in reading.memo:
        return Table.of(columns, reading.memo[key], reading)
    found = Membership.objects.visible_to(reading.user).filter(body=body).on(reading.day).in_order()
    table = Table.of(columns, found, reading)
    reading.memo[key] = table.rows
    for row in table.rows:
        # What a row points to and this reader may not know of is taken off it, so that no link leads there.
        row.seat, row.decision = reading.seen(row.seat), reading.seen(row.decision)
    return table


def vacancies(body: Body, taken: Sequence[Membership], reading: Reading) -> list[Seat]:
    """Seats of the parts that hold on the day and that nobody in the composition holds."""
    held = {membership.seat_id for membership in taken}
    seats = Seat.objects.visible_to(reading.user).filter(
        body=body, part__in=Part.objects.visible_to(reading.user).on(reading.day)
    )
    every = list(seats.select_related("part", "chamber").order_by("order", "pk"))
    for seat in every:
        seat.body = body
    return [seat for seat in every if seat.pk not in held]


def seat_rows(table: Table[Membership], empty: Sequence[Seat], reading: Reading) -> SafeString:
    """The composition as markup with the vacancies at their places: before the next seat in order of the same part."""
    write = row_writer(table.columns, reading)
    left = _last_holders(empty, reading) if empty else {}
    made: list[list[str]] = [[] for _row in range(len(table.rows) + 1)]
    for seat in empty:
        same = [at for at, row in enumerate(table.rows) if row.part_id == seat.part_id]
        later = [at for at in same if (holds := table.rows[at].seat) and holds.order > seat.order]
        at = later[0] if later else same[-1] + 1 if same else len(table.rows)
        made[at].append(_vacant_row(seat, left.get(seat.pk), len(table.columns.of), reading))
    rows = [write(row) for row in table.rows]
    return SafeString("".join("".join(before) + row for before, row in zip(made, [*rows, ""], strict=True)))


def _last_holders(empty: Sequence[Seat], reading: Reading) -> dict[int, Ever]:
    """Who held each of these seats of one body last before the day, by seat; their labels will be read."""
    seats = {seat.pk for seat in empty}
    over = [one for one in ever_in(empty[0].body, reading) if one.until and one.until < reading.day]
    held = {one.seat: one for one in over if one.seat in seats}
    reading.want((PERSON, one.person) for one in held.values())
    return {seat: one for seat, one in held.items() if seat}


def _vacant_row(seat: Seat, left: Ever | None, width: int, reading: Reading) -> str:
    words = _("Vacant")
    second = ""
    if left and left.until:
        since = left.until + timedelta(days=1)
        words = _("Vacant since %(day)s") % {"day": write_day(since, reading.language)}
        name = reading.name(PERSON, left.person)
        second = _("was %(name)s") % {"name": name} if name else ""
        if second and left.reason:
            second = f"{second}, {Membership(end_reason=left.reason).get_end_reason_display()}"
    role = text_in(seat.title, reading.language) or str(seat.get_kind_display())
    chamber = _chamber_words(seat, reading)
    fill = may_add(Membership.record_kind(), reading, body=seat.body_id, part=seat.part_id, seat=seat.pk)
    return format_html(
        '<tr role="row" class="is-vacant"><th role="rowheader" scope="row">{}</th>'
        '<td role="cell" data-label="{}">{}</td>{}{}</tr>',
        person_sign(words, role=second or chamber, vacant=True),
        SEATS["role"].label,
        capfirst(role),
        SafeString('<td role="cell" class="phone-hide">–</td>' * (width - 2)),
        SafeString(moves_cell([Link(_("Fill"), fill)] if fill else [])),
    )
