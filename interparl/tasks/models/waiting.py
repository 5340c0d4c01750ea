"""What waits for a user: clearances asked of him, and tasks that he has to do."""

from __future__ import annotations

from interparl.accounts.models import User
from interparl.tasks.models.clearances import Clearance, ClearanceQuerySet
from interparl.tasks.models.tasks import Task, TaskQuerySet


def waiting_for(user: User) -> ClearanceQuerySet:
    """The clearances asked of the user that he has not settled, as far as he may read them."""
    return Clearance.objects.visible_to(user).waiting().asked_of_user(user)


def tasks_for(user: User) -> TaskQuerySet:
    """The tasks that the user still has to do, as far as he may read them."""
    return Task.objects.visible_to(user).open().owned_by(user)


def number_waiting_for(user: User) -> int:
    """How much waits for the user; one query, for the menu of every page."""
    clearances, tasks = waiting_for(user).order_by().values("pk"), tasks_for(user).order_by().values("pk")
    return clearances.union(tasks, all=True).count()
