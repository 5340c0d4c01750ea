"""What the pages of an import show, as values for their templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.addresses import address
from interparl.core.formats import write_day, write_moment, write_number
from interparl.core.hooks import every_importer
from interparl.core.requests import same_page
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Fact, Stage, Tab
from interparl.exchange.actions.tallies import Tallied, keys_told, summed
from interparl.exchange.actions.texts import kind_words
from interparl.exchange.models import Batch, Row
from interparl.exchange.pages.filtering import Filters
from interparl.exchange.pages.merge_parts import STATE_TONES, state_of_batch, title_of_batch

RECORDS: dict[str, Promise] = {
    "person": pgettext_lazy("kind of object in a file", "person"),
    "organization": pgettext_lazy("kind of object in a file", "organisation"),
    "membership": pgettext_lazy("kind of object in a file", "membership"),
    "area": pgettext_lazy("kind of object in a file", "area"),
    "event": pgettext_lazy("kind of object in a file", "event"),
    "post": pgettext_lazy("kind of object in a file", "post"),
    "body": pgettext_lazy("kind of object in a file", "body"),
    "partner": pgettext_lazy("kind of object in a file", "partner"),
    "country": pgettext_lazy("kind of object in a file", "country"),
    "legislature": pgettext_lazy("kind of object in a file", "legislature"),
    "term": pgettext_lazy("kind of object in a file", "term"),
}
TONES = {"new": "good", "changed": "info", "same": "neutral", "doubtful": "warn", "error": "bad"}
LEVEL_OF = {"e": "error", "d": "doubtful", "n": "note"}
LEVEL_TONES = {"error": "bad", "doubtful": "warn", "note": "neutral"}
LEVEL_WORDS = {
    "error": pgettext_lazy("row of an import", "with an error"),
    "doubtful": pgettext_lazy("row of an import", "doubtful"),
    "note": _("note"),
}
COUNTED = ("new", "changed", "same", "doubtful", "errors")


def record_words(record: str) -> str:
    """A kind of object in a file, in the reader's language."""
    return str(RECORDS.get(record, record))


def batch_address(batch: Batch) -> str:
    """The page of an import."""
    return reverse("exchange:batch-show", args=(batch.pk,))


batch_columns: Columns[Batch] = Columns(
    (
        Column("file", _("File"), lambda batch, reading: title_of_batch(batch, reading), address=batch_address),
        Column("number", _("Number"), lambda batch, reading: batch.pk, kind="number"),
        Column(
            "state",
            pgettext_lazy("import", "State"),
            lambda batch, reading: state_of_batch(batch),
            tone=lambda batch, reading: STATE_TONES[batch.state],
        ),
        Column("rows", _("Rows"), lambda batch, reading: batch.counts.get("rows"), kind="number"),
        Column(
            "new",
            capfirst(pgettext_lazy("row of an import", "new")),
            lambda batch, reading: batch.counts.get("new"),
            kind="number",
        ),
        Column(
            "changed",
            capfirst(pgettext_lazy("row of an import", "changed")),
            lambda batch, reading: batch.counts.get("changed"),
            kind="number",
        ),
        Column("on", _("True on"), lambda batch, reading: batch.on, kind="date"),
        Column("by", _("By"), lambda batch, reading: str(batch.user or batch.actor)),
        Column("at", _("When"), lambda batch, reading: write_moment(batch.applied_at or batch.at, reading.language)),
    ),
    related=("user",),
)


@dataclass(frozen=True)
class ReasonGroup:
    """Reasons of one kind: how many rows have one, and the way to them."""

    level: str
    tone: str
    text: str
    count: int
    url: str
    is_current: bool


STEPS = (_("File"), _("Columns"), _("Check"), _("Apply"))
FILE, COLUMNS, CHECK, APPLY = range(len(STEPS))


def stages(reached: int) -> list[Stage]:
    """The way of an import: file, columns, check, apply; the step that is reached is the one to be made now."""
    states = ["done" if at < reached else "now" if at == reached else "planned" for at in range(len(STEPS))]
    return [Stage(label, state) for label, state in zip(STEPS, states, strict=True)]


def stages_of(batch: Batch, *, is_running: bool) -> list[Stage]:
    """The way of an import from its check on; a file that is no table has no columns to be told."""
    now = APPLY if is_running else CHECK
    found = stages(now if batch.state == Batch.State.PREVIEWED else len(STEPS))
    importer = every_importer().get(batch.kind)
    if importer is None or not importer.fields:
        found[COLUMNS] = Stage(STEPS[COLUMNS], "skipped")
    return [*found, Stage(_("Taken back"), "now")] if batch.state == Batch.State.UNDONE else found


def facts_of_batch(batch: Batch, reading: Reading) -> list[Fact]:
    """What is known of the file."""
    source = address(("core.source", batch.source_id)) if batch.source_id else ""
    facts = [
        Fact(_("Source"), batch.source_key, address=source),
        Fact(_("Previewed"), write_moment(batch.at, reading.language), second=str(batch.user or batch.actor)),
    ]
    if batch.applied_at:
        facts.append(Fact(_("Applied"), write_moment(batch.applied_at, reading.language)))
    if batch.on:
        facts.append(Fact(_("True on"), write_day(batch.on, reading.language)))
    if batch.size:
        facts.append(Fact(_("Bytes"), write_number(batch.size, reading.language)))
        facts.append(Fact(_("SHA-256"), batch.digest[:16]))
    return facts


def counts_table(batch: Batch) -> list[tuple[str, list[tuple[str, int]]]]:
    """How many objects of each kind have which outcome; kinds that the file lacks are left out."""
    by_record = batch.counts.get("by_record", {})
    return [
        (
            capfirst(record_words(record)),
            [(str(label), counts[name]) for label, name in zip(Row.Outcome.labels, COUNTED, strict=True)],
        )
        for record, counts in by_record.items()
        if any(counts.values())
    ]


def filter_tabs(request: HttpRequest, rows: Sequence[Tallied], asked: Filters) -> list[tuple[str, list[Tab]]]:
    """The rows by outcome, by how far they are, and by kind, each with numbers; what would be one tab is left out."""
    found = []
    for title, name, words in (
        (_("Rows by outcome"), "outcome", dict(Row.Outcome.choices)),
        (_("Rows by state"), "state", dict(Row.State.choices)),
        (_("Rows by kind"), "record", None),
    ):
        counted = summed(rows, attrgetter(name))
        order = list(words) if words else list(counted)
        chosen = getattr(asked, name)
        tabs = [Tab(_("All"), same_page(request, page=None, **{name: None}), sum(counted.values()), not chosen)]
        for value in order:
            if value and (counted[value] or value == chosen):
                label = capfirst(str(words[value]) if words else record_words(value))
                url = same_page(request, page=None, **{name: value})
                tabs.append(Tab(label, url, counted[value], value == chosen))
        if len(tabs) > 2:
            found.append((str(title), tabs))
    return found


def reason_groups(request: HttpRequest, rows: Sequence[Tallied], asked: Filters) -> list[ReasonGroup]:
    """What was found, the grave first, with the number of rows and the way to them."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for reason in keys_told(row.told):
            counted[reason] += row.number
    return [
        ReasonGroup(
            level=str(LEVEL_WORDS[LEVEL_OF[letter]]),
            tone=LEVEL_TONES[LEVEL_OF[letter]],
            text=kind_words(key),
            count=number,
            url=same_page(request, told=None if key == asked.told else key, page=None),
            is_current=key == asked.told,
        )
        for (letter, key), number in sorted(
            counted.items(), key=lambda pair: (list(LEVEL_OF).index(pair[0][0]), -pair[1], pair[0][1])
        )
    ]
