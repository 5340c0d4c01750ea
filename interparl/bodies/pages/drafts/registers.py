"""The registers of drafts, of their bodies and places, and of what people wish for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.bodies import filters, forms
from interparl.bodies.models import Candidate, Draft, DraftBody, DraftPlace
from interparl.bodies.workflow import draft_workflow
from interparl.core.addresses import address
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns
from interparl.core.translated import text_in
from interparl.directory.pages.columns import NOTE, link_column, name_column, source_fact

TONES = {Draft.State.OPEN: "neutral", Draft.State.APPROVED: "good", Draft.State.ASIDE: "ended"}
CONVOCATION = link_column("convocation", gettext_lazy("Convocation"), "directory.convocation", "convocation")
PERSON = link_column("person", gettext_lazy("Person"), "directory.person", "person")
STATE: Column[Draft] = Column(
    "state",
    pgettext_lazy("draft", "State"),
    lambda d, r: r.choice(d, "state"),
    kind="choice",
    sort="state",
    tone=lambda d, r: TONES[Draft.State(d.state)],
)
DECISION = link_column("decision", gettext_lazy("Approved by"), "bodies.decision", "decision")

draft_pages = RecordPages(
    model=Draft,
    form=forms.DraftForm,
    filters=filters.DraftFilters,
    icon="bodies",
    workflow=draft_workflow,
    related=("convocation", "decision", "source"),
    columns=Columns((name_column("bodies.draft"), CONVOCATION, STATE, DECISION)),
    facts=(
        CONVOCATION,
        DECISION,
        Column("method", gettext_lazy("Proposed"), lambda d, r: r.choice(d, "method") if d.method else ""),
        NOTE,
        source_fact(),
    ),
)

drafted_pages = RecordPages(
    model=DraftBody,
    form=forms.DraftBodyForm,
    related=("draft__convocation", "pattern"),
    columns=Columns(
        (
            link_column("pattern", gettext_lazy("Pattern"), "bodies.body", "pattern"),
            link_column("draft", gettext_lazy("Draft"), "bodies.draft", "draft"),
        )
    ),
)

place_pages = RecordPages(
    model=DraftPlace,
    form=forms.DraftPlaceForm,
    related=("drafted__draft",),
    columns=Columns(
        (
            Column("title", gettext_lazy("Title"), lambda p, r: text_in(p.title, r.language)),
            Column("role", gettext_lazy("Role"), lambda p, r: r.choice(p, "role"), kind="choice", sort="role"),
            PERSON,
        )
    ),
)


candidate_pages = RecordPages(
    model=Candidate,
    form=forms.CandidateForm,
    filters=filters.CandidateFilters,
    related=("convocation", "person", "body"),
    columns=Columns(
        (
            link_column("person", gettext_lazy("Person"), "directory.person", "person", sort="person__label"),
            Column(
                "rank",
                gettext_lazy("Rank"),
                lambda w, r: w.rank,
                kind="number",
                sort="rank",
                address=lambda w: address(("bodies.candidate", w.pk), "edit"),
            ),
            link_column("body", gettext_lazy("Body"), "bodies.body", "body"),
            Column("would_lead", gettext_lazy("Would like to lead it"), lambda w, r: w.would_lead, sort="would_lead"),
            Column(
                "unwilling",
                gettext_lazy("Does not want to sit there"),
                lambda w, r: True if w.rank is None else "",
            ),
            CONVOCATION,
        )
    ),
)
