"""Tables of tasks."""

from interparl.tasks.models.calendars import MovedDay, calendar_of, calendars_of, our_country
from interparl.tasks.models.clearances import Clearance
from interparl.tasks.models.tasks import Task

__all__ = ["Clearance", "MovedDay", "Task", "calendar_of", "calendars_of", "our_country"]
