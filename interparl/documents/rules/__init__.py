"""What is known of files without any database: their kinds, their names, their texts."""

from interparl.documents.rules.away import StoreAway
from interparl.documents.rules.media import ENDINGS, MEDIA, NotKept, recognise
from interparl.documents.rules.messages import REASONS, refusal_text
from interparl.documents.rules.names import clean_name, name_to_save, stem_of
from interparl.documents.rules.passages import passages

__all__ = [
    "ENDINGS",
    "MEDIA",
    "REASONS",
    "NotKept",
    "StoreAway",
    "clean_name",
    "name_to_save",
    "passages",
    "recognise",
    "refusal_text",
    "stem_of",
]
