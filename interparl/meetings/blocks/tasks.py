"""What is to be done about an event or a statement, and who has to agree."""

from interparl.meetings.models import Event, Statement
from interparl.tasks.blocks import clearance_block_on, task_block_on

for _model in (Event, Statement):
    clearance_block_on(_model)
    task_block_on(_model)
