"""The pages of meetings."""

from interparl.meetings.pages.agenda import (
    agenda_item_pages,
    outcome_pages,
    statement_pages,
    talk_text_pages,
    topic_pages,
)
from interparl.meetings.pages.agenda_tree import (
    agenda_page,
)
from interparl.meetings.pages.clashes import (
    free_page,
    keep_page,
)
from interparl.meetings.pages.contacts import (
    contacts_page,
)
from interparl.meetings.pages.copying import (
    copy_page,
)
from interparl.meetings.pages.counted import (
    counted_page,
)
from interparl.meetings.pages.event_page import (
    event_page,
)
from interparl.meetings.pages.events import (
    event_pages,
    event_partner_pages,
    series_day_pages,
    series_pages,
    sitting_day_pages,
    stage_day_pages,
)
from interparl.meetings.pages.ordering import (
    order_page,
)
from interparl.meetings.pages.pasting import (
    paste_page,
)
from interparl.meetings.pages.printing import (
    print_page,
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
from interparl.meetings.pages.quick_note import (
    note_page,
)
from interparl.meetings.pages.releasing import (
    release_page,
)
from interparl.meetings.pages.series import (
    next_page,
    occurrences_page,
    series_page,
)
from interparl.meetings.pages.shifting import (
    shift_page,
)
from interparl.meetings.pages.timetable import (
    item_people_page,
)

__all__ = [
    "agenda_item_pages",
    "agenda_page",
    "booking_pages",
    "contacts_page",
    "copy_page",
    "counted_page",
    "event_page",
    "event_pages",
    "event_partner_pages",
    "free_page",
    "item_people_page",
    "item_person_pages",
    "keep_page",
    "kept_clash_pages",
    "next_page",
    "note_page",
    "occurrences_page",
    "order_page",
    "outcome_pages",
    "participation_pages",
    "paste_page",
    "print_page",
    "programme_item_pages",
    "release_page",
    "resource_pages",
    "series_day_pages",
    "series_page",
    "series_pages",
    "shift_page",
    "sitting_day_pages",
    "stage_day_pages",
    "statement_pages",
    "talk_text_pages",
    "topic_pages",
    "track_pages",
]
