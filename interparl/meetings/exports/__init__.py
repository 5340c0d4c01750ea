"""Lists of an event on paper."""

from interparl.meetings.exports.files import as_file, instead_of
from interparl.meetings.exports.printed import Origin, Wish

__all__ = ["Origin", "Wish", "as_file", "instead_of"]
