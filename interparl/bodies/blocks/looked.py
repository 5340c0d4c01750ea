"""What is new on the page of a country and of a body since its reader last looked."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.bodies.models import Body, Decision, Membership, Part, Partner, Step
from interparl.core.blocks import Content
from interparl.core.hooks import block_on
from interparl.core.looks import Around, Scope, Telling
from interparl.core.news import ADDED, ENDED, Saying, Sayings, news_block
from interparl.core.tables import Reading
from interparl.directory.blocks.looked import COUNTRY, OF_A_COUNTRY, SAYINGS_OF_MANDATES, TOLD_OF_MANDATES
from interparl.directory.models import Country

BODY, MEMBERSHIP = Body.record_kind(), Membership.record_kind()
TELLINGS = (
    TOLD_OF_MANDATES,
    Telling(Membership, "person", "body"),
    Telling(Step, "membership__person", "membership__body"),
)

# Its members, parts, seats and partners are its own pages' rows; decisions stand by themselves.
AROUND_A_BODY = Scope(
    BODY,
    (
        Around(Decision.record_kind(), Membership, "decision", "body"),
        Around(Decision.record_kind(), Body, "formed_by", "pk"),
    ),
    TELLINGS,
)
AROUND_A_COUNTRY = Scope(
    COUNTRY,
    (
        *OF_A_COUNTRY,
        Around(BODY, Partner, "body", "country"),
        Around(BODY, Part, "body", "parliament__country"),
    ),
    TELLINGS,
)
SCOPES = (AROUND_A_COUNTRY, AROUND_A_BODY)

SAYINGS: Sayings = {
    **SAYINGS_OF_MANDATES,
    (MEMBERSHIP, ADDED): Saying(
        lambda name: _("%(name)s joined") % {"name": name},
        lambda number: ngettext("%(count)s person joined", "%(count)s people joined", number) % {"count": number},
    ),
    (MEMBERSHIP, ENDED): Saying(
        lambda name: _("%(name)s left") % {"name": name},
        lambda number: ngettext("%(count)s person left", "%(count)s people left", number) % {"count": number},
    ),
}


@block_on(Country, "looked", gettext_lazy("Since you last looked"), place="side", order=5, is_printed=False)
def news_of_country(country: Country, reading: Reading) -> Content | None:
    """What happened to it, its parliaments, people and bodies since the reader last looked."""
    return news_block(AROUND_A_COUNTRY, country, reading, SAYINGS, reverse("bodies:country-looked", args=(country.pk,)))


@block_on(Body, "looked", gettext_lazy("Since you last looked"), place="side", order=5, is_printed=False)
def news_of_body(body: Body, reading: Reading) -> Content | None:
    """What happened to it, its members and its decisions since the reader last looked."""
    return news_block(AROUND_A_BODY, body, reading, SAYINGS, reverse("bodies:body-looked", args=(body.pk,)))
