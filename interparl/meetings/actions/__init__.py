"""Writes of meetings that touch several records."""
