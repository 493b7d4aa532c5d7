"""Reviews and suits: entering, answering, ending and counting them."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.cases import repository
from query_room.cases.errors import CaseNotFoundError, CaseRefusedError
from query_room.cases.model import CaseStatus
from query_room.cases.reading import CaseTexts
from query_room.cases.transitions import CaseStep, next_status
from query_room.errors import InvalidFieldError
from query_room.fields import LONG, optional, required
from query_room.reports.model import ReportedCase
from query_room.requests import RequestKind
from query_room.requests.taking_steps import require_locked, require_request
from query_room.statute.case_codes import CaseBlock, CaseResult
from search_api.china_time import day_in_china
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection, Engine

    from query_room.accounts import Account
    from query_room.calendar import CalendarService
    from query_room.cases.model import Case, Decided, NewCase, ReopenRequest
    from query_room.cases.repository import CaseRow
    from query_room.organs import OrganService
    from query_room.vault import Vault
    from search_api.log.model import JsonValue


class CaseService:
    """Reviews and suits; an account sees and enters those of the organs that it works for."""

    def __init__(
        self,
        *,
        engine: Engine,
        vault: Vault,
        organs: OrganService,
        calendar: CalendarService,
        reopen: ReopenRequest,
    ) -> None:
        self._engine = engine
        self._organs = organs
        self._texts = CaseTexts(vault, calendar)
        self._reopen = reopen

    def file(self, request_id: str, new: NewCase, *, by: Account) -> str:
        """Enter a review or suit; its identifier comes back.

        Raises:
            RecordsRequestNotFoundError: There is no such request.
            PermissionDeniedError: It is of an organ that the account does not work for.
            InvalidFieldError: A field is missing, too long, or a day lies in the future.
            CaseRefusedError: It does not fit the reviews of the request, or was entered before.
        """
        new = new.checked()
        now = utc_now()
        _not_in_future("filed_on", new.filed_on)
        _not_in_future("notified_on", new.notified_on)
        with writing(self._engine) as connection:
            # The lock keeps two that are entered at once from taking the same number.
            request = require_locked(connection, request_id)
            self._organs.require_member(by, request.organ_id)
            before = repository.of_request(connection, request_id)
            _check_fit(new, before)
            case_id = f"{request_id}-c{len(before) + 1}"
            text = json.dumps([new.plaintiff_name, new.note], ensure_ascii=False)
            has_text = bool(new.plaintiff_name or new.note)
            text_event_id = (
                self._texts.keep(connection, request_id, text, now) if has_text else None
            )
            repository.add(
                connection,
                repository.CaseRow(
                    case_id=case_id,
                    request_id=request_id,
                    organ_id=request.organ_id,
                    block=new.block.value,
                    follows=new.follows,
                    authority=new.authority,
                    docket=new.docket,
                    plaintiff=new.plaintiff.value,
                    text_event_id=text_event_id,
                    filed_on=new.filed_on,
                    notified_on=new.notified_on,
                    status=CaseStatus.PENDING.value,
                    answered_on=None,
                    result=CaseResult.OPEN.value,
                    decided_on=None,
                    outcome_event_id=None,
                    ordered_reopen=False,
                    entered_by=by.name,
                    entered_at=now,
                ),
            )
            _tell(
                connection,
                EventKind.CASE_FILED,
                case_id,
                now,
                request_id=request_id,
                organ=request.organ_id,
                block=new.block.value,
                authority=new.authority,
                docket=new.docket,
                plaintiff=new.plaintiff.value,
                filed_on=new.filed_on.isoformat(),
                notified_on=new.notified_on.isoformat(),
                follows=new.follows,
                text_event=text_event_id,
                status=CaseStatus.PENDING.value,
                by=by.name,
            )
        return case_id

    def answer(self, case_id: str, *, answered_on: dt.date, by: Account) -> None:
        """Record that the organ sent its defence.

        Raises:
            CaseNotFoundError: There is no such case.
            InvalidTransitionError: It was sent before, or the case has ended.
            InvalidFieldError: The day lies in the future or before the organ was told.
        """
        _not_in_future("answered_on", answered_on)
        now = utc_now()
        with writing(self._engine) as connection:
            row = self._lock_for(connection, case_id, by)
            if answered_on < row.notified_on:
                raise InvalidFieldError("answered_on", "out_of_range")
            self._take(
                connection,
                row,
                CaseStep.ANSWER,
                EventKind.CASE_ANSWERED,
                at=now,
                by=by,
                columns={"answered_on": answered_on},
            )

    def decide(self, case_id: str, decided: Decided, *, by: Account) -> None:
        """Record how it ended; where the organ has to answer anew, the request is taken up again.

        Raises:
            CaseNotFoundError: There is no such case.
            InvalidTransitionError: It has ended, or the request to be taken up is still open.
            CaseRefusedError: A request is taken up again only where the result was corrected.
            InvalidFieldError: No result, or a day in the future or before the filing.
        """
        if decided.result is CaseResult.OPEN:
            raise InvalidFieldError("result", "unknown")
        if decided.ordered_reopen and decided.result is not CaseResult.CORRECTED:
            raise CaseRefusedError("reopens_only_if_corrected")
        check = required if decided.ordered_reopen else optional
        summary = check("summary", decided.summary, LONG)
        self._end(
            case_id,
            CaseStep.DECIDE,
            EventKind.CASE_DECIDED,
            result=decided.result,
            on=decided.decided_on,
            summary=summary,
            ordered_reopen=decided.ordered_reopen,
            by=by,
        )

    def withdraw(
        self, case_id: str, *, withdrawn_on: dt.date, summary: str = "", by: Account
    ) -> None:
        """Record that whoever brought it gave it up; table IV counts it as another result.

        Raises:
            CaseNotFoundError: There is no such case.
            InvalidTransitionError: It has ended.
            InvalidFieldError: The day lies in the future or before the filing.
        """
        self._end(
            case_id,
            CaseStep.WITHDRAW,
            EventKind.CASE_WITHDRAWN,
            result=CaseResult.OTHER,
            on=withdrawn_on,
            summary=optional("summary", summary, LONG),
            ordered_reopen=False,
            by=by,
        )

    def load(self, case_id: str, *, by: Account) -> Case:
        """One case.

        Raises:
            CaseNotFoundError: There is none, or it is of an organ the account does not work for.
        """
        by.require(Permission.HANDLE_REQUESTS)
        with reading(self._engine) as connection:
            row = repository.find(connection, case_id)
            if row is None or not self._organs.duties_of(by.name, row.organ_id):
                raise CaseNotFoundError(f"no case {case_id}")
            return self._texts.cases(connection, [row])[0]

    def of_request(self, request_id: str, *, by: Account) -> list[Case]:
        """Those over one request, the oldest first.

        Raises:
            RecordsRequestNotFoundError: There is no such request.
            PermissionDeniedError: It is of an organ that the account does not work for.
        """
        with reading(self._engine) as connection:
            request = require_request(connection, request_id)
            self._organs.require_member(by, request.organ_id)
            return self._texts.cases(connection, repository.of_request(connection, request_id))

    def list_open(self, *, by: Account) -> list[Case]:
        """Those that have not ended, of the organs the account works for, the oldest first."""
        by.require(Permission.HANDLE_REQUESTS)
        own = [organ.organ_id for organ in self._organs.organs_of(by.name)]
        with reading(self._engine) as connection:
            return self._texts.cases(connection, repository.open_of_organs(connection, own))

    def list_ended(self, year: int, *, by: Account) -> list[Case]:
        """Those that ended in a year, of the organs the account works for."""
        by.require(Permission.HANDLE_REQUESTS)
        own = [organ.organ_id for organ in self._organs.organs_of(by.name)]
        first, last = _year(year)
        with reading(self._engine) as connection:
            rows = repository.ended_of_organs(connection, own, first, last)
            return self._texts.cases(connection, rows)

    def for_report(self, organ_ids: Collection[str], year: int) -> list[ReportedCase]:
        """Those over disclosure requests that ended in the year, and those open at its end."""
        first, last = _year(year)
        with reading(self._engine) as connection:
            rows = repository.in_report(
                connection, organ_ids, RequestKind.DISCLOSURE.value, first, last
            )
        return [
            ReportedCase(
                case_id=row.case_id,
                request_id=row.request_id,
                organ_id=row.organ_id,
                block=CaseBlock(row.block),
                result=_result_at(row, last),
            )
            for row in rows
        ]

    def cases(self, organ_ids: Collection[str], year: int) -> list[ReportedCase]:
        """What :meth:`for_report` gives, under the name by which reports ask for it."""
        return self.for_report(organ_ids, year)

    def _lock_for(self, connection: Connection, case_id: str, by: Account) -> CaseRow:
        row = repository.lock(connection, case_id)
        if row is None:
            raise CaseNotFoundError(f"no case {case_id}")
        self._organs.require_member(by, row.organ_id)
        return row

    def _end(
        self,
        case_id: str,
        step: CaseStep,
        kind: EventKind,
        *,
        result: CaseResult,
        on: dt.date,
        summary: str,
        ordered_reopen: bool,
        by: Account,
    ) -> None:
        _not_in_future("decided_on", on)
        now = utc_now()
        with writing(self._engine) as connection:
            row = self._lock_for(connection, case_id, by)
            if on < row.filed_on or (row.answered_on is not None and on < row.answered_on):
                raise InvalidFieldError("decided_on", "out_of_range")
            event_id = (
                self._texts.keep(connection, row.request_id, summary, now) if summary else None
            )
            self._take(
                connection,
                row,
                step,
                kind,
                at=now,
                by=by,
                columns={
                    "result": result.value,
                    "decided_on": on,
                    "outcome_event_id": event_id,
                    "ordered_reopen": ordered_reopen,
                },
            )
            if ordered_reopen:
                self._reopen(connection, row.request_id, ground=summary, by=by, at=now)

    def _take(
        self,
        connection: Connection,
        row: CaseRow,
        step: CaseStep,
        kind: EventKind,
        *,
        at: dt.datetime,
        by: Account,
        columns: dict[str, dt.date | str | int | None],
    ) -> None:
        target = next_status(CaseStatus(row.status), step)
        repository.change(connection, row.case_id, status=target.value, **columns)
        body: dict[str, JsonValue] = {
            name.removesuffix("_id"): value.isoformat() if isinstance(value, dt.date) else value
            for name, value in columns.items()
        }
        _tell(
            connection,
            kind,
            row.case_id,
            at,
            **body,
            request_id=row.request_id,
            step=step.value,
            status_before=row.status,
            status=target.value,
            by=by.name,
        )


def _check_fit(new: NewCase, before: list[CaseRow]) -> None:
    if new.docket and any((row.block, row.docket) == (new.block, new.docket) for row in before):
        raise CaseRefusedError("entered_twice")
    if new.block is not CaseBlock.AFTER_REVIEW:
        if new.follows is not None:
            raise CaseRefusedError("follows_nothing")
        return
    followed = {row.case_id: row for row in before if row.block == CaseBlock.REVIEW}
    review = followed.get(new.follows or "")
    if review is None:
        raise CaseRefusedError("needs_a_review")
    if review.decided_on is None:
        raise CaseRefusedError("review_is_open")


def _result_at(row: CaseRow, last: dt.date) -> CaseResult:
    is_open = row.decided_on is None or row.decided_on > last
    return CaseResult.OPEN if is_open else CaseResult(row.result)


def _year(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _not_in_future(field: str, day: dt.date) -> None:
    if day > day_in_china(utc_now()):
        raise InvalidFieldError(field, "out_of_range")


def _tell(
    connection: Connection, kind: EventKind, case_id: str, at: dt.datetime, **body: JsonValue
) -> None:
    append(connection, NewEvent(at=at, kind=kind, subject=case_id, body=body))
