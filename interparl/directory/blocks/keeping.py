"""How long personal data are kept: who is due by a rule, and what holds or erases a person's."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.core.addresses import address, new_address
from interparl.core.blocks import BLOCK_ROWS, Content, Facts, Rows
from interparl.core.hooks import block_on
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, Link
from interparl.directory.blocks.parts import edit_link, may_add, span_words
from interparl.directory.models import Erasure, Person, RetentionHold, RetentionRule

PERSON = "directory.person"


@block_on(RetentionRule, "due", gettext_lazy("People whose time has come"), order=10)
def people_due(rule: RetentionRule, reading: Reading) -> Content:
    """Whom the rule reaches on the day, with the way to prepare the erasure."""

    def prepare(person: Person, reading: Reading) -> list[Link]:
        if not may_add("directory.erasure", reading, person=person.pk):
            return []
        asked = {"person": str(person.pk), "rule": str(rule.pk), "deed": rule.deed}
        return [Link(_("Prepare the erasure"), new_address("directory.erasure", **asked))]

    columns: Columns[Person] = Columns(
        (
            Column(
                "label",
                pgettext_lazy("of a person", "Name"),
                lambda p, r: r.name(PERSON, p.pk),
                refs=lambda p: [(PERSON, p.pk)],
                address=lambda p: address((PERSON, p.pk)),
            ),
        ),
        moves=prepare,
    )
    due = rule.due(reading.day).filter(Person.may_read(reading.user)).order_by("pk")
    return Rows(Table.of(columns, due, reading, limit=20))


@block_on(Person, "erasures", gettext_lazy("Erasures"), place="side", order=80)
def erasures_of(person: Person, reading: Reading) -> Content | None:
    """The erasures of the person, for who may see them."""
    if not reading.user.has_perm("directory.view_erasure"):
        return None
    found = Erasure.objects.visible_to(reading.user).filter(person=person).order_by("-pk")[:BLOCK_ROWS]
    facts = [
        Fact(one.get_deed_display(), str(one), one.get_state_display(), address(("directory.erasure", one.pk)))
        for one in found
    ]
    add = may_add("directory.erasure", reading, person=person.pk)
    return Facts(facts, more=add) if facts or add else None


@block_on(Person, "holds", gettext_lazy("Holds on erasure"), place="side", order=81)
def holds_of(person: Person, reading: Reading) -> Content | None:
    """What keeps the person's data from being erased on the day, for who may see it."""
    if not reading.user.has_perm("directory.view_retentionhold"):
        return None
    found = RetentionHold.objects.visible_to(reading.user).filter(person=person).on(reading.day).order_by("-pk")
    facts = [
        Fact(span_words(one, reading) or _("without end"), one.grounds, address=edit_link(one))
        for one in found[:BLOCK_ROWS]
    ]
    add = may_add("directory.retentionhold", reading, person=person.pk)
    return Facts(facts, more=add) if facts or add else None
