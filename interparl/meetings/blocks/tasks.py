"""What is to be done about an event, and who has to agree."""

from interparl.meetings.models import Event
from interparl.tasks.blocks import clearance_block_on, task_block_on

clearance_block_on(Event)
task_block_on(Event)
