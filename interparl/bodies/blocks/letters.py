"""Letters that are due, on the pages of those who are to get them and of the body that they are about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.accounts.models import User
from interparl.bodies.models import Body, LetterDue
from interparl.core.addresses import address, list_address
from interparl.core.blocks import BLOCK_ROWS, Content, Rows
from interparl.core.hooks import block_on
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.directory.blocks.parts import may_add
from interparl.directory.models import Country, Organisation, Parliament

KIND = LetterDue.record_kind()
# Days before it is due on which a letter is told of.
SOON = timedelta(days=7)
TITLE = gettext_lazy("Letters due")
TO_ASSEMBLIES = (Body.Kind.DELEGATION, Body.Kind.OCCASIONAL_DELEGATION)


def may_see(reading: Reading) -> bool:
    """Whether the reader opens this register at all."""
    return isinstance(reading.user, User) and reading.user.rights.may("bodies.view_letterdue")


def may_write_to(body: Body, reading: Reading) -> bool:
    """Whether the reader may plan a letter to the assembly to which the body is sent, today."""
    if body.kind not in TO_ASSEMBLIES or not body.organisation_id or reading.is_past or not may_see(reading):
        return False
    return LetterDue(body=body, organisation=body.organisation).may_do("add", reading.user)


def state_tone(letter: LetterDue, reading: Reading) -> str:
    """Red when it is late, yellow when it is due soon, green when it was sent."""
    if letter.state != LetterDue.State.DUE:
        return "good" if letter.state == LetterDue.State.SENT else "neutral"
    return "bad" if letter.due_on < reading.day else "warn" if letter.due_on <= reading.day + SOON else "info"


LETTERS: Columns[LetterDue] = Columns(
    (
        Column(
            "letter",
            gettext_lazy("Letter"),
            lambda d, r: r.name(KIND, d.pk),
            refs=lambda d: [(KIND, d.pk)],
            address=lambda d: address((KIND, d.pk)),
        ),
        Column("due_on", gettext_lazy("Due on"), lambda d, r: d.due_on, kind="date", sort="due_on"),
        Column(
            "state",
            pgettext_lazy("letter", "State"),
            lambda d, r: r.choice(d, "state"),
            kind="choice",
            sort="state",
            tone=state_tone,
        ),
    )
)


def _block(reading: Reading, add: str, asked: dict[str, str], **narrowed: Any) -> Content | None:
    """The letters that wait, the most pressing first, with the way to all of the register."""
    if not may_see(reading):
        return None
    found = LetterDue.objects.visible_to(reading.user).filter(**narrowed).waiting().order_by("due_on", "pk")
    table = Table.of(LETTERS, found, reading, limit=BLOCK_ROWS)
    return Rows(table, more=list_address(KIND, **asked), add=add) if len(table) else None


@block_on(Country, "letters-due", TITLE, order=25)
def letters_to_country(country: Country, reading: Reading) -> Content | None:
    """Letters to the country's parliament."""
    return _block(reading, "", {"country": str(country.pk)}, parliament__country=country)


@block_on(Parliament, "letters-due", TITLE, order=45)
def letters_to_parliament(parliament: Parliament, reading: Reading) -> Content | None:
    """Letters to the parliament."""
    add = may_add(KIND, reading, parliament=parliament.pk)
    return _block(reading, add, {"parliament": str(parliament.pk)}, parliament=parliament)


@block_on(Organisation, "letters-due", TITLE, order=20)
def letters_to_organisation(organisation: Organisation, reading: Reading) -> Content | None:
    """Letters to the organisation."""
    add = may_add(KIND, reading, organisation=organisation.pk)
    return _block(reading, add, {"organisation": str(organisation.pk)}, organisation=organisation)


@block_on(Body, "letters-due", TITLE, order=35)
def letters_about_body(body: Body, reading: Reading) -> Content | None:
    """Letters about the body, whoever they go to."""
    return _block(reading, may_add(KIND, reading, body=body.pk), {"body": str(body.pk)}, body=body)
