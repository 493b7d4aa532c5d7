"""Asking third parties and other organs, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import utc_now, writing
from query_room.clock import ClockEvent, ClockKind
from query_room.fields import LONG, SHORT, optional, required
from query_room.organs import Duty
from query_room.requests import work_repository
from query_room.requests.clocks import clock_events_of
from query_room.requests.clockwork import past_day
from query_room.requests.errors import StepRefusedError
from query_room.requests.personal_data import RequestData
from query_room.requests.taking_steps import lock_for, take
from query_room.requests.transitions import Step
from query_room.requests.work_model import Answer
from search_api.china_time import day_in_china
from search_api.log import EventKind

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.clock import ConsultedParty
    from query_room.organs import OrganService
    from query_room.requests.clocks import Clocks
    from query_room.vault import Vault


class Consulting:
    """Consultations of a request in work: two kinds, whose silence means opposite things.

    Source: 政府信息公开条例 (2019) art. 32 (third party: silent, the agency decides) and art. 34
    (organ that made it jointly: silent, it consents).
    """

    def __init__(
        self, *, engine: Engine, vault: Vault, organs: OrganService, clocks: Clocks
    ) -> None:
        self._engine = engine
        self._data = RequestData(vault)
        self._organs = organs
        self._clocks = clocks

    def consult(
        self,
        request_id: str,
        *,
        party: ConsultedParty,
        name: str,
        about: str,
        by: Account,
    ) -> str:
        """Ask a third party or another organ; the identifier of the consultation comes back.

        Raises:
            InvalidFieldError: A text is missing or too long.
        """
        name = required("name", name, 2 * SHORT)
        about = required("about", about, LONG)
        now = utc_now()
        today = day_in_china(now)
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.CONSULT)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            count = len(work_repository.consultations(connection, request_id))
            consultation_id = f"{request_id}-k{count + 1:02d}"
            event = ClockEvent(
                kind=ClockKind.CONSULTATION_SENT,
                day=today,
                consultation=consultation_id,
                party=party,
            )
            self._clocks.try_event(connection, request_id, event)
            party_event_id = self._data.keep_text(connection, request_id, name, now)
            text_event_id = self._data.keep_text(connection, request_id, about, now)
            take(
                connection,
                row,
                Step.CONSULT,
                EventKind.CONSULTATION_SENT,
                at=now,
                body={
                    "consultation": consultation_id,
                    "party": party.value,
                    "party_event": party_event_id,
                    "text_event": text_event_id,
                    "by": by.name,
                },
                clock=event,
            )
            work_repository.add_consultation(
                connection,
                request_id,
                consultation_id=consultation_id,
                party=party.value,
                party_event_id=party_event_id,
                sent_on=today,
            )
        return consultation_id

    def record_answer(
        self,
        request_id: str,
        consultation_id: str,
        *,
        answer: Answer,
        answered_on: dt.date,
        note: str,
        by: Account,
    ) -> None:
        """Record what a consulted party said, or that its period passed in silence.

        Raises:
            StepRefusedError: No such consultation awaits an answer; silence is recorded while the
                party's period still runs.
            InvalidFieldError: The day lies in the future.
        """
        note = optional("note", note, LONG)
        answered_on = past_day("answered_on", answered_on)
        now = utc_now()
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.RECORD_ANSWER)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            if answer is Answer.SILENT:
                ends_by = self._ends(connection, request_id, consultation_id)
                if ends_by is None or day_in_china(now) <= ends_by:
                    raise StepRefusedError("period_still_runs", str(ends_by or ""))
                answered_on = ends_by
            event = ClockEvent(
                kind=ClockKind.CONSULTATION_ANSWERED,
                day=answered_on,
                consultation=consultation_id,
            )
            self._clocks.try_event(connection, request_id, event)
            note_event_id = (
                self._data.keep_text(connection, request_id, note, now) if note else None
            )
            found = work_repository.answer_consultation(
                connection,
                request_id,
                consultation_id,
                answered_on=answered_on,
                answer=answer.value,
                answer_event_id=note_event_id,
            )
            if not found:
                raise StepRefusedError("no_such_consultation", consultation_id)
            take(
                connection,
                row,
                Step.RECORD_ANSWER,
                EventKind.CONSULTATION_ANSWERED,
                at=now,
                body={
                    "consultation": consultation_id,
                    "answer": answer.value,
                    "text_event": note_event_id,
                    "by": by.name,
                },
                clock=event,
            )

    def _ends(
        self, connection: Connection, request_id: str, consultation_id: str
    ) -> dt.date | None:
        clock = self._clocks.read(clock_events_of(connection, request_id))
        for consultation in clock.consultations:
            if consultation.consultation == consultation_id:
                return consultation.ends_by
        raise StepRefusedError("no_such_consultation", consultation_id)
