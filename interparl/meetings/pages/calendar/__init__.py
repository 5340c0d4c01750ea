"""The pages of the calendar."""

from interparl.meetings.pages.calendar.board import board_page
from interparl.meetings.pages.calendar.days import day_page, list_page, week_page
from interparl.meetings.pages.calendar.grids import month_page, year_page
from interparl.meetings.pages.calendar.monday import monday_page

__all__ = ["board_page", "day_page", "list_page", "monday_page", "month_page", "week_page", "year_page"]
