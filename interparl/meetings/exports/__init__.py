"""Lists of an event on paper."""

from interparl.meetings.exports.files import as_file, book_of_list, instead_of
from interparl.meetings.exports.printed import Origin, Wish, printed_programme

__all__ = ["Origin", "Wish", "as_file", "book_of_list", "instead_of", "printed_programme"]
