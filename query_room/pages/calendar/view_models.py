"""What the page of working days shows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from query_room.calendar import DayKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from query_room.calendar import Notice, WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days one after another that are marked alike."""

    first: dt.date
    last: dt.date
    kind: DayKind
    name: str
    source: str

    @property
    def is_worked(self) -> bool:
        """Whether these are days to make up for a holiday."""
        return self.kind is DayKind.WORKDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """A year of the calendar, and what was added to it.

    Attributes:
        is_known: Whether the official notice of the year is known.
        notices: What was added, the newest first.
    """

    year: int
    is_known: bool
    last_known: int
    version: str
    stretches: tuple[Stretch, ...]
    notices: tuple[Notice, ...]


def calendar_view(calendar: WorkingCalendar, year: int, notices: Sequence[Notice]) -> CalendarView:
    """The marked days of a year, neighbours drawn together."""
    days = sorted(day for day in calendar.days if day.year == year)
    found = []
    # Days of a run have one difference between their number and their place in it.
    runs = groupby(
        enumerate(days),
        key=lambda placed: (
            placed[1].toordinal() - placed[0],
            calendar.days[placed[1]].kind,
            calendar.days[placed[1]].name,
            calendar.days[placed[1]].source,
        ),
    )
    for (_, kind, name, source), placed in runs:
        run = [day for _, day in placed]
        found.append(Stretch(first=run[0], last=run[-1], kind=kind, name=name, source=source))
    return CalendarView(
        year=year,
        is_known=year in calendar.years,
        last_known=max(calendar.years),
        version=calendar.version,
        stretches=tuple(found),
        notices=tuple(reversed(notices)),
    )
