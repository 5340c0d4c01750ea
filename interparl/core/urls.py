"""Addresses of the mechanism's own registers."""

from interparl.core import registers

app_name = "core"
urlpatterns = [
    *registers.source_pages.urls("sources/"),
    *registers.identifier_pages.urls("identifiers/"),
    *registers.pointer_pages.urls("pointers/"),
]
