"""Addresses of the auditor's pages."""

from django.urls import path

from interparl.administration.auditing.changes import changes_page
from interparl.administration.auditing.reads import reads_page
from interparl.administration.auditing.seals import seals_page
from interparl.core.requests import staff

audit_patterns = [
    path("reads/", staff(reads_page), name="audit-reads"),
    path("changes/", staff(changes_page), name="audit-changes"),
    path("seals/", staff(seals_page), name="audit-seals"),
]
