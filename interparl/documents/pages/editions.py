"""Pages of editions: the list as it went out, what changed since the one before, its files."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.core.addresses import address
from interparl.core.columns import whole_column
from interparl.core.exports import FORMATS, download
from interparl.core.kinds import Ref
from interparl.core.pages import RecordPages
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.documents import filters
from interparl.documents.blocks.editions import edition_sheet, shown_edition
from interparl.documents.models import Edition
from interparl.documents.rules.editions import refs_of
from interparl.documents.workflow import edition_workflow

EDITION = Edition.record_kind()
TONES = {
    Edition.Standing.RELEASED: "good",
    Edition.Standing.WITHDRAWN: "bad",
    Edition.Standing.REPLACED: "warn",
    Edition.Standing.ERROR: "bad",
}
# The same words as of a state of a record.
STATES = {Edition.Standing.REPLACED: "ended"}

OF = whole_column("of", gettext_lazy("Of"))
WHAT: Column[Edition] = Column(
    "what", gettext_lazy("Frozen"), lambda e, r: r.choice(e, "what"), kind="choice", sort="what"
)
RELEASED_ON: Column[Edition] = Column(
    "released_on", gettext_lazy("Released on"), lambda e, r: e.released_on, kind="date", sort="released_on"
)
AS_OF: Column[Edition] = Column("as_of", gettext_lazy("List as of"), lambda e, r: e.as_of, kind="date", sort="as_of")
STATE: Column[Edition] = Column(
    "standing",
    pgettext_lazy("edition", "State"),
    lambda e, r: r.choice(e, "standing"),
    kind="choice",
    sort="standing",
    tone=lambda e, r: TONES[Edition.Standing(e.standing)],
)
SENT_TO: Column[Edition] = Column("sent_to", gettext_lazy("Sent to"), lambda e, r: e.sent_to)


def neighbours(edition: Edition, reading: Reading) -> tuple[Edition | None, Edition | None]:
    """The edition before and the one after it, of those that the reader may know of."""
    known = Edition.objects.visible_to(reading.user).about(edition.kind, edition.object_id).filter(what=edition.what)
    before = known.filter(number__lt=edition.number).order_by("-number").first()
    after = known.filter(number__gt=edition.number).order_by("number").defer("content").first()
    return before, after


def edition_context(edition: Edition, reading: Reading) -> dict[str, Any]:
    """The frozen list with what changed, the way to its neighbours and its files, and whether it is what it was."""
    before, after = neighbours(edition, reading)
    refs = {*refs_of(edition.content), *(refs_of(before.content) if before else ())}
    reading.want(refs)
    files = reverse("documents:edition-file", args=(edition.pk,))
    return {
        "shown": shown_edition(edition, before, reading, lambda ref: _link(ref, reading)),
        "standing_tone": STATES.get(Edition.Standing(edition.standing), TONES[Edition.Standing(edition.standing)]),
        "files": [Link(form.upper(), f"{files}?format={form}") for form in FORMATS],
        "previous": _step(before),
        "next": _step(after),
        "last_words": _last_words(edition),
    }


def _link(ref: Ref, reading: Reading) -> str:
    """The page of a record that the reader may know of."""
    return address(ref) if ref in reading.labels else ""


def _step(edition: Edition | None) -> Link | None:
    return (
        Link(_("Edition %(number)s") % {"number": edition.number}, address((EDITION, edition.pk))) if edition else None
    )


def _last_words(edition: Edition) -> list[tuple[str, str]]:
    """What is to be said of the edition before it is read, each with its tone."""
    found = []
    if edition.standing == Edition.Standing.WITHDRAWN:
        found.append((_("This edition was withdrawn. It no longer counts."), "bad"))
    elif edition.standing == Edition.Standing.ERROR:
        found.append((_("This edition was published in error. It never counted."), "bad"))
    elif edition.standing == Edition.Standing.REPLACED:
        found.append((_("This edition was replaced."), "warn"))
    if edition.names_erased:
        words = _("Names were erased from this list. The digest is still that of the list as it was released.")
        found.append((words, "warn"))
    elif not edition.is_whole:
        found.append((_("This list was altered in its place: the digest does not agree."), "bad"))
    return found


edition_pages = RecordPages(
    model=Edition,
    form=None,
    filters=filters.EditionFilters,
    workflow=edition_workflow,
    context=edition_context,
    columns=Columns(
        (
            OF,
            WHAT,
            Column(
                "number",
                gettext_lazy("Edition"),
                lambda e, r: e.number,
                kind="number",
                sort="number",
                address=lambda e: address((EDITION, e.pk)),
            ),
            RELEASED_ON,
            AS_OF,
            SENT_TO,
            STATE,
        )
    ),
    facts=(
        OF,
        WHAT,
        RELEASED_ON,
        AS_OF,
        SENT_TO,
        Column("reason", gettext_lazy("Decision or reason"), lambda e, r: e.reason),
        STATE,
        Column("settled_on", gettext_lazy("No longer stands since"), lambda e, r: e.settled_on, kind="date"),
        Column("published_on", gettext_lazy("Published on"), lambda e, r: e.published_on, kind="date"),
        Column("digest", gettext_lazy("SHA-256"), lambda e, r: e.digest),
    ),
)


def edition_file_page(request: StaffRequest, key: int) -> HttpResponse:
    """The frozen rows as a file."""
    require(request.user, edition_pages.permission("view"))
    edition = edition_pages.get(request, key)
    reading = reading_of(request)
    form = request.GET.get("format", "csv")
    before, _after = neighbours(edition, reading)
    sheet = edition_sheet(edition, before, reading, f"edition-{edition.pk}-{edition.number}")
    return download(sheet, form if form in FORMATS else "csv")
