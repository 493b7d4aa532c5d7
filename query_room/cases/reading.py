"""Cases read back: their encrypted texts, and by when a defence is due."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from query_room.cases.answer_periods import answer_period
from query_room.cases.model import Case, CaseStatus, Plaintiff
from query_room.masks import mask_name
from query_room.sealing import Sealing
from query_room.statute.case_codes import CaseBlock, CaseResult
from query_room.statute.periods import load_periods
from search_api.log import EventKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from query_room.calendar import CalendarService, WorkingCalendar
    from query_room.cases.repository import CaseRow
    from query_room.vault import Vault


class CaseTexts:
    """Writes the texts of cases and reads whole cases back."""

    def __init__(self, vault: Vault, calendar: CalendarService) -> None:
        self._sealing = Sealing(vault)
        self._calendar = calendar

    def keep(self, connection: Connection, request_id: str, text: str, at: dt.datetime) -> int:
        """Keep a text; the number of the event comes back.

        It belongs to the request: whoever erases its applicant erases this too.
        """
        kind = EventKind.REQUEST_TEXT_WRITTEN
        return self._sealing.keep(connection, kind, request_id, text, at)

    def cases(self, connection: Connection, rows: Sequence[CaseRow]) -> list[Case]:
        """Cases with their texts, in the order of the rows."""
        kept = [
            (row.request_id, event_id)
            for row in rows
            for event_id in (row.text_event_id, row.outcome_event_id)
            if event_id is not None
        ]
        texts = {event: text for (_, event), text in self._sealing.load(connection, kept).items()}
        calendar = self._calendar.current()
        return [_case(row, texts, calendar) for row in rows]


def _case(row: CaseRow, texts: Mapping[int, str], calendar: WorkingCalendar) -> Case:
    name: str | None = ""
    note: str | None = ""
    if row.text_event_id is not None:
        written = texts.get(row.text_event_id)
        name, note = (None, None) if written is None else json.loads(written)
    block = CaseBlock(row.block)
    period = answer_period(block, row.notified_on, periods=load_periods(), calendar=calendar)
    return Case(
        case_id=row.case_id,
        request_id=row.request_id,
        organ_id=row.organ_id,
        block=block,
        follows=row.follows,
        authority=row.authority,
        docket=row.docket,
        plaintiff=Plaintiff(row.plaintiff),
        plaintiff_name=None if name is None else mask_name(name),
        note=note,
        filed_on=row.filed_on,
        notified_on=row.notified_on,
        status=CaseStatus(row.status),
        answer_by=None if period is None else period.last_day,
        answer_article="" if period is None else period.article,
        is_provisional=period is not None and period.is_provisional,
        answered_on=row.answered_on,
        result=CaseResult(row.result),
        decided_on=row.decided_on,
        summary="" if row.outcome_event_id is None else texts.get(row.outcome_event_id),
        ordered_reopen=row.ordered_reopen,
        entered_by=row.entered_by,
    )
