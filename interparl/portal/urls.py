"""Addresses of the portal; the language stands before them."""

from django.urls import path

from interparl.portal.pages import lists, overview

app_name = "portal"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("how-we-count/", overview.how_page, name="how"),
    path("data/", overview.data_page, name="data"),
    path("lists/<slug:key>/", lists.dataset_page, name="dataset"),
    path("bodies/<slug:code>/", lists.body_page, name="body"),
    path("countries/<slug:code>/", lists.country_page, name="country"),
    path("organisations/<slug:code>/", lists.organisation_page, name="organisation"),
]
