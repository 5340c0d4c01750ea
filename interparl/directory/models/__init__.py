"""The directory: who the parliament knows."""

from interparl.directory.models.contacts import ContactPoint, Portfolio
from interparl.directory.models.erasures import Deed, Erasure, RetentionHold, RetentionRule
from interparl.directory.models.organisations import Organisation, Rank, Relation, Status
from interparl.directory.models.parliaments import Chamber, ChamberTerm, Convocation, Country, Election, Parliament
from interparl.directory.models.people import Affiliation, Constituency, Faction, Mandate, Office, Person, PersonName
from interparl.directory.models.sensitivities import Sensitivity

__all__ = [
    "Affiliation",
    "Chamber",
    "ChamberTerm",
    "Constituency",
    "ContactPoint",
    "Convocation",
    "Country",
    "Deed",
    "Election",
    "Erasure",
    "Faction",
    "Mandate",
    "Office",
    "Organisation",
    "Parliament",
    "Person",
    "PersonName",
    "Portfolio",
    "Rank",
    "Relation",
    "RetentionHold",
    "RetentionRule",
    "Sensitivity",
    "Status",
]
