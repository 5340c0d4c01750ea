"""Addresses of imports."""

from django.urls import path

from interparl.core.requests import staff
from interparl.exchange import pages

app_name = "exchange"
urlpatterns = [
    path("imports/", staff(pages.list_page), name="batch-list"),
    path("imports/new/", staff(pages.new_page), name="batch-new"),
    path("imports/<int:key>/", staff(pages.show_page), name="batch-show"),
    path("imports/<int:key>/apply/", staff(pages.apply_page), name="batch-apply"),
    path("imports/<int:key>/discard/", staff(pages.discard_page), name="batch-discard"),
    path("imports/<int:key>/undo/", staff(pages.undo_page), name="batch-undo"),
]
