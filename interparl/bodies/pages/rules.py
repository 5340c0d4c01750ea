"""The pages of the rules of composition."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from interparl.bodies import filters, forms
from interparl.bodies.models import CompositionRule
from interparl.bodies.workflow import composition_rule_workflow
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns, Reading
from interparl.directory.pages.columns import NOTE, SINCE, TIME, UNTIL, link_column, name_column, source_fact, text_fact

ORGANISATION = link_column("organisation", gettext_lazy("Organisation"), "directory.organisation", "organisation")
PARLIAMENT = link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament")


def _force(rule: CompositionRule, _reading: Reading) -> str:
    return str(gettext_lazy("binding") if rule.is_binding else gettext_lazy("recommended"))


composition_rule_pages = RecordPages(
    model=CompositionRule,
    form=forms.CompositionRuleForm,
    filters=filters.CompositionRuleFilters,
    icon="bodies",
    workflow=composition_rule_workflow,
    related=("organisation", "parliament", "body", "chamber", "source"),
    columns=Columns(
        (
            name_column("bodies.compositionrule"),
            ORGANISATION,
            PARLIAMENT,
            Column("body_kind", gettext_lazy("Kind of body"), lambda c, r: r.choice(c, "body_kind"), kind="choice"),
            Column("version", gettext_lazy("Version"), lambda c, r: c.version, sort="version"),
            Column("force", gettext_lazy("Force"), _force),
            SINCE,
            UNTIL,
        )
    ),
    facts=(
        Column("family", gettext_lazy("Family"), lambda c, r: r.choice(c, "family"), kind="choice"),
        ORGANISATION,
        PARLIAMENT,
        Column("body_kind", gettext_lazy("Kind of body"), lambda c, r: r.choice(c, "body_kind"), kind="choice"),
        link_column("body", gettext_lazy("Body"), "bodies.body", "body"),
        Column("version", gettext_lazy("Version"), lambda c, r: c.version),
        Column("force", gettext_lazy("Force"), _force),
        text_fact("consequence", gettext_lazy("What follows when it is broken")),
        TIME,
        NOTE,
        source_fact(),
    ),
)
