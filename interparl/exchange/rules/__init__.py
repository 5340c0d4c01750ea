"""Reading files of others without a database: what stands in them, and what is wrong with it."""

from interparl.exchange.rules.findings import Finding, Level, UnreadableFile
from interparl.exchange.rules.messages import refusal_text, text_of
from interparl.exchange.rules.names import split_name
from interparl.exchange.rules.popolo import (
    EXECUTIVE,
    LEGISLATURE,
    PARTY,
    PopoloArea,
    PopoloContact,
    PopoloEvent,
    PopoloFile,
    PopoloIdentifier,
    PopoloLink,
    PopoloMembership,
    PopoloName,
    PopoloOrganization,
    PopoloPerson,
    PopoloPost,
    by_id,
    membership_span,
)
from interparl.exchange.rules.popolo_reading import popolo_of, read_popolo

__all__ = [
    "EXECUTIVE",
    "LEGISLATURE",
    "PARTY",
    "Finding",
    "Level",
    "PopoloArea",
    "PopoloContact",
    "PopoloEvent",
    "PopoloFile",
    "PopoloIdentifier",
    "PopoloLink",
    "PopoloMembership",
    "PopoloName",
    "PopoloOrganization",
    "PopoloPerson",
    "PopoloPost",
    "UnreadableFile",
    "by_id",
    "membership_span",
    "popolo_of",
    "read_popolo",
    "refusal_text",
    "split_name",
    "text_of",
]
