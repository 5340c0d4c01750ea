"""Handover files as values: whose they are, their chapters, and the book that is printed of them."""

from interparl.briefs.exports.chapters import FileChapter
from interparl.briefs.exports.handover import KINDS, OFFICER, Handover, book_of, handover_of, mark_of, subject_of

__all__ = ["KINDS", "OFFICER", "FileChapter", "Handover", "book_of", "handover_of", "mark_of", "subject_of"]
