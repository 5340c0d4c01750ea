"""Addresses of users, of who acts for whom, and of the auditor's pages."""

from django.urls import include, path

from interparl.administration.auditing.urls import audit_patterns
from interparl.administration.users.urls import user_patterns

app_name = "administration"

urlpatterns = [*user_patterns, path("audit/", include(audit_patterns))]
