"""What an event is, how high it stands, how far it came: the words of the desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What takes place (design 3)."""

    INCOMING = "incoming-visit", _("incoming visit")
    OUTGOING = "outgoing-visit", _("outgoing visit")
    TALKS = "talks", _("talks")
    SESSION = "session", pgettext_lazy("event", "session")
    SITTING = "sitting", pgettext_lazy("event", "sitting")
    CONFERENCE = "conference", _("speakers’ conference")
    OBSERVATION = "observation", _("observation mission")
    OTHER = "other", pgettext_lazy("event", "other event")


VISITS = (Kind.INCOMING, Kind.OUTGOING)
# In events of these kinds somebody speaks for us as a rule.
SPOKEN_AT = (Kind.SESSION, Kind.CONFERENCE)


class VisitType(models.TextChoices):
    """What sort of visit (domain 2a)."""

    OFFICIAL = "official", pgettext_lazy("visit", "official")
    WORKING = "working", pgettext_lazy("visit", "working")
    TRANSIT = "transit", pgettext_lazy("visit", "transit")
    STUDY = "study", pgettext_lazy("visit", "study")
    PRIVATE = "private", pgettext_lazy("visit", "private")
    TECHNICAL = "technical", pgettext_lazy("visit", "technical")
    ONLINE = "online", pgettext_lazy("visit", "online")


class Form(models.TextChoices):
    """In what form people speak with each other (domain 2c)."""

    COURTESY = "courtesy", _("courtesy call")
    NARROW = "narrow", _("talks in narrow format")
    EXTENDED = "extended", _("talks in extended format")
    MARGINS = "margins", _("in the margins of another event")
    CALL = "call", _("telephone call")
    VIDEO = "video", _("video call")
    EXPERTS = "experts", _("consultations of experts")


class Level(models.TextChoices):
    """How high the one stands who leads (domain 2a)."""

    SPEAKER = "speaker", pgettext_lazy("level", "speaker")
    DEPUTY = "deputy-speaker", pgettext_lazy("level", "deputy speaker")
    COMMITTEE = "committee-chair", pgettext_lazy("level", "chair of a committee")
    GROUP = "group-head", pgettext_lazy("level", "head of a group or delegation")
    MEMBER = "member", pgettext_lazy("level", "members")
    STAFF = "staff", pgettext_lazy("level", "staff")


class Stage(models.TextChoices):
    """How far an event came; which of them a kind of event has, `workflow` says (domain 2)."""

    IDEA = "idea", pgettext_lazy("event", "idea")
    PROPOSED = "proposed", pgettext_lazy("event", "proposed")
    PLANNED = "planned", pgettext_lazy("event", "in the plan")
    APPROVED = "invitation-approved", pgettext_lazy("event", "invitation approved")
    INVITED = "invited", pgettext_lazy("event", "invitation sent")
    ACCEPTED = "accepted", pgettext_lazy("event", "accepted")
    DECLINED = "declined", pgettext_lazy("event", "declined")
    DRAFTING = "drafting", pgettext_lazy("event", "programme being drafted")
    CLEARANCE = "clearance", pgettext_lazy("event", "in clearance")
    CLEARED = "cleared", pgettext_lazy("event", "programme approved")
    READY = "ready", pgettext_lazy("event", "logistics confirmed")
    UNDER_WAY = "under-way", pgettext_lazy("event", "under way")
    HELD = "held", pgettext_lazy("event", "held")
    REPORTED = "reported", pgettext_lazy("event", "reported")
    FOLLOW_UP = "follow-up", pgettext_lazy("event", "follow-up open")
    CLOSED = "closed", pgettext_lazy("event", "closed")
    REQUESTED = "requested", pgettext_lazy("event", "requested")
    CHECKED = "checked", pgettext_lazy("event", "eligibility checked")
    CONSENTED = "consented", pgettext_lazy("event", "consents given")
    POSITION = "position", pgettext_lazy("event", "position asked for")
    REFUSED = "refused", pgettext_lazy("event", "refused")
    ASSIGNED = "assigned", pgettext_lazy("event", "assignment issued")
    BRIEFED = "briefed", pgettext_lazy("event", "brief ready")
    BOOKED = "booked", pgettext_lazy("event", "travel booked")
    CONFIRMED = "confirmed", pgettext_lazy("event", "confirmed")
    NOTED = "noted", pgettext_lazy("event", "note drafted")
    AGREED = "agreed", pgettext_lazy("event", "note agreed")
    DISTRIBUTED = "distributed", pgettext_lazy("event", "distributed")
    ANNOUNCED = "announced", pgettext_lazy("event", "announced")
    CONVENED = "convened", pgettext_lazy("event", "convened")
    COMPOSED = "composed", pgettext_lazy("event", "delegation composed")
    REGISTERED = "registered", pgettext_lazy("event", "registered")
    RECEIVED = "received", pgettext_lazy("event", "documents received")
    POSITIONS = "positions", pgettext_lazy("event", "positions cleared")
    IN_SESSION = "in-session", pgettext_lazy("event", "in session")
    RECORDED = "recorded", pgettext_lazy("event", "results recorded")
    DATED = "dated", pgettext_lazy("event", "date agreed")
    AGENDA = "agenda", pgettext_lazy("event", "agenda exchanged")
    PAPERS = "papers", pgettext_lazy("event", "papers ready")
    PREPARED = "prepared", pgettext_lazy("event", "our part prepared")
    DRAFT = "draft-protocol", pgettext_lazy("event", "draft protocol exchanged")
    SIGNED = "signed", pgettext_lazy("event", "protocol signed")
    CONTROL = "control", pgettext_lazy("event", "decisions under control")
    LEVEL = "level-chosen", pgettext_lazy("event", "level chosen")
    THEMES = "themes", pgettext_lazy("event", "themes and slots settled")
    COMMENTED = "commented", pgettext_lazy("event", "draft declaration commented")
    ADOPTED = "adopted", pgettext_lazy("event", "declaration adopted")
    NOMINATED = "nominated", pgettext_lazy("event", "observers nominated")
    ACCREDITED = "accredited", pgettext_lazy("event", "accredited")
    DEPLOYED = "deployed", pgettext_lazy("event", "deployed")
    STATED = "stated", pgettext_lazy("event", "statement made")
    POSTPONED = "postponed", pgettext_lazy("event", "postponed")
    CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")


# Stages of what will not take place; it takes nobody’s time and is in no count of contacts.
OFF = (Stage.CANCELLED, Stage.DECLINED, Stage.REFUSED)
NOT_ON = (*OFF, Stage.POSTPONED)
