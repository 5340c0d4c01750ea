"""The first chapter of an officer's file: what he looks after on the day, who stands in for him, what he left open."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import Acting, User
from interparl.accounts.roles import ROLES
from interparl.briefs.exports.attention import attention_in
from interparl.briefs.exports.chapters import FileChapter, around
from interparl.core.addresses import address
from interparl.core.blocks import Facts, Rows, Shown
from interparl.core.formats import write_day, write_moment
from interparl.core.records import Record
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact
from interparl.directory.blocks.parts import span_words
from interparl.directory.models import Portfolio
from interparl.exchange.models import Batch
from interparl.language.alphabets import sort_key

SEES_FILES = ("accounts.view_user", "directory.change_portfolio")
SEES_IMPORTS = "exchange.view_batch"


def may_see_file_of(officer: User, reader: User, reading: Reading) -> bool:
    """The officer himself, whoever acts for him on the day, who sees accounts, and who says who looks after what."""
    if reader.pk == officer.pk or any(reader.has_perm(one) for one in SEES_FILES):
        return True
    return reader.pk is not None and _acting(officer, reading).filter(deputy=reader).exists()


def portfolio_of(officer: User, reading: Reading) -> list[tuple[Portfolio, Record]]:
    """What he looks after on the day, by name, countries before organisations, as far as the reader may know of it."""
    known = Portfolio.objects.visible_to(reading.user).filter(user=officer).on(reading.day)
    rows = list(known.select_related("country", "organisation", "deputy").order_by("pk"))
    held = [(row, one) for row in rows if (one := reading.seen(row.country) or reading.seen(row.organisation))]
    refs = {(one.record_kind(), one.pk) for _row, one in held}
    reading.want(refs)

    def place(pair: tuple[Portfolio, Record]) -> tuple[bool, str, int]:
        row, one = pair
        name = reading.name(one.record_kind(), one.pk)
        return row.country_id is None, sort_key(name, reading.language), row.pk

    return sorted(held, key=place)


def first_chapter(officer: User, held: Sequence[tuple[Portfolio, Record]], reading: Reading) -> FileChapter:
    """What he is, his portfolio, and what waits for whoever takes over."""
    sections = [Shown("facts", _("Officer"), "main", Facts(_facts(officer, reading)))]
    gaps = []
    if held:
        sections.append(Shown("portfolio", _("Looked after"), "main", Rows(_table(held, reading))))
    else:
        gaps.append(_("No country and no organisation is known that this officer looks after."))
    if batches := _batches(officer, reading):
        sections.append(Shown("imports", _("Open imports"), "main", Rows(batches)))
    if not _acting(officer, reading).exists() and not any(row.deputy for row, _record in held):
        gaps.append(_("No deputy is named."))
    return FileChapter(title=_("Portfolio"), sections=sections, gaps=gaps)


def _acting(officer: User, reading: Reading) -> QuerySet[Acting]:
    return Acting.objects.filter(user=officer, since__lte=reading.day, until__gte=reading.day)


def _facts(officer: User, reading: Reading) -> list[Fact]:
    acting = _acting(officer, reading).select_related("deputy").order_by("since", "pk")
    deputies = [
        Fact(
            _("Deputy"),
            str(one.deputy),
            _("until %(day)s") % {"day": write_day(one.until, reading.language, "full")},
        )
        for one in acting
    ]
    return [Fact(_("Role"), str(ROLES[officer.role].title)), *deputies]


def _table(held: Sequence[tuple[Portfolio, Record]], reading: Reading) -> Table[Portfolio]:
    counts = {
        row.pk: len(attention_in(around(record, reading) | {(record.record_kind(), record.pk)}, reading))
        for row, record in held
    }
    columns: Columns[Portfolio] = Columns(
        (
            Column(
                "name",
                gettext_lazy("Name"),
                lambda p, r: r.name(*p.whole) if p.whole else "",
                refs=lambda p: [p.whole] if p.whole else [],
                address=lambda p: address(p.whole) if p.whole else "",
            ),
            Column("deputy", gettext_lazy("Deputy"), lambda p, r: str(p.deputy) if p.deputy else ""),
            Column("span", gettext_lazy("Time"), lambda p, r: span_words(p, r)),
            Column("attention", gettext_lazy("Needs attention"), lambda p, r: counts[p.pk], kind="number"),
        )
    )
    return Table.of(columns, [row for row, _record in held], reading)


BATCHES: Columns[Batch] = Columns(
    (
        Column(
            "name",
            gettext_lazy("File"),
            lambda b, r: b.name,
            address=lambda b: reverse("exchange:batch-show", args=(b.pk,)),
        ),
        Column("state", gettext_lazy("State"), lambda b, r: capfirst(b.get_state_display())),
        Column("at", gettext_lazy("Previewed"), lambda b, r: write_moment(b.at, r.language)),
    )
)


def _batches(officer: User, reading: Reading) -> Table[Batch] | None:
    """His imports that were looked at and neither applied nor left, and those with rows that wait for a decision."""
    reader = reading.user
    if not (isinstance(reader, User) and reader.has_perm(SEES_IMPORTS)):
        return None
    waiting = Batch.objects.waiting().filter(user=officer).values("pk")
    begun = Batch.objects.filter(user=officer, state=Batch.State.PREVIEWED)
    found = Batch.objects.filter(user=officer, pk__in=waiting) | begun
    table = Table.of(BATCHES, found.order_by("-pk"), reading)
    return table if len(table) else None
