"""Working days in China as versioned data: holidays, make-up workdays, local additions."""

from query_room.calendar.errors import CalendarImportError
from query_room.calendar.model import DayKind, DayReason, MarkedDay, WorkingCalendar
from query_room.calendar.service import BadRow, CalendarService, Notice

__all__ = [
    "BadRow",
    "CalendarImportError",
    "CalendarService",
    "DayKind",
    "DayReason",
    "MarkedDay",
    "Notice",
    "WorkingCalendar",
]
