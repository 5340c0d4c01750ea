"""How people, organisations and chambers are reached."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.blocks import Content, Facts
from interparl.core.hooks import block_on
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Fact
from interparl.core.translated import text_in
from interparl.directory.blocks.parts import edit_link, may_add
from interparl.directory.models import (
    Chamber,
    ContactPoint,
    Organisation,
    Person,
)


def _contacts(reading: Reading, **of: object) -> Content | None:
    found = ContactPoint.objects.visible_to(reading.user).filter(**of).on(reading.day).order_by("kind", "pk")
    facts = [_fact(one, reading) for one in found]
    add = may_add(
        "directory.contactpoint", reading, **{name: getattr(value, "pk", value) for name, value in of.items()}
    )
    return Facts(facts, more=add) if facts or add else None


def _fact(one: ContactPoint, reading: Reading) -> Fact:
    """A contact, which leads to its form; a picture leads to where it lies and is never fetched by the page."""
    label, note, change = one.get_kind_display(), text_in(one.note, reading.language), edit_link(one)
    if not one.is_picture:
        return Fact(label, one.value, second=note, address=change)
    leads = format_html('<a href="{}" rel="noopener noreferrer">{}</a>', one.value, one.value)
    steps = format_html('<a href="{}">{}</a>', change, _("Change"))
    return Fact(label, leads, second=format_html("{} · {}", note, steps) if note else steps)


@block_on(Person, "contacts", gettext_lazy("Contacts"), place="side", order=10)
def contacts_of_person(person: Person, reading: Reading) -> Content | None:
    """How the person is reached on the day."""
    return _contacts(reading, person=person)


@block_on(
    Organisation, "contacts", gettext_lazy("Contacts"), place="side", order=10, gap=gettext_lazy("No contact is known.")
)
def contacts_of_organisation(organisation: Organisation, reading: Reading) -> Content | None:
    """How the organisation is reached on the day."""
    return _contacts(reading, organisation=organisation)


@block_on(Chamber, "contacts", gettext_lazy("Contacts"), place="side", order=10)
def contacts_of_chamber(chamber: Chamber, reading: Reading) -> Content | None:
    """How the chamber is reached on the day."""
    return _contacts(reading, chamber=chamber)
