"""Documents on every record's page, the versions on a document's own, and what is due by a class of keeping."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.accounts.roles import INTERNAL, POINTER
from interparl.core.addresses import address, list_address, new_address
from interparl.core.blocks import BLOCK_ROWS, Content, Facts, Rows
from interparl.core.formats import write_moment, write_span
from interparl.core.history import VERBS
from interparl.core.hooks import block_on
from interparl.core.kinds import every_record
from interparl.core.marks import rank
from interparl.core.models import Entry
from interparl.core.records import Record
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, Link
from interparl.core.translated import shown
from interparl.documents.actions.moving import MOVED
from interparl.documents.actions.removing import REMOVED
from interparl.documents.models import Content as Kept
from interparl.documents.models import Document, KeepingHold, KeepingRule, Version
from interparl.documents.rules import REASONS, name_to_save

DOCUMENT, VERSION = "documents.document", "documents.version"
VIEW = "documents.view_document"
MOST_VERSIONS = 50
VERBS |= {REMOVED: gettext_lazy("content removed"), MOVED: gettext_lazy("moved to another record")}

ATTACHED: Columns[Document] = Columns(
    (
        Column(
            "title",
            gettext_lazy("Title"),
            lambda d, r: shown(d.title, r.language).text,
            spoken=lambda d, r: shown(d.title, r.language).language,
            address=lambda d: address((DOCUMENT, d.pk)),
            second=lambda d, r: d.number,
        ),
        Column("document_kind", gettext_lazy("Kind"), lambda d, r: r.choice(d, "document_kind"), kind="choice"),
        Column("dated_on", gettext_lazy("Date"), lambda d, r: d.dated_on, kind="partial"),
    )
)


def documents_of(record: Record, reading: Reading) -> Content | None:
    """The newest documents attached to the record, the way to all, and to a form for a new one."""
    user = reading.user
    if not isinstance(user, User) or not user.rights.may(VIEW):
        return None
    kind, key = record.record_kind(), record.pk
    found = Document.objects.visible_to(user).about(kind, key).order_by("-dated_earliest", "-pk")
    table = Table.of(ATTACHED, found, reading, limit=BLOCK_ROWS)
    draft = Document(kind=kind, object_id=key)
    # Above official use no content is kept here.
    may_add = not reading.is_past and record.effective_mark != POINTER and draft.may_do("add", user)
    add = (
        new_address(DOCUMENT, kind=kind, object_id=str(key), mark=max(INTERNAL, record.effective_mark, key=rank))
        if may_add
        else ""
    )
    more = list_address(DOCUMENT, of=f"{kind}-{key}")
    return Rows(table, more=more, add=add) if table.rows or add else None


for _model in every_record():
    if _model._meta.app_label != "documents":
        block_on(
            _model, "documents", gettext_lazy("Documents"), order=85, gap=gettext_lazy("No document is attached.")
        )(documents_of)


@block_on(Document, "versions", gettext_lazy("Versions"), order=10)
def versions_of(document: Document, reading: Reading) -> Content | None:
    """Every version, the newest first: who handed it in and when, how large it is, its digest, whether it was read."""
    found = list(Version.objects.visible_to(reading.user).filter(document=document).order_by("-number")[:MOST_VERSIONS])
    may_add = not reading.is_past and document.may_change(reading.user)
    add = reverse("documents:document-version", args=(document.pk,)) if may_add else ""
    table = Table.of(_version_columns(found, reading), found, reading)
    return Rows(table, add=add) if found or add else None


def _version_columns(found: list[Version], reading: Reading) -> Columns[Version]:
    entries = Entry.objects.filter(kind=VERSION, object_id__in=[one.pk for one in found]).select_related("user")
    taken_in = {entry.object_id: entry for entry in entries.order_by("-pk")}
    digests = {one.digest for one in found if one.is_held}
    contents = {one.digest: one for one in Kept.objects.filter(digest__in=digests).defer("text")} if digests else {}
    return Columns(
        (
            Column("name", gettext_lazy("File"), lambda v, r: v.name, address=file_address, second=_second),
            Column("number", gettext_lazy("Version"), lambda v, r: v.number, kind="number"),
            Column("at", gettext_lazy("Handed in"), lambda v, r: _moment(taken_in.get(v.pk), r)),
            Column("by", gettext_lazy("By"), lambda v, r: _actor(taken_in.get(v.pk))),
            Column("digest", gettext_lazy("SHA-256"), lambda v, r: f"{v.digest[:16]}…"),
            Column("text", gettext_lazy("Text"), lambda v, r: text_state(contents.get(v.digest))),
        ),
        row_class=lambda v, r: "row-file",
        moves=_version_moves,
    )


def file_address(version: Version) -> str:
    """Where the content is given out; "" when it was removed."""
    return reverse("documents:file", args=(version.pk,)) if version.is_held else ""


def _second(version: Version, reading: Reading) -> str:
    if not version.is_held:
        return _("The content was removed.")
    ending = name_to_save(version.name, version.media).rpartition(".")[2].upper()
    return f"{ending}, {filesizeformat(version.size)}"


def _moment(entry: Entry | None, reading: Reading) -> str:
    return write_moment(entry.at, reading.language) if entry else ""


def _actor(entry: Entry | None) -> str:
    return (str(entry.user) if entry.user else entry.actor) if entry else ""


def text_state(content: Kept | None) -> str:
    """Whether the text was read for the search, and why not."""
    if content is None:
        return ""
    words = [str(content.get_state_display()), str(REASONS[content.reason]) if content.reason in REASONS else ""]
    return ": ".join(filter(None, [*words, _("its beginning only") if content.is_cut else ""]))


def _version_moves(version: Version, reading: Reading) -> list[Link]:
    user = reading.user
    if reading.is_past or not version.is_held or not may_remove(version, user):
        return []
    return [Link(_("Remove the content…"), reverse("documents:file-remove", args=(version.pk,)))]


def may_remove(version: Version, user: Any) -> bool:
    """Whether the user may remove the content of the version."""
    return isinstance(user, User) and user.rights.may("documents.delete_version")


@block_on(KeepingRule, "due", gettext_lazy("Documents whose time is over"), order=10)
def documents_due(rule: KeepingRule, reading: Reading) -> Content:
    """The documents that the class reaches on the day; each is looked at before its content is removed."""
    due = rule.due(reading.day).filter(Document.may_read(reading.user)).order_by("dated_earliest", "pk")
    return Rows(Table.of(ATTACHED, due, reading, limit=20))


@block_on(Document, "holds", gettext_lazy("Holds on removal"), place="side", order=80)
def holds_of(document: Document, reading: Reading) -> Content | None:
    """What keeps the content from being removed on the day, for who may see it."""
    user = reading.user
    if not isinstance(user, User) or not user.rights.may("documents.view_keepinghold"):
        return None
    found = KeepingHold.objects.visible_to(user).filter(document=document).on(reading.day).order_by("-pk")
    facts = [
        Fact(
            write_span(one.since, one.until, reading.language) or _("without end"),
            one.grounds,
            address=address(("documents.keepinghold", one.pk), "edit"),
        )
        for one in found[:BLOCK_ROWS]
    ]
    may_add = not reading.is_past and user.rights.may("documents.add_keepinghold")
    add = new_address("documents.keepinghold", document=str(document.pk)) if may_add else ""
    return Facts(facts, more=add) if facts or add else None
