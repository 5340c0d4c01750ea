"""Addresses of meetings."""

from django.urls import path

from interparl.core.requests import staff
from interparl.meetings import pages
from interparl.meetings.pages import calendar

app_name = "meetings"
urlpatterns = [
    path("calendar/", staff(calendar.month_page), name="calendar-month"),
    path("calendar/week/", staff(calendar.week_page), name="calendar-week"),
    path("calendar/day/", staff(calendar.day_page), name="calendar-day"),
    path("calendar/year/", staff(calendar.year_page), name="calendar-year"),
    path("calendar/list/", staff(calendar.list_page), name="calendar-list"),
    path("calendar/board/", staff(calendar.board_page), name="calendar-board"),
    path("calendar/monday/", staff(calendar.monday_page), name="calendar-monday"),
    *pages.event_pages.urls("events/", show=pages.event_page),
    path("events/<int:key>/shift/", staff(pages.shift_page), name="event-shift"),
    path("events/<int:key>/release/", staff(pages.release_page), name="event-release"),
    path("events/<int:key>/print/", staff(pages.print_page), name="event-print"),
    path("programme-items/<int:key>/people/", staff(pages.item_people_page), name="programmeitem-people"),
    path("events/note/", staff(pages.note_page), name="note"),
    path("events/<int:key>/agenda/", staff(pages.agenda_page), name="event-agenda"),
    path("events/<int:key>/copy/", staff(pages.copy_page), name="event-copy"),
    path("series/<int:key>/next/", staff(pages.next_page), name="series-next"),
    path("series/<int:key>/occurrences/", staff(pages.occurrences_page), name="series-occurrences"),
    path("events/<int:key>/order/", staff(pages.order_page), name="event-order"),
    path("events/<int:key>/people/paste/", staff(pages.paste_page), name="event-paste"),
    path("counted/<slug:of>/<int:key>/<slug:what>/", staff(pages.counted_page), name="counted"),
    path("who-met-whom/", staff(pages.contacts_page), name="contacts"),
    path("events/<int:key>/keep/", staff(pages.keep_page), name="event-keep"),
    path("bookings/<int:key>/free/", staff(pages.free_page), name="booking-free"),
    *pages.event_partner_pages.urls("event-partners/"),
    *pages.stage_day_pages.urls("stage-days/"),
    *pages.series_pages.urls("series/", show=pages.series_page),
    *pages.series_day_pages.urls("series-days/"),
    *pages.sitting_day_pages.urls("sitting-days/"),
    *pages.participation_pages.urls("participations/"),
    *pages.track_pages.urls("tracks/"),
    *pages.programme_item_pages.urls("programme-items/"),
    *pages.item_person_pages.urls("item-people/"),
    *pages.resource_pages.urls("resources/"),
    *pages.booking_pages.urls("bookings/"),
    *pages.kept_clash_pages.urls("kept-clashes/"),
    *pages.agenda_item_pages.urls("agenda-items/"),
    *pages.outcome_pages.urls("outcomes/"),
    *pages.topic_pages.urls("topics/"),
    *pages.statement_pages.urls("statements/"),
    *pages.talk_text_pages.urls("talk-texts/"),
]
