"""The statutory clock: dated events in, a due date that explains itself day by day out.

Pure: nothing here reads a database or the time of day. The same events give the same clock in
whatever order they were recorded.
"""

from query_room.clock.errors import ClockRefusedError
from query_room.clock.events import ClockEvent, ClockKind, ConsultedParty
from query_room.clock.model import Clock, ClockState, ConsultationClock, DayLine, LineReason
from query_room.clock.reading import read_clock
from query_room.clock.receipt import Channel, receipt_date
from query_room.clock.standing import Standing, Urgency, standing

__all__ = [
    "Channel",
    "Clock",
    "ClockEvent",
    "ClockKind",
    "ClockRefusedError",
    "ClockState",
    "ConsultationClock",
    "ConsultedParty",
    "DayLine",
    "LineReason",
    "Standing",
    "Urgency",
    "read_clock",
    "receipt_date",
    "standing",
]
