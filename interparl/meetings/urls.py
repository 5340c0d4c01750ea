"""Addresses of meetings."""

from django.urls import path

from interparl.core.requests import staff
from interparl.meetings import pages

app_name = "meetings"
urlpatterns = [
    path("events/<int:key>/keep/", staff(pages.keep_page), name="event-keep"),
    path("bookings/<int:key>/free/", staff(pages.free_page), name="booking-free"),
    *pages.event_pages.urls("events/"),
    *pages.event_partner_pages.urls("event-partners/"),
    *pages.stage_day_pages.urls("stage-days/"),
    *pages.series_pages.urls("series/"),
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
