"""What a handover file says of bodies beyond their pages: all who sit, who sat before, empty seats."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from interparl.bodies.blocks.composition import PERSON, composition, person_refs, vacancies
from interparl.bodies.blocks.over_time import lineage
from interparl.bodies.models import Body, Membership, Seat
from interparl.core.blocks import Content, Rows
from interparl.core.hooks import block_on
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.translated import text_in
from interparl.directory.blocks.parts import span_words


@block_on(
    Body,
    "composition",
    gettext_lazy("Composition"),
    place="book",
    order=5,
    gap=gettext_lazy("Nobody is known to have sat in it on this day."),
)
def composition_of(body: Body, reading: Reading) -> Content | None:
    """Who sits in it on the day; on its page the composition has a place of its own."""
    return Rows(composition(body, reading))


EMPTY: Columns[Seat] = Columns(
    (
        Column(
            "seat", gettext_lazy("Seat"), lambda s, r: text_in(s.title, r.language) or capfirst(r.choice(s, "kind"))
        ),
        Column(
            "chamber",
            gettext_lazy("Chamber"),
            lambda s, r: text_in(found.short_name, r.language) if (found := r.seen(s.chamber)) else "",
        ),
    )
)


@block_on(Body, "vacancies", gettext_lazy("Vacant seats"), place="book", order=6)
def vacancies_of(body: Body, reading: Reading) -> Content | None:
    """Seats that nobody holds on the day."""
    empty = vacancies(body, composition(body, reading).rows, reading)
    return Rows(Table.of(EMPTY, empty, reading)) if empty else None


def _before(now: Body) -> Columns[Membership]:
    """The columns of those who sat before; what they sat in is named only where it was not the body itself."""

    def where(membership: Membership, reading: Reading) -> str:
        term = reading.seen(membership.body.convocation)
        if term is None:
            return "" if membership.body_id == now.pk else text_in(membership.body.name, reading.language)
        return text_in(term.name, reading.language)

    return Columns(
        (
            Column(
                "person",
                gettext_lazy("Member"),
                lambda m, r: r.name(PERSON, m.person_id),
                refs=person_refs,
                spoken=lambda m, r: r.spoken(PERSON, m.person_id),
            ),
            Column(
                "role",
                gettext_lazy("Role"),
                lambda m, r: r.choice(m, "role"),
                kind="choice",
                second=lambda m, r: r.choice(m, "end_reason") if m.end_reason else "",
            ),
            Column("convocation", gettext_lazy("Convocation"), where),
            Column("span", gettext_lazy("Time"), lambda m, r: span_words(m, r)),
        ),
        related=("body__convocation",),
    )


@block_on(
    Body,
    "sat-before",
    gettext_lazy("Who sat before"),
    place="book",
    order=20,
    gap=gettext_lazy("It is not known who sat before."),
)
def sat_before(body: Body, reading: Reading) -> Content | None:
    """Those who had left it by the day, and those who sat in what it continues; the last ones first."""
    chain = [one.pk for one in lineage(body, reading)]
    earlier = chain[: chain.index(body.pk) + 1]
    found = Membership.objects.visible_to(reading.user).filter(body__in=earlier, until_latest__lt=reading.day)
    table = Table.of(_before(body), found.order_by("-until_latest", "rank", "pk"), reading)
    return Rows(table) if len(table) else None
