"""Pages of organisations, statuses, relations, sensitivities, contacts and portfolios."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from interparl.core.addresses import address
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns
from interparl.core.translated import text_in
from interparl.directory import filters, forms
from interparl.directory.models import ContactPoint, Organisation, Portfolio, Rank, Relation, Sensitivity, Status
from interparl.directory.pages.columns import NOTE, SINCE, TIME, UNTIL, link_column, name_column, source_fact, text_fact

organisation_pages = RecordPages(
    model=Organisation,
    form=forms.OrganisationForm,
    filters=filters.OrganisationFilters,
    icon="organisations",
    related=("parent", "source"),
    columns=Columns(
        (
            name_column("directory.organisation"),
            Column("acronym", gettext_lazy("Acronym"), lambda o, r: text_in(o.acronym, r.language)),
            Column("kind", gettext_lazy("Kind"), lambda o, r: r.choice(o, "kind"), kind="choice", sort="kind"),
            Column("seat", gettext_lazy("Headquarters"), lambda o, r: text_in(o.seat, r.language)),
            TIME,
        )
    ),
    facts=(
        text_fact("name", gettext_lazy("Official name")),
        text_fact("acronym", gettext_lazy("Acronym")),
        Column("kind", gettext_lazy("Kind"), lambda o, r: r.choice(o, "kind"), kind="choice"),
        link_column("parent", gettext_lazy("Part of"), "directory.organisation", "parent"),
        text_fact("seat", gettext_lazy("Headquarters")),
        TIME,
        text_fact("done", gettext_lazy("What is done there")),
        text_fact("footnote", gettext_lazy("Footnote")),
        NOTE,
        source_fact(),
    ),
)

rank_pages = RecordPages(
    model=Rank,
    form=forms.RankForm,
    columns=Columns(
        (
            link_column("organisation", gettext_lazy("Organisation"), "directory.organisation", "organisation"),
            Column("importance", gettext_lazy("Importance"), lambda k, r: r.choice(k, "importance"), kind="choice"),
            Column("order", gettext_lazy("Order"), lambda k, r: k.order, kind="number", sort="order"),
            SINCE,
            UNTIL,
        )
    ),
)

status_pages = RecordPages(
    model=Status,
    form=forms.StatusForm,
    columns=Columns(
        (
            link_column("organisation", gettext_lazy("Organisation"), "directory.organisation", "organisation"),
            link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament"),
            Column("status", gettext_lazy("Status"), lambda s, r: r.choice(s, "status"), kind="choice", sort="status"),
            SINCE,
            UNTIL,
        )
    ),
)

relation_pages = RecordPages(
    model=Relation,
    form=forms.RelationForm,
    filters=filters.RelationFilters,
    icon="flag",
    columns=Columns(
        (
            Column(
                "with",
                gettext_lazy("With"),
                lambda n, r: r.name(*(n.whole or ("", None))),
                refs=lambda n: [n.whole] if n.whole else [],
                address=lambda n: address(n.whole) if n.whole else "",
            ),
            Column(
                "country",
                gettext_lazy("Country"),
                lambda n, r: text_in(n.parliament.country.name, r.language) if n.parliament else "",
                sort="parliament__country__code",
            ),
            Column("kind", gettext_lazy("Kind"), lambda n, r: r.choice(n, "kind"), kind="choice", sort="kind"),
            SINCE,
            UNTIL,
        ),
        related=("parliament__country",),
    ),
)


def _party_column(key: str, label: Promise, place: int) -> Column[Sensitivity]:
    """One of the two that must not meet, with its name and page."""
    return Column(
        key,
        label,
        lambda s, r: r.name(*s.parties[place]),
        refs=lambda s: [s.parties[place]],
        address=lambda s: address(s.parties[place]),
    )


sensitivity_pages = RecordPages(
    model=Sensitivity,
    form=forms.SensitivityForm,
    columns=Columns(
        (
            _party_column("first", gettext_lazy("Party"), 0),
            _party_column("other", gettext_lazy("Must not meet"), 1),
            Column("grounds", gettext_lazy("Reason"), lambda s, r: s.grounds, sort="grounds"),
            SINCE,
            UNTIL,
        )
    ),
)

contact_point_pages = RecordPages(
    model=ContactPoint,
    form=forms.ContactPointForm,
    columns=Columns(
        (
            Column("value", gettext_lazy("Contact"), lambda c, r: c.value, sort="value"),
            Column("kind", gettext_lazy("Kind"), lambda c, r: r.choice(c, "kind"), kind="choice", sort="kind"),
            Column(
                "of",
                gettext_lazy("Owner"),
                lambda c, r: r.name(*(c.whole or ("", None))),
                refs=lambda c: [c.whole] if c.whole else [],
            ),
        )
    ),
)

portfolio_pages = RecordPages(
    model=Portfolio,
    form=forms.PortfolioForm,
    columns=Columns(
        (
            Column("user", gettext_lazy("Officer"), lambda p, r: str(p.user)),
            Column(
                "of",
                gettext_lazy("Owner"),
                lambda p, r: r.name(*(p.whole or ("", None))),
                refs=lambda p: [p.whole] if p.whole else [],
            ),
            SINCE,
            UNTIL,
        ),
        related=("user",),
    ),
)
