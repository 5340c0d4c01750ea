"""Imports: look at a file, apply it, take it back."""

from interparl.exchange.actions.applying import apply, refuse_unless_applicable
from interparl.exchange.actions.editions import source_key_of
from interparl.exchange.actions.erasing import Traces, erase_traces, traces_of
from interparl.exchange.actions.plans import FileObject, Key, Plan, Planner, Wanted
from interparl.exchange.actions.previews import Examined, examine, keep, preview
from interparl.exchange.actions.texts import Message, kind_of, text_of
from interparl.exchange.actions.undoing import UNDO, undo

__all__ = [
    "UNDO",
    "Examined",
    "FileObject",
    "Key",
    "Message",
    "Plan",
    "Planner",
    "Traces",
    "Wanted",
    "apply",
    "erase_traces",
    "examine",
    "keep",
    "kind_of",
    "preview",
    "refuse_unless_applicable",
    "source_key_of",
    "text_of",
    "traces_of",
    "undo",
]
