"""Addresses of imports."""

from django.urls import path

from interparl.core.requests import staff
from interparl.exchange import pages
from interparl.exchange.pages import bringing, mappings, merging

app_name = "exchange"
urlpatterns = [
    path("imports/", staff(pages.list_page), name="batch-list"),
    path("imports/new/", staff(bringing.new_page), name="batch-new"),
    path("imports/new/<str:key>/", staff(bringing.columns_page), name="bring"),
    path("imports/mappings/bring-in/", staff(mappings.bring_in_page), name="mapping-bring-in"),
    path("imports/mappings/shipped/<slug:kind>/<slug:code>/", staff(mappings.shipped_page), name="mapping-shipped"),
    path(
        "imports/mappings/shipped/<slug:kind>/<slug:code>/toml/",
        staff(mappings.shipped_toml_page),
        name="mapping-shipped-toml",
    ),
    path("imports/mappings/shipped/<slug:kind>/<slug:code>/copy/", staff(mappings.copy_page), name="mapping-copy"),
    *mappings.mapping_pages.urls("imports/mappings/", list=mappings.list_page),
    path("imports/mappings/<int:key>/columns/", staff(mappings.columns_page), name="savedmapping-columns"),
    path("imports/mappings/<int:key>/toml/", staff(mappings.toml_page), name="savedmapping-toml"),
    path("imports/<int:key>/", staff(pages.show_page), name="batch-show"),
    path("imports/<int:key>/decide/", staff(pages.decide_page), name="batch-decide"),
    path("imports/<int:key>/rows/<int:row>/", staff(pages.row_page), name="batch-row"),
    path("imports/<int:key>/report/", staff(pages.report_page), name="batch-report"),
    path("imports/doubles/", staff(pages.doubles_page), name="doubles"),
    path("imports/doubles/apart/", staff(pages.apart_page), name="doubles-apart"),
    path("imports/<int:key>/apply/", staff(pages.apply_page), name="batch-apply"),
    path("imports/<int:key>/discard/", staff(pages.discard_page), name="batch-discard"),
    path("imports/<int:key>/undo/", staff(pages.undo_page), name="batch-undo"),
    path("merge/<str:kind>/<int:key>/", staff(merging.merge_with_page), name="merge-with"),
    path("merge/<str:kind>/<int:first>/<int:second>/", staff(merging.merge_page), name="merge"),
]
