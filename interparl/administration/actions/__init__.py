"""Deeds on the whole installation: backing it up, bringing it back, and doing so by the clock."""

from interparl.administration.actions.archives import Manifest, NoBackup
from interparl.administration.actions.backups import BrokenOff, CannotBackUp, Made, Watch, make_backup, never
from interparl.administration.actions.restoring import CannotRestore, Restored, restore
from interparl.administration.actions.retention import Keep, Schedule, is_due, kept
from interparl.administration.actions.scheduled import Failure, Stored, back_up_when_due, last_failure, schedule, stored

__all__ = [
    "BrokenOff",
    "CannotBackUp",
    "CannotRestore",
    "Failure",
    "Keep",
    "Made",
    "Manifest",
    "NoBackup",
    "Restored",
    "Schedule",
    "Stored",
    "Watch",
    "back_up_when_due",
    "is_due",
    "kept",
    "last_failure",
    "make_backup",
    "never",
    "restore",
    "schedule",
    "stored",
]
