"""What the room searched and what it showed, for an auditor: by day, person, place, matter, record.

What was read is written down before it is given, as with the rest of the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now
from indexer.records import RecordId
from query_room.accounts.model import Permission
from query_room.audit.model import AuditedSearch, FoundSearches
from query_room.audit.noting import note_reading
from query_room.audit.present import present
from query_room.audit.service import FIRST_DAY
from query_room.errors import InvalidFieldError
from search_api.china_time import day_bounds, day_in_china
from search_api.log import (
    count_searches,
    page_of_searches,
    uses_of_record,
    uses_of_search,
)
from search_api.log.search_filter import SearchFilter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.audit.model import SearchQuestion
    from query_room.sheets import Content
    from search_api.log import LoggedSearch, LoggedUse
    from search_api.log.model import JsonValue

PAGE_SIZE: Final = 100
MOST_USES: Final = 200
_READ = Permission.READ_LOG


class SearchAudit:
    """Searches of the log, for accounts that may read it."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def find(self, question: SearchQuestion, *, by: Account) -> FoundSearches:
        """One page of searches, in order.

        Raises:
            PermissionDeniedError: The role does not allow it.
            InvalidFieldError: There can be no such days or page.
        """
        by.require(_READ)
        wanted = _filter(question)
        with reading(self._engine) as connection:
            total, found_nothing = count_searches(connection, wanted)
            page_count = max(1, -(-total // PAGE_SIZE))
            if not 1 <= question.page <= page_count:
                raise InvalidFieldError("page", "out_of_range")
            found = page_of_searches(
                connection, wanted, offset=(question.page - 1) * PAGE_SIZE, limit=PAGE_SIZE
            )
            searches = _audited(connection, found)
            uses: tuple[LoggedUse, ...] = ()
            if wanted.record_id is not None:
                all_uses = uses_of_record(
                    connection, wanted.record_id, wanted.start, wanted.end, limit=MOST_USES
                )
                uses = tuple(each for each in all_uses if each.search_id is None)
        note_reading(self._engine, by, what="searches", **_told(question), page=question.page)
        return FoundSearches(
            question=question,
            total=total,
            found_nothing=found_nothing,
            page_count=page_count,
            searches=searches,
            uses=uses,
        )

    def every(self, question: SearchQuestion, *, by: Account) -> Iterator[AuditedSearch]:
        """Every search that a question means, in order, whatever its page; for an export.

        Raises:
            PermissionDeniedError: The role does not allow it.
            InvalidFieldError: There can be no such days.
        """
        by.require(_READ)
        wanted = _filter(question)
        offset = 0
        while True:
            with reading(self._engine) as connection:
                found = page_of_searches(connection, wanted, offset=offset, limit=PAGE_SIZE)
                audited = _audited(connection, found)
            yield from audited
            if len(found) < PAGE_SIZE:
                return
            offset += PAGE_SIZE

    def note_export(self, question: SearchQuestion, content: Content, *, by: Account) -> None:
        """Write down that searches leave the room as a file, before they do."""
        by.require(_READ)
        note_reading(
            self._engine,
            by,
            what="export",
            **_told(question),
            file_format=content.sheet_format.value,
            row_count=content.row_count,
            file_hash=content.sha256,
        )


def _filter(question: SearchQuestion) -> SearchFilter:
    if not FIRST_DAY <= question.first <= question.last <= day_in_china(utc_now()):
        raise InvalidFieldError("day", "out_of_range")
    return SearchFilter(
        start=day_bounds(question.first)[0],
        end=day_bounds(question.last)[1],
        actor=question.actor,
        terminal=question.terminal,
        visit_id=question.visit_id,
        request_id=question.request_id,
        record_id=RecordId(question.record_id) if question.record_id else None,
    )


def _told(question: SearchQuestion) -> dict[str, JsonValue]:
    asked: dict[str, JsonValue] = {
        "exported_from": question.first.isoformat(),
        "exported_to": question.last.isoformat(),
        "actor": question.actor,
        "terminal": question.terminal,
        "visit_id": question.visit_id,
        "request_id": question.request_id,
        "record_id": question.record_id,
    }
    return {name: value for name, value in asked.items() if value}


def _audited(connection: Connection, found: Sequence[LoggedSearch]) -> tuple[AuditedSearch, ...]:
    shown = {hit.record_id for each in found if each.entry for hit in each.entry.hits}
    now = present(connection, shown)
    return tuple(
        AuditedSearch(
            search=each,
            uses=uses_of_search(connection, each.search_id),
            states={
                hit.record_id: now.state(hit.record_id, hit.content_hash)
                for hit in (each.entry.hits if each.entry else ())
            },
        )
        for each in found
    )
