"""The cache, in which attempts to sign in are counted: in the database, so that all processes count together."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import transaction


class CountingCache(DatabaseCache):
    """Says so when it cannot write. Django's is silent then, and each attempt would be taken for one too many."""

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Whether the value was put where there was none; raises DatabaseError when nothing can be written."""
        is_added = super().add(key, value, timeout, version)
        if not is_added and not self.has_key(key, version):
            refuse_unless_writable()
        return is_added


def refuse_unless_writable() -> None:
    """Writes something and takes it away again; raises what the database says when it cannot."""
    with transaction.atomic():
        probe = SessionStore()
        probe.create()
        probe.delete()
