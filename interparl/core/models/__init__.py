"""Tables of the mechanism."""

from interparl.core.models.entries import Entry, Grade, Label, Mark
from interparl.core.models.registers import Identifier, Setting, Source

__all__ = ["Entry", "Grade", "Identifier", "Label", "Mark", "Setting", "Source"]
