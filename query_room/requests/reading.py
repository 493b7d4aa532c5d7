"""Requests read back: one with everything behind it, lists for the desk, the applicant's view."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.database import reading, utc_now
from indexer.records import RecordId
from query_room.accounts.model import Permission
from query_room.clock import Channel
from query_room.requests import repository, work_repository
from query_room.requests.clocks import clock_events
from query_room.requests.errors import ReceiptSecretError
from query_room.requests.file_parts import FileParts
from query_room.requests.letter_causes import causes_of
from query_room.requests.model import RecordsRequest, RequestKind, RequestStatus
from query_room.requests.personal_data import RequestData
from query_room.requests.taking_steps import require_request
from query_room.requests.work_model import Decision
from query_room.statute.codes import ApplicantCategory, Disposition, ReplyType
from search_api.china_time import day_in_china
from search_api.log.service import subject_events

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from query_room.accounts.model import Account
    from query_room.clock import Clock, Standing
    from query_room.finding_records import FindRecord
    from query_room.organs import OrganService
    from query_room.requests.clocks import Clocks
    from query_room.requests.proposals import Proposal
    from query_room.requests.repository import RequestRow
    from query_room.requests.work_model import (
        AttachedSearch,
        Consultation,
        EarlierDecision,
        Finding,
        HandSearch,
        IssuedLetter,
    )
    from query_room.reviews import Review, ReviewService
    from query_room.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestInList:
    """A request with its clock; ``clock`` and ``standing`` are ``None`` before receipt."""

    request: RecordsRequest
    clock: Clock | None
    standing: Standing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFile:
    """A request with everything behind it, as far as the reader may see it.

    Attributes:
        findings: Records that the reader may see; ``hidden_findings`` says how many others stand
            in the request that an archivist marked.
        earlier: What other requests decided on the same records, by record.
        causes: Events that ask for a letter, as (number, kind).
    """

    request: RecordsRequest
    clock: Clock | None
    standing: Standing | None
    searches: tuple[AttachedSearch, ...]
    hand_searches: tuple[HandSearch, ...]
    findings: tuple[Finding, ...]
    hidden_findings: int
    earlier: Mapping[RecordId, tuple[EarlierDecision, ...]]
    consultations: tuple[Consultation, ...]
    proposal: Proposal | None
    reviews: tuple[Review, ...]
    letters: tuple[IssuedLetter, ...]
    causes: tuple[tuple[int, str], ...]


class RequestReader:
    """Reads requests; an account sees those of the organs that it works for."""

    def __init__(
        self,
        *,
        engine: Engine,
        vault: Vault,
        organs: OrganService,
        reviews: ReviewService,
        clocks: Clocks,
        find_record: FindRecord,
    ) -> None:
        self._engine = engine
        self._data = RequestData(vault)
        self._organs = organs
        self._reviews = reviews
        self._clocks = clocks
        self._parts = FileParts(self._data, find_record)

    def load(self, request_id: str, *, by: Account) -> RequestInList:
        """One request with its clock.

        Raises:
            RecordsRequestNotFoundError: There is no such request.
            PermissionDeniedError: It is of an organ that the account does not work for.
        """
        with reading(self._engine) as connection:
            row = require_request(connection, request_id)
            self._organs.require_member(by, row.organ_id)
            return self._in_list(connection, [row])[0]

    def open_file(self, request_id: str, *, by: Account, viewer: Viewer) -> RequestFile:
        """One request with everything behind it.

        Raises:
            RecordsRequestNotFoundError: There is no such request.
            PermissionDeniedError: It is of an organ that the account does not work for.
        """
        with reading(self._engine) as connection:
            row = require_request(connection, request_id)
            self._organs.require_member(by, row.organ_id)
            listed = self._in_list(connection, [row])[0]
            findings = self._parts.findings(connection, request_id)
            searches = self._parts.searches(connection, row, viewer)
            hand_searches = self._parts.hand_searches(connection, request_id)
            consultations = self._parts.consultations(connection, request_id)
            letters = self._parts.letters(connection, request_id)
            proposal = self._parts.proposal(connection, row)
            causes = causes_of(subject_events(connection, request_id))
            earlier = self._parts.earlier(connection, request_id, findings)
        visible = tuple(each for each in findings if self._parts.is_visible(each.record_id, viewer))
        seen = {each.record_id for each in visible}
        return RequestFile(
            request=listed.request,
            clock=listed.clock,
            standing=listed.standing,
            searches=searches,
            hand_searches=hand_searches,
            findings=visible,
            hidden_findings=len(findings) - len(visible),
            earlier={record_id: each for record_id, each in earlier.items() if record_id in seen},
            consultations=consultations,
            proposal=proposal,
            reviews=self._reviews.of_subject(request_id),
            letters=letters,
            causes=causes,
        )

    def in_work(self, *, by: Account) -> list[RequestInList]:
        """Open requests of the account's organs, what is due first at the top."""
        return self._list(by, [each for each in RequestStatus if each is not RequestStatus.CLOSED])

    def mine(self, *, by: Account) -> list[RequestInList]:
        """Open requests assigned to the account, what is due first at the top."""
        return [each for each in self.in_work(by=by) if each.request.assigned_to == by.name]

    def closed(self, *, by: Account, offset: int = 0, limit: int = 50) -> list[RequestInList]:
        """Closed requests of the account's organs, the newest first."""
        by.require(Permission.HANDLE_REQUESTS)
        organ_ids = [organ.organ_id for organ in self._organs.organs_of(by.name)]
        with reading(self._engine) as connection:
            rows = repository.of_organs(
                connection, organ_ids, statuses=[RequestStatus.CLOSED.value]
            )
            rows = list(reversed(rows))[offset : offset + limit]
            return self._in_list(connection, rows)

    def of_visit(self, visit_id: str, *, by: Account) -> list[RequestInList]:
        """Requests made in a visit, in order, of the account's organs."""
        by.require(Permission.HANDLE_REQUESTS)
        organ_ids = {organ.organ_id for organ in self._organs.organs_of(by.name)}
        with reading(self._engine) as connection:
            rows = repository.of_visit(connection, visit_id)
            return self._in_list(connection, [row for row in rows if row.organ_id in organ_ids])

    def for_applicant(self, request_id: str, secret: str) -> RequestInList:
        """A request as its applicant follows it.

        Raises:
            ReceiptSecretError: Number and secret do not belong together, or there is no such
                request, or its applicant was erased: which of them is not said.
        """
        digest = self._data.secret_digest(request_id, secret)
        with reading(self._engine) as connection:
            row = repository.find(connection, request_id)
            kept = "" if row is None else row.secret_digest or ""
            if row is None or not hmac.compare_digest(kept, digest):
                raise ReceiptSecretError("number and secret do not belong together")
            return self._in_list(connection, [row])[0]

    def disclosed_before(self, record_ids: Collection[RecordId]) -> dict[RecordId, dt.date]:
        """On which day records were last given out on request; nothing of who asked.

        For records that whoever reads this may see: it tells that there was a request.
        """
        decisions = (Decision.OPEN.value, Decision.OPEN_IN_PART.value)
        with reading(self._engine) as connection:
            found = work_repository.disclosed(connection, record_ids, decisions)
        return {RecordId(record_id): day for record_id, day in found.items()}

    def _list(self, by: Account, statuses: Collection[RequestStatus]) -> list[RequestInList]:
        by.require(Permission.HANDLE_REQUESTS)
        organ_ids = [organ.organ_id for organ in self._organs.organs_of(by.name)]
        with reading(self._engine) as connection:
            rows = repository.of_organs(
                connection, organ_ids, statuses=[status.value for status in statuses]
            )
            listed = self._in_list(connection, rows)
        return sorted(listed, key=_urgency)

    def _in_list(self, connection: Connection, rows: Sequence[RequestRow]) -> list[RequestInList]:
        today = day_in_china(utc_now())
        events = clock_events(connection, [row.request_id for row in rows])
        requests = self._requests(connection, rows)
        found = []
        for row in rows:
            clock = self._clocks.read(events[row.request_id]) if events[row.request_id] else None
            found.append(
                RequestInList(
                    request=requests[row.request_id],
                    clock=clock,
                    standing=None if clock is None else self._clocks.standing(clock, today),
                )
            )
        return found

    def _requests(
        self, connection: Connection, rows: Sequence[RequestRow]
    ) -> dict[str, RecordsRequest]:
        applicants = self._data.applicants(
            connection, [(row.request_id, row.applicant_event_id) for row in rows]
        )
        wanted = self._data.wanted(
            connection, [(row.request_id, row.content_event_id) for row in rows]
        )
        return {
            row.request_id: RecordsRequest(
                request_id=row.request_id,
                organ_id=row.organ_id,
                kind=RequestKind(row.kind),
                year=row.year,
                number=row.number,
                display_number=row.display_number,
                status=RequestStatus(row.status),
                channel=Channel(row.channel),
                category=ApplicantCategory(row.category),
                filed_by=row.filed_by,
                filed_at=row.filed_at,
                visit_id=row.visit_id,
                origin_search_id=row.origin_search_id,
                organ_confirmed_on=row.organ_confirmed_on,
                applicant_confirmed_on=row.applicant_confirmed_on,
                received_on=row.received_on,
                assigned_to=row.assigned_to,
                disposition=None if row.disposition is None else Disposition(row.disposition),
                reply_type=None if row.reply_type is None else ReplyType(row.reply_type),
                review_id=row.review_id,
                closed_on=row.closed_on,
                applicant=(
                    applicants[row.applicant_event_id].masked()
                    if row.applicant_event_id in applicants
                    else None
                ),
                wanted=wanted.get(row.content_event_id),
            )
            for row in rows
        }


def _urgency(listed: RequestInList) -> tuple[bool, str, str]:
    due = None if listed.clock is None else listed.clock.due_on
    return due is None, "" if due is None else due.isoformat(), listed.request.request_id
