"""Handing a search on to an archivist, and the answer's way back to the visit."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from indexer.database import reading, utc_now, writing
from indexer.errors import RecordNotFoundError
from indexer.records import RecordId
from query_room.accounts.model import Permission
from query_room.errors import (
    HandoverNotFoundError,
    InvalidFieldError,
    InvalidTransitionError,
    SearchOfAnotherVisitError,
    VisitClosedError,
)
from query_room.fields import LONG, required
from query_room.outcomes import Outcome
from query_room.visits import handover_repository as repository
from query_room.visits.handover_model import (
    CitedRecord,
    Handover,
    HandoverAnswer,
    HandoverStatus,
    Step,
)
from query_room.visits.personal_data import PersonalData
from query_room.visits.service import require_visit
from query_room.visits.transitions import next_status
from search_api.log import EventKind, NewEvent, append, load_search
from search_api.log.service import load_events

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord
    from query_room.vault import Vault
    from query_room.visits.handover_model import NewAnswer
    from query_room.visits.handover_repository import HandoverRow
    from search_api.log import Event
    from search_api.log.model import JsonValue

_MAX_CITED = 200


class HandoverService:
    """Handovers of searches.

    Every method asks the account's permission first and raises ``PermissionDeniedError`` without,
    ``HandoverNotFoundError`` where there is no such handover, and ``InvalidTransitionError`` where
    the step cannot be taken (any more).
    """

    def __init__(self, *, engine: Engine, vault: Vault, find_record: FindRecord) -> None:
        self._engine = engine
        self._personal = PersonalData(vault)
        self._find_record = find_record

    def ask(self, visit_id: str, search_id: str, note: str, *, by: Account) -> str:
        """Hand a search of an open visit to the archivists; the handover's identifier comes back.

        Raises:
            VisitNotFoundError: There is no such visit.
            VisitClosedError: It has ended.
            SearchNotLoggedError: There is no such search.
            SearchOfAnotherVisitError: It was not made in this visit.
            InvalidFieldError: The note is empty or too long.
        """
        by.require(Permission.SERVE_VISITORS)
        note = required("note", note, LONG)
        handover_id = f"h{secrets.token_hex(8)}"
        now = utc_now()
        with writing(self._engine) as connection:
            if require_visit(connection, visit_id).closed_at is not None:
                raise VisitClosedError(f"visit {visit_id} has ended")
            if load_search(connection, search_id).visit_id != visit_id:
                raise SearchOfAnotherVisitError(f"search {search_id} is not of visit {visit_id}")
            note_event_id = self._personal.keep_text(connection, visit_id, note, now)
            _tell(
                connection,
                EventKind.HANDOVER_ASKED,
                handover_id,
                now,
                {
                    "visit_id": visit_id,
                    "search_id": search_id,
                    "note_event": note_event_id,
                    "by": by.name,
                },
            )
            repository.add(
                connection,
                handover_id=handover_id,
                visit_id=visit_id,
                search_id=search_id,
                by=by.name,
                at=now,
                note_event_id=note_event_id,
            )
        return handover_id

    def take(self, handover_id: str, *, by: Account) -> None:
        """Begin to look for it."""
        by.require(Permission.ANSWER_HANDOVERS)
        now = utc_now()
        with writing(self._engine) as connection:
            _move(connection, handover_id, Step.TAKE, taken_by=by.name, taken_at=now)
            _tell(connection, EventKind.HANDOVER_TAKEN, handover_id, now, {"by": by.name})

    def put_back(self, handover_id: str, *, by: Account) -> None:
        """Let another archivist look for it; any archivist may, for people fall ill."""
        by.require(Permission.ANSWER_HANDOVERS)
        now = utc_now()
        with writing(self._engine) as connection:
            _move(connection, handover_id, Step.PUT_BACK, taken_by=None, taken_at=None)
            _tell(connection, EventKind.HANDOVER_PUT_BACK, handover_id, now, {"by": by.name})

    def answer(self, handover_id: str, answer: NewAnswer, *, by: Account, viewer: Viewer) -> None:
        """Answer what one has taken.

        Args:
            handover_id: What is answered.
            answer: What was found, or that nothing was, and how it was searched.
            by: Who answers.
            viewer: With which rights; nothing beyond them can be cited.

        Raises:
            RecordNotFoundError: A record cited does not exist, or not for this viewer.
            SearchNotLoggedError: A search cited was never made.
            InvalidFieldError: No text; nothing cited though something was found; something cited
                though nothing was; nothing found and no search to prove it.
        """
        by.require(Permission.ANSWER_HANDOVERS)
        text = required("text", answer.text, LONG)
        _check(answer)
        cited = [self._find_record(record_id, viewer) for record_id in answer.records]
        now = utc_now()
        with writing(self._engine) as connection:
            row = _require(connection, handover_id)
            next_status(row.status, Step.ANSWER)
            if row.taken_by != by.name:
                raise InvalidTransitionError("answer", row.status, f"by {row.taken_by}")
            for search_id in answer.searches:
                load_search(connection, search_id)
            text_event_id = self._personal.keep_text(connection, row.visit_id, text, now)
            answered_event_id = _tell(
                connection,
                EventKind.HANDOVER_ANSWERED,
                handover_id,
                now,
                {
                    "outcome": answer.outcome.value,
                    "records": [[record.record_id, record.content_hash] for record in cited],
                    "searches": answer.searches,
                    "text_event": text_event_id,
                    "by": by.name,
                },
            )
            _move(
                connection,
                handover_id,
                Step.ANSWER,
                outcome=answer.outcome.value,
                answered_at=now,
                answered_event_id=answered_event_id,
                answer_text_event_id=text_event_id,
            )

    def deliver(self, handover_id: str, *, by: Account) -> None:
        """Note that the visitor was told; the visit may have ended long ago."""
        by.require(Permission.SERVE_VISITORS)
        now = utc_now()
        with writing(self._engine) as connection:
            _move(connection, handover_id, Step.DELIVER)
            _tell(connection, EventKind.HANDOVER_DELIVERED, handover_id, now, {"by": by.name})

    def cancel(self, handover_id: str, *, by: Account) -> None:
        """Ask for it no longer."""
        by.require(Permission.SERVE_VISITORS)
        now = utc_now()
        with writing(self._engine) as connection:
            _move(connection, handover_id, Step.CANCEL)
            _tell(connection, EventKind.HANDOVER_CANCELLED, handover_id, now, {"by": by.name})

    def load(self, handover_id: str, *, by: Account, viewer: Viewer) -> Handover:
        """A handover; of the records cited in its answer, those that ``viewer`` may see."""
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            row = _require(connection, handover_id)
            return self._handovers(connection, [row], viewer)[0]

    def of_visit(self, visit_id: str, *, by: Account, viewer: Viewer) -> list[Handover]:
        """Handovers of a visit, in order."""
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            return self._handovers(connection, repository.of_visit(connection, visit_id), viewer)

    def queue(self, *, by: Account, viewer: Viewer) -> list[Handover]:
        """What waits, is being looked for or is to be told to the visitor, the oldest first."""
        by.require(Permission.SERVE_VISITORS)
        statuses = (HandoverStatus.WAITING, HandoverStatus.TAKEN, HandoverStatus.ANSWERED)
        with reading(self._engine) as connection:
            return self._handovers(connection, repository.in_status(connection, statuses), viewer)

    def _handovers(
        self, connection: Connection, rows: Sequence[HandoverRow], viewer: Viewer
    ) -> list[Handover]:
        written = [(row.visit_id, row.note_event_id) for row in rows]
        written += [
            (row.visit_id, row.answer_text_event_id) for row in rows if row.answer_text_event_id
        ]
        texts = self._personal.texts(connection, written)
        answers = load_events(
            connection, [row.answered_event_id for row in rows if row.answered_event_id]
        )
        return [
            Handover(
                handover_id=row.handover_id,
                visit_id=row.visit_id,
                search_id=row.search_id,
                status=row.status,
                note=texts.get(row.note_event_id),
                asked_by=row.asked_by,
                asked_at=row.asked_at,
                taken_by=row.taken_by,
                taken_at=row.taken_at,
                answer=self._answer(row, answers, texts, viewer),
            )
            for row in rows
        ]

    def _answer(
        self, row: HandoverRow, events: dict[int, Event], texts: dict[int, str], viewer: Viewer
    ) -> HandoverAnswer | None:
        if row.answered_event_id is None or row.outcome is None or row.answered_at is None:
            return None
        body: Any = events[row.answered_event_id].body or {}
        return HandoverAnswer(
            text=texts.get(row.answer_text_event_id or 0),
            outcome=Outcome(row.outcome),
            records=tuple(
                CitedRecord(record_id=RecordId(record_id), content_hash=content_hash)
                for record_id, content_hash in body.get("records", ())
                if self._is_visible(record_id, viewer)
            ),
            searches=tuple(body.get("searches", ())),
            by=row.taken_by or "",
            at=row.answered_at,
        )

    def _is_visible(self, record_id: str, viewer: Viewer) -> bool:
        try:
            self._find_record(record_id, viewer)
        except RecordNotFoundError:
            return False
        return True


def _check(answer: NewAnswer) -> None:
    if len(answer.records) > _MAX_CITED or len(answer.searches) > _MAX_CITED:
        raise InvalidFieldError("records", "too_long")
    if answer.outcome is Outcome.NONE:
        if answer.records:
            raise InvalidFieldError("records", "out_of_range")
        if not answer.searches:
            raise InvalidFieldError("searches", "required")
    elif not answer.records:
        raise InvalidFieldError("records", "required")


def _require(connection: Connection, handover_id: str) -> HandoverRow:
    row = repository.find(connection, handover_id)
    if row is None:
        raise HandoverNotFoundError(f"no handover {handover_id}")
    return row


def _move(
    connection: Connection,
    handover_id: str,
    step: Step,
    **values: Any,  # noqa: ANN401 - columns that change with the step
) -> None:
    row = _require(connection, handover_id)
    target = next_status(row.status, step)
    if not repository.move(connection, handover_id, row.status, target, **values):
        # Somebody was quicker, between the look and the step.
        raise InvalidTransitionError(step.value, _require(connection, handover_id).status)


def _tell(
    connection: Connection,
    kind: EventKind,
    handover_id: str,
    at: dt.datetime,
    body: dict[str, JsonValue],
) -> int:
    return append(connection, NewEvent(at=at, kind=kind, subject=handover_id, body=body))
