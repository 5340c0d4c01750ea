"""After many rows were written the database is told how many there are now.

PostgreSQL looks for itself once a minute; until then it reads large tables as if they were small, and what takes
milliseconds takes seconds. SQLite keeps no such account unless it is asked to, and does well without.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection, transaction

MANY = 1000
_log = logging.getLogger(__name__)


def many_were_written(number: int) -> None:
    """So many rows were written in this transaction: once it is through the database counts anew."""
    if number >= MANY and connection.vendor == "postgresql" and not _is_waiting():
        transaction.on_commit(_count_anew)


def _is_waiting() -> bool:
    return any(waiting[1] is _count_anew for waiting in connection.run_on_commit)


def _count_anew() -> None:
    # What was written stays written, whatever comes of this.
    try:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    except DatabaseError:
        _log.warning("The database could not count its rows anew.", exc_info=True)
