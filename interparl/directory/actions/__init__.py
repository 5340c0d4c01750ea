"""Deeds of the directory that touch more than one record."""

from interparl.directory.actions.erasing import (
    Account,
    account_of,
    ask,
    carry_out,
    obstacles,
    refuse,
)

__all__ = ["Account", "account_of", "ask", "carry_out", "obstacles", "refuse"]
