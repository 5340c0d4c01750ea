"""The load at a glance: six facts, the slices, and a drawing of how many people sit in how many bodies."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.measures import distribution, summed
from interparl.bodies.pages.load.shown import SLICES, Shown
from interparl.bodies.pages.load.tables import first_of
from interparl.core.charts import Bar, bar_chart
from interparl.core.formats import write_number
from interparl.core.requests import same_page
from interparl.core.tables import Column, Columns, Table
from interparl.core.templatetags.ui_parts import Fact, Tab


def glance_of(shown: Shown) -> list[Fact]:
    """The sum over all people in question."""
    total, language = summed(shown.people), shown.reading.language

    def number(value: Any) -> str:
        return write_number(value, language)

    facts = [
        Fact(_("People"), number(total.people), shown.asked.words("parliament", language)),
        Fact(_("Seats in bodies"), number(total.seats), address=shown.seats_address() if total.seats else ""),
        Fact(_("Seats a head"), number(total.a_head)),
        Fact(_("Bodies headed"), number(total.heads), address=shown.seats_address(leads="true") if total.heads else ""),
        Fact(
            _("Without any seat"),
            number(total.without),
            _("%(share)s %%") % {"share": number(total.share_without)},
            shown.people_address(bodies=0) if total.without else "",
        ),
    ]
    if total.most:
        words = first_of(total, shown.reading)
        facts.append(Fact(_("Most loaded"), number(total.most), words, shown.people_address(bodies=total.most)))
    return facts


def tabs_of(shown: Shown, by: str) -> list[Tab]:
    """By person, and by each group."""
    every = Tab(_("By person"), same_page(shown.request, by=None, sort=None, page=None), current=by not in SLICES)
    slices = [
        Tab(one.title, same_page(shown.request, by=name, sort=None, page=None), current=name == by)
        for name, one in SLICES.items()
    ]
    return [every, *slices]


def chart_of(shown: Shown) -> dict[str, Any]:
    """How many people sit in no body, in one, in two: drawn, and as a table; nothing where nobody has a seat."""
    language = shown.reading.language
    rows, total = distribution(shown.people), summed(shown.people)
    if not total.seats:
        return {}
    bars = [Bar(write_number(number, language), people, write_number(people, language)) for number, people in rows]
    columns: Columns[Any] = Columns(
        (
            Column("bodies", gettext_lazy("Bodies"), lambda row, r: row[0]),
            Column(
                "people",
                gettext_lazy("People"),
                lambda row, r: row[1],
                "number",
                address=lambda row: shown.people_address(bodies=row[0]) if row[1] else "",
            ),
        )
    )
    title = _("People by the number of their bodies")
    finding = _("People: %(people)s; seats a head: %(a_head)s; at most: %(most)s.") % {
        "people": write_number(total.people, language),
        "a_head": write_number(total.a_head, language),
        "most": write_number(total.most, language),
    }
    return {
        "chart": bar_chart(bars, title=title, finding=finding),
        "chart_title": title,
        "chart_table": Table.of(columns, rows, shown.reading, caption=title),
    }
