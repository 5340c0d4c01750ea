"""Blocks of documents: what is attached to a record, the versions of a file, and editions as they were frozen."""

from interparl.documents.blocks.attached import may_remove, text_state
from interparl.documents.blocks.editions import Shown, changes_words, comparison_with, edition_sheet, shown_edition

__all__ = ["Shown", "changes_words", "comparison_with", "edition_sheet", "may_remove", "shown_edition", "text_state"]
