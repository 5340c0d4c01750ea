"""Why a file is not kept; the sentence is made where the reader's language is known (`messages`)."""

from __future__ import annotations


class NotKept(Exception):
    """A file that is not kept. `key` names the sentence, `what` what the file is where the sentence says it."""

    def __init__(self, key: str, what: str = "") -> None:
        super().__init__(key, what)
        self.key = key
        self.what = what
