"""Tables of meetings."""

from interparl.meetings.models.agenda import AgendaItem, Outcome
from interparl.meetings.models.conference import Statement, Topic
from interparl.meetings.models.events import Event, EventPartner, StageDay
from interparl.meetings.models.kinds import NOT_ON, OFF, SPOKEN_AT, VISITS, Form, Kind, Level, Stage, VisitType
from interparl.meetings.models.occupations import Occupation
from interparl.meetings.models.people import Participation
from interparl.meetings.models.programme import Booking, ItemPerson, ProgrammeItem, Resource, Track
from interparl.meetings.models.series import Series, SeriesDay
from interparl.meetings.models.sittings import ClashSalt, KeptClash, SittingDay
from interparl.meetings.models.texts import TalkText

__all__ = [
    "NOT_ON",
    "OFF",
    "SPOKEN_AT",
    "VISITS",
    "AgendaItem",
    "Booking",
    "ClashSalt",
    "Event",
    "EventPartner",
    "Form",
    "ItemPerson",
    "KeptClash",
    "Kind",
    "Level",
    "Occupation",
    "Outcome",
    "Participation",
    "ProgrammeItem",
    "Resource",
    "Series",
    "SeriesDay",
    "SittingDay",
    "Stage",
    "StageDay",
    "Statement",
    "TalkText",
    "Topic",
    "Track",
    "VisitType",
]
