"""What counts as news of a country as far as the directory goes, and the sentences for it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.core.looks import Around, Telling
from interparl.core.news import ADDED, ENDED, Saying, Sayings
from interparl.directory.models import Chamber, Convocation, Country, Mandate, Parliament, Person, Relation, Status

COUNTRY, PERSON, MANDATE = Country.record_kind(), Person.record_kind(), Mandate.record_kind()

# Its parliaments and what hangs on them, its people, its members of parliament whatever their country is.
OF_A_COUNTRY = (
    Around(Parliament.record_kind(), Parliament, "pk", "country"),
    Around(Chamber.record_kind(), Chamber, "pk", "parliament__country"),
    Around(Convocation.record_kind(), Convocation, "pk", "parliament__country"),
    Around(Status.record_kind(), Status, "pk", "parliament__country"),
    Around(Relation.record_kind(), Relation, "pk", "parliament__country"),
    Around(PERSON, Person, "pk", "country"),
    Around(PERSON, Mandate, "person", "chamber__parliament__country"),
)

TOLD_OF_MANDATES = Telling(Mandate, "person", "chamber")

SAYINGS_OF_MANDATES: Sayings = {
    (MANDATE, ADDED): Saying(
        lambda name: _("%(name)s has a mandate") % {"name": name},
        lambda number: (
            ngettext("%(count)s person has a mandate", "%(count)s people have mandates", number) % {"count": number}
        ),
    ),
    (MANDATE, ENDED): Saying(
        lambda name: _("The mandate of %(name)s ended") % {"name": name},
        lambda number: ngettext("%(count)s mandate ended", "%(count)s mandates ended", number) % {"count": number},
    ),
}
