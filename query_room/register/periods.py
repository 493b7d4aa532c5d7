"""The register of some days: its entries, what they add up to, and taking them out as a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.errors import InvalidFieldError
from query_room.register import period_repository
from query_room.register.entries import Entries
from query_room.register.model import EVERY_ENTRY, MonthCounts, RegisterCounts
from query_room.register.period_repository import Period
from query_room.visits import Purpose
from query_room.visits.personal_data import PersonalData
from search_api.china_time import day_bounds
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord
    from query_room.register.model import EntryFilter, RegisterEntry
    from query_room.sheets import Content
    from query_room.vault import Vault

MOST_MONTHS: Final = 60
"""A longer period is not broken down by months."""

_MOST_RECORDS: Final = 30_000
"""Values that one statement may carry on SQLite: 32,766."""


class RegisterPeriods:
    """Reads and counts the register over days in China, both ends included.

    Every method asks the account's permission first and raises ``PermissionDeniedError`` without.
    A filter on items finds only items that the viewer may see: counts of others would tell of them.
    """

    def __init__(self, *, engine: Engine, vault: Vault, find_record: FindRecord) -> None:
        self._engine = engine
        self._entries = Entries(PersonalData(vault), find_record)

    def between(
        self,
        first: dt.date,
        last: dt.date,
        *,
        by: Account,
        viewer: Viewer,
        where: EntryFilter = EVERY_ENTRY,
        offset: int = 0,
        limit: int = 100,
    ) -> list[RegisterEntry]:
        """Entries of the days, in order.

        Raises:
            InvalidFieldError: The filter means too many records; fewer days are needed.
        """
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            period = self._period(connection, first, last, where, viewer)
            rows = period_repository.between(connection, period, offset=offset, limit=limit)
            return self._entries.read(connection, rows, viewer)

    def counts(
        self,
        first: dt.date,
        last: dt.date,
        *,
        by: Account,
        viewer: Viewer,
        where: EntryFilter = EVERY_ENTRY,
    ) -> RegisterCounts:
        """What the days add up to.

        Raises:
            InvalidFieldError: The filter means too many records; fewer days are needed.
        """
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            return _counts(connection, self._period(connection, first, last, where, viewer))

    def by_month(
        self,
        first: dt.date,
        last: dt.date,
        *,
        by: Account,
        viewer: Viewer,
        where: EntryFilter = EVERY_ENTRY,
    ) -> tuple[MonthCounts, ...]:
        """The same, month by month; empty for more than :data:`MOST_MONTHS`.

        Raises:
            InvalidFieldError: The filter means too many records; fewer days are needed.
        """
        by.require(Permission.SERVE_VISITORS)
        months = _months(first, last)
        if len(months) > MOST_MONTHS:
            return ()
        with reading(self._engine) as connection:
            whole = self._period(connection, first, last, where, viewer)
            return tuple(
                MonthCounts(
                    month=begin.replace(day=1),
                    counts=_counts(
                        connection,
                        replace(whole, start=day_bounds(begin)[0], end=day_bounds(end)[1]),
                    ),
                )
                for begin, end in months
            )

    def note_export(
        self, first: dt.date, last: dt.date, where: EntryFilter, *, content: Content, by: Account
    ) -> None:
        """Log that days of the register leave the room as a file, before they do."""
        by.require(Permission.SERVE_VISITORS)
        with writing(self._engine) as connection:
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.REGISTER_EXPORTED,
                    subject=by.name,
                    body={
                        "exported_from": first.isoformat(),
                        "exported_to": last.isoformat(),
                        "purpose": where.purpose and where.purpose.value,
                        "standing": where.standing and where.standing.value,
                        "outcome": where.outcome and where.outcome.value,
                        "handler": where.handler,
                        "mode": where.mode and where.mode.value,
                        "reference": where.reference,
                        "certificate": where.certificate,
                        "file_format": content.sheet_format.value,
                        "row_count": content.row_count,
                        "file_hash": content.sha256,
                    },
                ),
            )

    def _period(
        self,
        connection: Connection,
        first: dt.date,
        last: dt.date,
        where: EntryFilter,
        viewer: Viewer,
    ) -> Period:
        whole = Period(start=day_bounds(first)[0], end=day_bounds(last)[1], where=where)
        if not where.asks_items:
            return whole
        meant = period_repository.records_meant(connection, whole)
        if len(meant) > _MOST_RECORDS:
            raise InvalidFieldError("from", "out_of_range")
        visible = frozenset(self._entries.visible(meant, viewer))
        return replace(whole, records=visible)


def _counts(connection: Connection, period: Period) -> RegisterCounts:
    visits = period_repository.count_visits(connection, period)
    uses = period_repository.count_uses(connection, period)
    return RegisterCounts(
        visits=sum(visits.values()),
        volumes=uses.volumes,
        items=uses.items,
        pages_copied=uses.pages_copied,
        certificates=uses.certificates,
        by_purpose={purpose: visits.get(purpose.value, 0) for purpose in Purpose},
    )


def _months(first: dt.date, last: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The days of each month, first and last."""
    found: list[tuple[dt.date, dt.date]] = []
    while first <= last and len(found) <= MOST_MONTHS:
        following = (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        found.append((first, min(last, following - dt.timedelta(days=1))))
        first = following
    return found
