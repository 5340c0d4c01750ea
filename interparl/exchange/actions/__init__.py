"""Imports: look at a file, apply it, take it back."""

from interparl.exchange.actions.applying import apply, refuse_unless_applicable
from interparl.exchange.actions.deciding import Choice, Decided, choices_for, decide
from interparl.exchange.actions.deeds import DEEDS, Deed, about, written_as_batch
from interparl.exchange.actions.editions import began, source_key_of
from interparl.exchange.actions.erasing import Traces, erase_traces, traces_of
from interparl.exchange.actions.plans import FileObject, Key, Plan, Planner, Wanted
from interparl.exchange.actions.previews import Examined, examine, keep, preview
from interparl.exchange.actions.tables import ReadTable, read_mapped
from interparl.exchange.actions.texts import Message, text_of
from interparl.exchange.actions.undoing import undo
from interparl.exchange.actions.unmerging import UNDO

__all__ = [
    "DEEDS",
    "UNDO",
    "Choice",
    "Decided",
    "Deed",
    "Examined",
    "FileObject",
    "Key",
    "Message",
    "Plan",
    "Planner",
    "ReadTable",
    "Traces",
    "Wanted",
    "about",
    "apply",
    "began",
    "choices_for",
    "decide",
    "erase_traces",
    "examine",
    "keep",
    "preview",
    "read_mapped",
    "refuse_unless_applicable",
    "source_key_of",
    "text_of",
    "traces_of",
    "undo",
    "written_as_batch",
]
