"""Addresses of users, of who acts for whom, and of the auditor's pages."""

from django.urls import URLPattern

app_name = "administration"

urlpatterns: list[URLPattern] = []
