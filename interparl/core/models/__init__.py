"""Tables of the mechanism."""

from interparl.core.models.entries import Entry, Grade, Label, Mark, ReadEntry, Seal
from interparl.core.models.registers import Identifier, Pointer, Setting, Source

__all__ = ["Entry", "Grade", "Identifier", "Label", "Mark", "Pointer", "ReadEntry", "Seal", "Setting", "Source"]
