"""Working days in China as versioned data: holidays, make-up workdays, local additions."""

from query_room.calendar.errors import BadLine, CalendarImportError
from query_room.calendar.model import DayKind, DayReason, MarkedDay, WorkingCalendar
from query_room.calendar.service import CalendarService, Notice

__all__ = [
    "BadLine",
    "CalendarImportError",
    "CalendarService",
    "DayKind",
    "DayReason",
    "MarkedDay",
    "Notice",
    "WorkingCalendar",
]
