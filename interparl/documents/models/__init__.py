"""Tables of documents."""

from interparl.documents.models.documents import Content, Document, DocumentKind, Version
from interparl.documents.models.editions import Edition, left_of_rows
from interparl.documents.models.keeping import KeepingHold, KeepingRule

__all__ = ["Content", "Document", "DocumentKind", "Edition", "KeepingHold", "KeepingRule", "Version", "left_of_rows"]
