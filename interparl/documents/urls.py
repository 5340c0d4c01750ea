"""Addresses of documents."""

from django.urls import path

from interparl.core.requests import staff
from interparl.documents import pages
from interparl.documents.pages import files, moving

app_name = "documents"
urlpatterns = [
    path("documents/files/<int:key>/", staff(files.file_page), name="file"),
    path("documents/files/<int:key>/remove/", staff(files.remove_page), name="file-remove"),
    path("editions/<int:key>/file/", staff(pages.edition_file_page), name="edition-file"),
    *pages.edition_pages.urls("editions/"),
    path("documents/<int:key>/attach/", staff(moving.move_page), name="document-attach"),
    path("documents/<int:key>/versions/new/", staff(files.version_page), name="document-version"),
    *pages.keeping_rule_pages.urls("documents/keeping/"),
    *pages.keeping_hold_pages.urls("documents/holds/"),
    *pages.document_pages.urls("documents/", new=files.new_page),
]
