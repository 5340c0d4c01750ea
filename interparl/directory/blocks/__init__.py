"""What the directory shows on its own pages, as values."""

from interparl.directory.blocks import contacts, keeping, looked, names, organisations, people, places, taking_out
from interparl.directory.blocks.parts import change_move, edit_link, may_add, span_words

__all__ = [
    "change_move",
    "contacts",
    "edit_link",
    "keeping",
    "looked",
    "may_add",
    "names",
    "organisations",
    "people",
    "places",
    "span_words",
    "taking_out",
]
