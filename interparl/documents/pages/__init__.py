"""Pages of documents, of editions, of classes of keeping and of holds."""

from __future__ import annotations

from typing import Any

from babel import Locale, UnknownLocaleError
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.columns import NOTE, name_column, source_fact, whole_column
from interparl.core.page_parts import heading_actions
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Action
from interparl.documents import filters, forms
from interparl.documents.models import Document, KeepingHold, KeepingRule
from interparl.documents.pages.editions import edition_file_page, edition_pages

__all__ = ["document_pages", "edition_file_page", "edition_pages", "keeping_hold_pages", "keeping_rule_pages"]
DOCUMENT, RULE = "documents.document", "documents.keepingrule"


def language_words(document: Document, reading: Reading) -> str:
    """The language of the text by its name in the reader's, or its code."""
    code = document.text_language
    if not code:
        return ""
    try:
        name = Locale.parse(code, sep="-").get_display_name(reading.language)
    except (ValueError, UnknownLocaleError):
        name = None
    return capfirst(name or code)


ATTACHED = whole_column("attached", gettext_lazy("Attached to"))
KIND: Column[Any] = Column(
    "document_kind",
    gettext_lazy("Kind"),
    lambda row, r: r.choice(row, "document_kind"),
    kind="choice",
    sort="document_kind",
)


def document_context(document: Document, reading: Reading) -> dict[str, Any]:
    """The steps of a record, and the way to another record for who may change the document."""
    user = reading.user
    if reading.is_past or not isinstance(user, User) or not document.may_change(user):
        return {}
    found = heading_actions(document, (), reading, may_change=True, may_lower=user.has_perm("core.lower_mark"))
    move = Action(_("Move to another record…"), reverse("documents:document-attach", args=(document.pk,)))
    return {**found, "more": [*found["more"], move]}


document_pages = RecordPages(
    model=Document,
    context=document_context,
    form=forms.DocumentForm,
    filters=filters.DocumentFilters,
    related=("source",),
    columns=Columns(
        (
            name_column(DOCUMENT, gettext_lazy("Title")),
            KIND,
            Column("number", gettext_lazy("Number"), lambda d, r: d.number, sort="number"),
            Column("dated_on", gettext_lazy("Date"), lambda d, r: d.dated_on, kind="partial", sort="dated_earliest"),
            ATTACHED,
        )
    ),
    facts=(
        KIND,
        Column("number", gettext_lazy("Number"), lambda d, r: d.number),
        Column("dated_on", gettext_lazy("Date on it"), lambda d, r: d.dated_on, kind="partial"),
        Column("text_language", gettext_lazy("Language of the text"), language_words),
        ATTACHED,
        NOTE,
        source_fact(),
    ),
)

keeping_rule_pages = RecordPages(
    model=KeepingRule,
    form=forms.KeepingRuleForm,
    related=("source",),
    columns=Columns(
        (
            name_column(RULE, gettext_lazy("Name")),
            KIND,
            Column("years", gettext_lazy("Years"), lambda k, r: k.years, kind="number", sort="years"),
        )
    ),
    facts=(
        KIND,
        Column("years", gettext_lazy("Years"), lambda k, r: k.years, kind="number"),
        Column("basis", gettext_lazy("Legal basis"), lambda k, r: k.basis),
        NOTE,
        source_fact(),
    ),
)

keeping_hold_pages = RecordPages(
    model=KeepingHold,
    form=forms.KeepingHoldForm,
    filters=filters.KeepingHoldFilters,
    columns=Columns(
        (
            Column(
                "document",
                gettext_lazy("Document"),
                lambda h, r: r.name(DOCUMENT, h.document_id),
                refs=lambda h: [(DOCUMENT, h.document_id)],
                address=lambda h: address((DOCUMENT, h.document_id)),
            ),
            Column("grounds", pgettext_lazy("of a hold", "Reason"), lambda h, r: h.grounds, sort="grounds"),
            Column("since", gettext_lazy("From"), lambda h, r: h.since, kind="partial", sort="since_earliest"),
            Column("until", gettext_lazy("To"), lambda h, r: h.until, kind="partial", sort="until_latest"),
        )
    ),
)
