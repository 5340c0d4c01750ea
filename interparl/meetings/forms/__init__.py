"""What may be typed into the registers of meetings."""

from interparl.meetings.forms.agenda import AgendaItemForm, OutcomeForm, StatementForm, TalkTextForm, TopicForm
from interparl.meetings.forms.events import (
    EventForm,
    EventPartnerForm,
    SeriesDayForm,
    SeriesForm,
    SittingDayForm,
    StageDayForm,
)
from interparl.meetings.forms.programme import (
    BookingForm,
    ItemPersonForm,
    ParticipationForm,
    ProgrammeItemForm,
    ResourceForm,
    TrackForm,
)

__all__ = [
    "AgendaItemForm",
    "BookingForm",
    "EventForm",
    "EventPartnerForm",
    "ItemPersonForm",
    "OutcomeForm",
    "ParticipationForm",
    "ProgrammeItemForm",
    "ResourceForm",
    "SeriesDayForm",
    "SeriesForm",
    "SittingDayForm",
    "StageDayForm",
    "StatementForm",
    "TalkTextForm",
    "TopicForm",
    "TrackForm",
]
