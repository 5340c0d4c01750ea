"""Addresses of the portal: the desk's pages about it, and the public pages, before which the language stands."""

from django.urls import path

from interparl.core.requests import staff
from interparl.portal import api
from interparl.portal.pages import desk, editions, events, lists, overview

app_name = "portal"
urlpatterns = [
    path("public-numbers/", staff(desk.figures_page), name="figures"),
    *desk.section_pages.urls("sections/"),
    *desk.reported_figure_pages.urls("reported-figures/"),
]
public_patterns = [
    path("", overview.overview, name="overview"),
    path("how-we-count/", overview.how_page, name="how"),
    path("data/", overview.data_page, name="data"),
    path("data/openapi.json", api.description_page, name="openapi"),
    path("lists/<slug:key>/", lists.dataset_page, name="dataset"),
    path("bodies/<slug:code>/", lists.body_page, name="body"),
    path("bodies/<slug:code>/editions/<int:number>/", editions.edition_page, name="edition"),
    path("countries/<slug:code>/", lists.country_page, name="country"),
    path("events/<int:key>/", events.event_page, name="event"),
    path("organisations/<slug:code>/", lists.organisation_page, name="organisation"),
]
