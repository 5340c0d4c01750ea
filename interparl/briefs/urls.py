"""Addresses of handover files."""

from django.urls import path

from interparl.briefs.pages import handover_page
from interparl.core.requests import staff

app_name = "briefs"
urlpatterns = [path("handover/<str:kind>/<int:key>/", staff(handover_page), name="handover")]
