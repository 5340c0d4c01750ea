"""The pages of meetings."""

from interparl.meetings.pages.agenda import (
    agenda_item_pages,
    outcome_pages,
    statement_pages,
    talk_text_pages,
    topic_pages,
)
from interparl.meetings.pages.clashes import free_page, keep_page
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

__all__ = [
    "agenda_item_pages",
    "booking_pages",
    "event_pages",
    "event_partner_pages",
    "free_page",
    "item_person_pages",
    "keep_page",
    "kept_clash_pages",
    "outcome_pages",
    "participation_pages",
    "programme_item_pages",
    "resource_pages",
    "series_day_pages",
    "series_pages",
    "sitting_day_pages",
    "stage_day_pages",
    "statement_pages",
    "talk_text_pages",
    "topic_pages",
    "track_pages",
]
