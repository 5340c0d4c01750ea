"""What the directory shows on its own pages, as values."""

from interparl.directory.blocks import contacts, keeping, organisations, people, places
from interparl.directory.blocks.parts import change_move, edit_link, may_add, span_words

__all__ = [
    "change_move",
    "contacts",
    "edit_link",
    "keeping",
    "may_add",
    "organisations",
    "people",
    "places",
    "span_words",
]
