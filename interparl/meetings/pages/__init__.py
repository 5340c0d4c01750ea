"""The pages of meetings."""

from interparl.meetings.pages.agenda import (
    agenda_item_pages,
    outcome_pages,
    statement_pages,
    talk_text_pages,
    topic_pages,
)
from interparl.meetings.pages.event_page import event_page
from interparl.meetings.pages.events import (
    event_pages,
    event_partner_pages,
    series_day_pages,
    series_pages,
    sitting_day_pages,
    stage_day_pages,
)
from interparl.meetings.pages.programme import (
    booking_pages,
    item_person_pages,
    kept_clash_pages,
    participation_pages,
    programme_item_pages,
    resource_pages,
    track_pages,
)
from interparl.meetings.pages.shifting import shift_page

__all__ = [
    "agenda_item_pages",
    "booking_pages",
    "event_page",
    "event_pages",
    "event_partner_pages",
    "item_person_pages",
    "kept_clash_pages",
    "outcome_pages",
    "participation_pages",
    "programme_item_pages",
    "resource_pages",
    "series_day_pages",
    "series_pages",
    "shift_page",
    "sitting_day_pages",
    "stage_day_pages",
    "statement_pages",
    "talk_text_pages",
    "topic_pages",
    "track_pages",
]
