"""Tables of the mechanism."""

from interparl.core.models.entries import Entry, Grade, Label, Mark, ReadEntry, Seal
from interparl.core.models.looks import Look
from interparl.core.models.moved import Moved
from interparl.core.models.registers import Identifier, Pointer, Setting, Source

__all__ = [
    "Entry",
    "Grade",
    "Identifier",
    "Label",
    "Look",
    "Mark",
    "Moved",
    "Pointer",
    "ReadEntry",
    "Seal",
    "Setting",
    "Source",
]
