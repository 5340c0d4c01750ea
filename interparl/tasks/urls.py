"""Addresses of tasks."""

from django.urls import path

from interparl.core.requests import staff
from interparl.tasks import pages
from interparl.tasks.pages import worklist

app_name = "tasks"
urlpatterns = [
    path("tasks/worklist/", staff(worklist.worklist_page), name="worklist"),
    *pages.clearance_pages.urls("clearances/", move=worklist.clearance_move_page),
    *pages.moved_day_pages.urls("moved-days/"),
    *pages.task_pages.urls("tasks/register/", move=worklist.task_move_page),
]
