"""The pages of the calendar."""

from interparl.meetings.pages.calendar.days import day_page, list_page, week_page
from interparl.meetings.pages.calendar.grids import month_page, year_page

__all__ = ["day_page", "list_page", "month_page", "week_page", "year_page"]
