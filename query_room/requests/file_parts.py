"""The parts of a request's file, read back within the reader's rights."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from indexer.access import Audience
from indexer.errors import RecordNotFoundError
from indexer.records import RecordId
from query_room.clock import ConsultedParty
from query_room.letters import LetterKind
from query_room.outcomes import Outcome
from query_room.register import PageRange
from query_room.requests import work_repository
from query_room.requests.proposals import Proposal
from query_room.requests.searches import searches_behind
from query_room.requests.work_model import (
    Answer,
    AttachedSearch,
    Consultation,
    Decision,
    Dispatch,
    EarlierDecision,
    Finding,
    HandSearch,
    IssuedLetter,
    Manner,
)
from query_room.visits.history import is_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from indexer.access import Viewer
    from query_room.finding_records import FindRecord
    from query_room.requests.personal_data import RequestData
    from query_room.requests.repository import RequestRow


class FileParts:
    """Reads what was done on a request."""

    def __init__(self, data: RequestData, find_record: FindRecord) -> None:
        self._data = data
        self._find_record = find_record

    def searches(
        self, connection: Connection, row: RequestRow, viewer: Viewer
    ) -> tuple[AttachedSearch, ...]:
        """Every search behind the request; what the reader could not have seen is left out."""
        found = []
        for how, search in searches_behind(connection, row):
            entry = search.entry
            within = entry is not None and is_within(entry, viewer)
            found.append(
                AttachedSearch(
                    search_id=search.search_id,
                    how=how,
                    at=search.at,
                    actor=search.actor,
                    text=None if entry is None else entry.text,
                    literal=entry is not None and entry.literal,
                    filters={} if entry is None else entry.filters,
                    total=search.total if within else None,
                    by_archivist=entry is not None
                    and Audience.from_slug(entry.audience) is Audience.ARCHIVIST,
                    hits=()
                    if entry is None
                    else tuple(
                        hit.record_id
                        for hit in entry.hits
                        if self.is_visible(hit.record_id, viewer)
                    ),
                )
            )
        return tuple(found)

    def hand_searches(self, connection: Connection, request_id: str) -> tuple[HandSearch, ...]:
        """Searches on paper, in order."""
        rows = work_repository.hand_searches(connection, request_id)
        texts = self._data.texts(connection, [(request_id, row.text_event_id) for row in rows])
        found = []
        for row in rows:
            said = json.loads(texts.get(row.text_event_id, "{}"))
            found.append(
                HandSearch(
                    ordinal=row.ordinal,
                    where=said.get("where"),
                    what=said.get("what"),
                    by=said.get("by"),
                    searched_on=row.searched_on,
                    outcome=Outcome(row.outcome),
                    by_archivist=row.by_archivist,
                    recorded_by=row.recorded_by,
                )
            )
        return tuple(found)

    def findings(self, connection: Connection, request_id: str) -> tuple[Finding, ...]:
        """Records that answer, in the order they were marked."""
        rows = work_repository.findings(connection, request_id)
        texts = self._data.texts(
            connection, [(request_id, row.reason_event_id) for row in rows if row.reason_event_id]
        )
        return tuple(
            Finding(
                finding_id=row.finding_id,
                record_id=RecordId(row.record_id),
                content_hash=row.content_hash,
                archival_code=row.archival_code,
                search_id=row.search_id,
                pages=tuple(
                    PageRange(file_ordinal=ordinal, first=first, last=last)
                    for ordinal, first, last in row.pages
                ),
                decision=None if row.decision is None else Decision(row.decision),
                exemption=row.exemption,
                reason=texts.get(row.reason_event_id) if row.reason_event_id else "",
                decided_by=row.decided_by,
            )
            for row in rows
        )

    def earlier(
        self, connection: Connection, request_id: str, findings: Sequence[Finding]
    ) -> dict[RecordId, tuple[EarlierDecision, ...]]:
        """What other requests decided on the same records, by record."""
        record_ids = {finding.record_id for finding in findings}
        rows = work_repository.earlier_decisions(connection, request_id, record_ids)
        return {
            record_id: tuple(
                EarlierDecision(
                    request_id=row.request_id,
                    display_number=row.display_number,
                    decision=Decision(row.decision),
                    exemption=row.exemption,
                    closed_on=row.closed_on,
                )
                for row in rows
                if row.record_id == record_id
            )
            for record_id in record_ids
        }

    def consultations(self, connection: Connection, request_id: str) -> tuple[Consultation, ...]:
        """Who was asked, in order."""
        rows = work_repository.consultations(connection, request_id)
        written = [row.party_event_id for row in rows]
        written += [row.answer_event_id for row in rows if row.answer_event_id]
        texts = self._data.texts(connection, [(request_id, event) for event in written])
        return tuple(
            Consultation(
                consultation_id=row.consultation_id,
                party=ConsultedParty(row.party),
                name=texts.get(row.party_event_id),
                sent_on=row.sent_on,
                answered_on=row.answered_on,
                answer=None if row.answer is None else Answer(row.answer),
                note=texts.get(row.answer_event_id) if row.answer_event_id else None,
            )
            for row in rows
        )

    def letters(self, connection: Connection, request_id: str) -> tuple[IssuedLetter, ...]:
        """Letters with how they left, in order."""
        dispatches = work_repository.dispatches(connection, request_id)
        notes = self._data.texts(
            connection, [(request_id, row.note_event_id) for row in dispatches if row.note_event_id]
        )
        return tuple(
            IssuedLetter(
                letter_id=row.letter_id,
                kind=LetterKind(row.kind),
                number=row.number,
                about=row.about,
                day=row.day,
                text_hash=row.text_hash,
                issued_by=row.issued_by,
                dispatches=tuple(
                    Dispatch(
                        manner=Manner(each.manner),
                        day=each.day,
                        note=notes.get(each.note_event_id) if each.note_event_id else "",
                        recorded_by=each.recorded_by,
                    )
                    for each in dispatches
                    if each.letter_id == row.letter_id
                ),
            )
            for row in work_repository.letters(connection, request_id)
        )

    def proposal(self, connection: Connection, row: RequestRow) -> Proposal | None:
        """How the request is proposed to end, or ``None``; also once it was erased."""
        if row.proposal_event_id is None:
            return None
        texts = self._data.texts(connection, [(row.request_id, row.proposal_event_id)])
        text = texts.get(row.proposal_event_id)
        return None if text is None else Proposal.read(text)

    def is_visible(self, record_id: RecordId, viewer: Viewer) -> bool:
        """Whether the viewer may see a record as it is now."""
        try:
            self._find_record(record_id, viewer)
        except RecordNotFoundError:
            return False
        return True
