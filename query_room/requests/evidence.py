"""What a request's answer rests on: searches, searches on paper, records found and decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import utc_now, writing
from query_room.accounts.model import Role
from query_room.errors import InvalidFieldError
from query_room.fields import LONG, SHORT, optional, required
from query_room.requests import work_repository
from query_room.requests.errors import StepRefusedError
from query_room.requests.personal_data import RequestData
from query_room.requests.taking_steps import lock_for, take
from query_room.requests.transitions import Step
from query_room.requests.work_model import Decision
from query_room.statute.exemptions import exemption_of
from search_api.china_time import day_in_china
from search_api.log import EventKind, load_search
from search_api.log.chain import canonical_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from indexer.records import RecordId
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord
    from query_room.organs import OrganService
    from query_room.register import PageRange
    from query_room.requests.repository import RequestRow
    from query_room.requests.work_model import NewHandSearch
    from query_room.vault import Vault


class Evidence:
    """Searches and findings of a request in work."""

    def __init__(
        self, *, engine: Engine, vault: Vault, organs: OrganService, find_record: FindRecord
    ) -> None:
        self._engine = engine
        self._data = RequestData(vault)
        self._organs = organs
        self._find_record = find_record

    def attach_search(self, request_id: str, search_id: str, *, by: Account) -> None:
        """Cite a search made elsewhere, e.g. in a visit; citing it again changes nothing.

        Raises:
            SearchNotLoggedError: It was never made.
        """
        now = utc_now()
        with writing(self._engine) as connection:
            row = self._lock(connection, request_id, by)
            search = load_search(connection, search_id)
            cited = work_repository.attached_searches(connection, request_id)
            if search.request_id == request_id or search_id in cited:
                return
            event_id = take(
                connection,
                row,
                Step.COLLECT,
                EventKind.SEARCH_ATTACHED,
                at=now,
                body={"search_id": search_id, "by": by.name},
            )
            work_repository.attach_search(
                connection, request_id, search_id, event_id=event_id, by=by.name, at=now
            )

    def record_hand_search(self, request_id: str, new: NewHandSearch, *, by: Account) -> None:
        """Record a search on paper: who, where, when, for what, and whether it was found.

        Raises:
            InvalidFieldError: A field is missing or too long, or the day lies in the future.
        """
        where = required("where", new.where, LONG)
        what = required("what", new.what, LONG)
        searched_by = optional("by", new.by, SHORT) or by.display_name
        now = utc_now()
        if new.searched_on > day_in_china(now):
            raise InvalidFieldError("searched_on", "out_of_range")
        by_archivist = by.role is Role.ARCHIVIST
        with writing(self._engine) as connection:
            row = self._lock(connection, request_id, by)
            text_event_id = self._data.keep_text(
                connection,
                request_id,
                canonical_json({"where": where, "what": what, "by": searched_by}),
                now,
            )
            event_id = take(
                connection,
                row,
                Step.COLLECT,
                EventKind.SEARCHED_BY_HAND,
                at=now,
                body={
                    "day": new.searched_on.isoformat(),
                    "outcome": new.outcome.value,
                    "by_archivist": by_archivist,
                    "text_event": text_event_id,
                    "by": by.name,
                },
            )
            work_repository.add_hand_search(
                connection,
                request_id,
                event_id=event_id,
                text_event_id=text_event_id,
                searched_on=new.searched_on,
                outcome=new.outcome.value,
                by_archivist=by_archivist,
                recorded_by=by.name,
                recorded_at=now,
            )

    def mark(
        self,
        request_id: str,
        record_id: RecordId,
        *,
        search_id: str | None,
        pages: Sequence[PageRange] = (),
        by: Account,
        viewer: Viewer,
    ) -> str:
        """Mark a record as relevant; the finding's identifier comes back.

        Args:
            request_id: The request.
            record_id: The record, within the viewer's rights.
            search_id: The search that showed it, or ``None`` where it was found by hand.
            pages: Empty for the whole record.
            by: Who marks it.
            viewer: With which rights.

        Raises:
            RecordNotFoundError: It does not exist, or not for this viewer.
            StepRefusedError: The search did not show it, or the same pages are marked already.
        """
        record = self._find_record(record_id, viewer)
        now = utc_now()
        stored = [[each.file_ordinal, each.first, each.last] for each in pages]
        with writing(self._engine) as connection:
            row = self._lock(connection, request_id, by)
            if search_id is not None:
                entry = load_search(connection, search_id).entry
                if entry is None or record_id not in {hit.record_id for hit in entry.hits}:
                    raise StepRefusedError("not_a_hit", record_id)
            marked = work_repository.findings(connection, request_id)
            if any(each.record_id == record_id and each.pages == stored for each in marked):
                raise StepRefusedError("marked_already", record_id)
            finding_id = work_repository.add_finding(
                connection,
                request_id,
                record_id=record_id,
                content_hash=record.content_hash,
                archival_code=record.description.archival_code,
                search_id=search_id,
                pages=stored,
                marked_by=by.name,
                marked_at=now,
            )
            take(
                connection,
                row,
                Step.COLLECT,
                EventKind.HIT_MARKED,
                at=now,
                body={
                    "finding": finding_id,
                    "record_id": record_id,
                    "content_hash": record.content_hash,
                    "search_id": search_id,
                    "pages": stored,
                    "by": by.name,
                },
            )
        return finding_id

    def drop(self, request_id: str, finding_id: str, *, by: Account) -> None:
        """Take back that a record is relevant; that it was marked stays in the log.

        Raises:
            StepRefusedError: There is no such finding.
        """
        now = utc_now()
        with writing(self._engine) as connection:
            row = self._lock(connection, request_id, by)
            self._change(connection, request_id, finding_id, dropped_at=now)
            take(
                connection,
                row,
                Step.COLLECT,
                EventKind.HIT_DROPPED,
                at=now,
                body={"finding": finding_id, "by": by.name},
            )

    def decide(
        self,
        request_id: str,
        finding_id: str,
        decision: Decision,
        *,
        exemption: str | None = None,
        reason: str = "",
        by: Account,
    ) -> None:
        """Propose what happens with a record or its pages.

        Raises:
            StepRefusedError: There is no such finding; something is withheld without a ground, or
                opened with one.
            InvalidFieldError: The ground is not one of the law, or withholding has no reason.
        """
        withheld = decision is not Decision.OPEN
        if withheld and not exemption:
            raise StepRefusedError("needs_exemption", finding_id)
        if not withheld and exemption:
            raise StepRefusedError("exemption_of_open", finding_id)
        if exemption:
            exemption_of(exemption)
        reason = (required if withheld else optional)("reason", reason, LONG)
        now = utc_now()
        with writing(self._engine) as connection:
            row = self._lock(connection, request_id, by)
            reason_event_id = (
                self._data.keep_text(connection, request_id, reason, now) if reason else None
            )
            self._change(
                connection,
                request_id,
                finding_id,
                decision=decision.value,
                exemption=exemption or None,
                reason_event_id=reason_event_id,
                decided_by=by.name,
                decided_at=now,
            )
            take(
                connection,
                row,
                Step.COLLECT,
                EventKind.HIT_DECIDED,
                at=now,
                body={
                    "finding": finding_id,
                    "decision": decision.value,
                    "exemption": exemption or None,
                    "reason_event": reason_event_id,
                    "by": by.name,
                },
            )

    def _lock(self, connection: Connection, request_id: str, by: Account) -> RequestRow:
        row = lock_for(connection, request_id, Step.COLLECT)
        self._organs.require_member(by, row.organ_id)
        return row

    def _change(
        self,
        connection: Connection,
        request_id: str,
        finding_id: str,
        **values: object,
    ) -> None:
        if not work_repository.change_finding(connection, request_id, finding_id, **values):
            raise StepRefusedError("no_such_finding", finding_id)
