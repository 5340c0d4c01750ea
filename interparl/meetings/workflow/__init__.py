"""Steps of what hangs on events: items of agendas, statements, texts of talks."""

from interparl.meetings.workflow.agenda import agenda_workflow
from interparl.meetings.workflow.statements import statement_workflow
from interparl.meetings.workflow.texts import text_workflow

__all__ = ["agenda_workflow", "statement_workflow", "text_workflow"]
