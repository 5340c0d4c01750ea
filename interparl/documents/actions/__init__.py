"""Deeds with documents: taking files in, giving them out, reading their texts, removing their content."""

from interparl.documents.actions.checking import wrong_files
from interparl.documents.actions.moving import MOVED, move_document
from interparl.documents.actions.reading import read_waiting
from interparl.documents.actions.releasing import Frozen, release
from interparl.documents.actions.removing import remove_content
from interparl.documents.actions.storing import Unusable, opened
from interparl.documents.actions.sweeping import sweep_when_due
from interparl.documents.actions.taking import Checked, add_version, checked, keep_documents

__all__ = [
    "MOVED",
    "Checked",
    "Frozen",
    "Unusable",
    "add_version",
    "checked",
    "keep_documents",
    "move_document",
    "opened",
    "read_waiting",
    "release",
    "remove_content",
    "sweep_when_due",
    "wrong_files",
]
