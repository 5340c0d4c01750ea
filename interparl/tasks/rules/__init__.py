"""Pure rules of tasks: working days."""

from interparl.tasks.rules.working_days import MovedTo, WorkingDays, is_known_country

__all__ = ["MovedTo", "WorkingDays", "is_known_country"]
