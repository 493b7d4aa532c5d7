"""From a proposal to the reply on its way: proposed, reviewed, replied, dispatched, reopened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import utc_now, writing
from query_room.clock import ClockEvent, ClockKind
from query_room.errors import InvalidFieldError
from query_room.fields import LONG, optional, required
from query_room.notices import NoticeKind
from query_room.organs import Duty
from query_room.requests import work_repository
from query_room.requests.clocks import clock_events_of
from query_room.requests.errors import StepRefusedError
from query_room.requests.model import RequestStatus
from query_room.requests.personal_data import RequestData
from query_room.requests.proposals import Proposal, check_proposal, proposal_text
from query_room.requests.taking_steps import lock_for, require_locked, take
from query_room.requests.transitions import Step
from query_room.reviews import ReviewStatus, Verdict
from query_room.statute.codes import Disposition, ReplyType
from search_api.china_time import day_in_china
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.organs import OrganService
    from query_room.requests.clocks import Clocks
    from query_room.requests.repository import RequestRow
    from query_room.requests.telling import Telling
    from query_room.requests.work_model import Manner
    from query_room.reviews import ReviewService
    from query_room.vault import Vault


class Deciding:
    """Steps from the proposal to the end."""

    def __init__(
        self,
        *,
        engine: Engine,
        vault: Vault,
        organs: OrganService,
        reviews: ReviewService,
        clocks: Clocks,
        telling: Telling,
    ) -> None:
        self._engine = engine
        self._data = RequestData(vault)
        self._organs = organs
        self._reviews = reviews
        self._clocks = clocks
        self._telling = telling

    def propose(self, request_id: str, proposal: Proposal, *, by: Account) -> None:
        """Propose how the request ends; a later proposal takes the place of an earlier one.

        Raises:
            StepRefusedError: It does not fit the law or what was found; the reason says how.
            InvalidFieldError: A text is missing or too long.
        """
        proposal = proposal.checked()
        now = utc_now()
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.PROPOSE)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            check_proposal(connection, row, proposal)
            event_id = self._data.keep_text(connection, request_id, proposal_text(proposal), now)
            take(
                connection,
                row,
                Step.PROPOSE,
                EventKind.REQUEST_PROPOSED,
                at=now,
                body={
                    "disposition": proposal.disposition.value,
                    "disposition_before": row.disposition,
                    "reply_type": proposal.reply_type.value,
                    "text_event": event_id,
                    "by": by.name,
                },
                disposition=proposal.disposition.value,
                reply_type=proposal.reply_type.value,
                proposal_event_id=event_id,
            )

    def submit(self, request_id: str, *, by: Account) -> None:
        """Lay the proposal before those who sign it.

        Raises:
            StepRefusedError: Nothing is proposed, it no longer fits what was found, or a consulted
                party has neither answered nor let its period pass.
        """
        now = utc_now()
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.SUBMIT)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            proposal = self._proposal(connection, row)
            check_proposal(connection, row, proposal)
            for each in work_repository.consultations(connection, request_id):
                if each.answer is None:
                    raise StepRefusedError("consultation_open", each.consultation_id)
            review = self._reviews.open_within(
                connection,
                request_id,
                organ_id=row.organ_id,
                steps=self._organs.review_steps(row.organ_id),
                by=by.name,
                at=now,
            )
            take(
                connection,
                row,
                Step.SUBMIT,
                EventKind.REQUEST_SUBMITTED,
                at=now,
                body={"review": review.review_id, "by": by.name},
                review_id=review.review_id,
            )

    def sign(self, request_id: str, verdict: Verdict, *, remark: str, by: Account) -> None:
        """Sign the step of the review that waits; the last one approves the proposal.

        Raises:
            ReviewRefusedError: It is not the account's step, or its own paper.
        """
        now = utc_now()
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.SIGN)
            duties = self._organs.duties_of(by.name, row.organ_id)
            review = self._reviews.sign_within(
                connection,
                str(row.review_id),
                verdict,
                duties=duties,
                remark=remark,
                by=by.name,
                at=now,
            )
            body = {"review": review.review_id, "by": by.name}
            if review.status is ReviewStatus.APPROVED:
                take(connection, row, Step.APPROVE, EventKind.REQUEST_APPROVED, at=now, body=body)
            elif review.status is ReviewStatus.RETURNED:
                take(connection, row, Step.SEND_BACK, EventKind.REQUEST_RETURNED, at=now, body=body)

    def dispatch(
        self,
        request_id: str,
        letter_id: str,
        *,
        manner: Manner,
        day: dt.date,
        note: str,
        by: Account,
    ) -> None:
        """Record how a letter left; when the reply has, the request is closed.

        Raises:
            StepRefusedError: There is no such letter.
            InvalidFieldError: The day lies in the future or before the letter's.
        """
        note = optional("note", note, LONG)
        now = utc_now()
        with writing(self._engine) as connection:
            row = require_locked(connection, request_id)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            letters = work_repository.letters(connection, request_id)
            letter = next((each for each in letters if each.letter_id == letter_id), None)
            if letter is None:
                raise StepRefusedError("no_such_letter", letter_id)
            if not letter.day <= day <= day_in_china(now):
                raise InvalidFieldError("day", "out_of_range")
            note_event_id = (
                self._data.keep_text(connection, request_id, note, now) if note else None
            )
            event_id = append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.LETTER_DISPATCHED,
                    subject=request_id,
                    body={
                        "letter": letter_id,
                        "manner": manner.value,
                        "day": day.isoformat(),
                        "note_event": note_event_id,
                        "by": by.name,
                    },
                ),
            )
            work_repository.add_dispatch(
                connection,
                request_id,
                letter_id=letter_id,
                manner=manner.value,
                day=day,
                event_id=event_id,
                note_event_id=note_event_id,
                recorded_by=by.name,
            )
            if letter.kind == "reply" and row.status == RequestStatus.REPLIED.value:
                take(
                    connection,
                    row,
                    Step.DISPATCH,
                    EventKind.REQUEST_CLOSED,
                    at=now,
                    body={
                        "disposition": row.disposition,
                        "reply_type": row.reply_type,
                        "by": by.name,
                    },
                    clock=ClockEvent(kind=ClockKind.CLOSED, day=day),
                    closed_on=day,
                )
                self._telling.tell(connection, row, NoticeKind.REPLIED)

    def withdraw(self, request_id: str, *, reason: str, by: Account) -> None:
        """End a request that its applicant withdrew (E3, other handling).

        Raises:
            InvalidFieldError: No reason is given.
        """
        reason = required("reason", reason, LONG)
        now = utc_now()
        today = day_in_china(now)
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.WITHDRAW)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            if row.review_id is not None:
                self._reviews.cancel_within(connection, row.review_id)
            begun = bool(clock_events_of(connection, request_id))
            take(
                connection,
                row,
                Step.WITHDRAW,
                EventKind.REQUEST_CLOSED,
                at=now,
                body={
                    "disposition": Disposition.OTHER.value,
                    "reply_type": ReplyType.WITHDRAWN.value,
                    "text_event": self._data.keep_text(connection, request_id, reason, now),
                    "by": by.name,
                },
                clock=ClockEvent(kind=ClockKind.CLOSED, day=today) if begun else None,
                disposition=Disposition.OTHER.value,
                reply_type=ReplyType.WITHDRAWN.value,
                closed_on=today,
            )

    def reopen_within(
        self, connection: Connection, request_id: str, *, ground: str, by: Account, at: dt.datetime
    ) -> None:
        """Take a closed request up again, e.g. on a judgment; its reply period begins anew.

        Raises:
            InvalidTransitionError: It is still open.
            InvalidFieldError: No ground is given.
        """
        ground = required("ground", ground, LONG)
        row = lock_for(connection, request_id, Step.REOPEN)
        self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
        today = day_in_china(at)
        take(
            connection,
            row,
            Step.REOPEN,
            EventKind.REQUEST_REOPENED,
            at=at,
            body={
                "disposition_before": row.disposition,
                "reply_type_before": row.reply_type,
                "closed_before": None if row.closed_on is None else row.closed_on.isoformat(),
                "text_event": self._data.keep_text(connection, request_id, ground, at),
                "by": by.name,
            },
            clock=ClockEvent(kind=ClockKind.REOPENED, day=today),
            disposition=None,
            reply_type=None,
            proposal_event_id=None,
            review_id=None,
            closed_on=None,
        )

    def reopen(self, request_id: str, *, ground: str, by: Account) -> None:
        """Do what :meth:`reopen_within` does, in a transaction of its own."""
        with writing(self._engine) as connection:
            self.reopen_within(connection, request_id, ground=ground, by=by, at=utc_now())

    def _proposal(self, connection: Connection, row: RequestRow) -> Proposal:
        if row.proposal_event_id is None:
            raise StepRefusedError("nothing_proposed")
        texts = self._data.texts(connection, [(row.request_id, row.proposal_event_id)])
        if row.proposal_event_id not in texts:
            raise StepRefusedError("nothing_proposed")
        return Proposal.read(texts[row.proposal_event_id])
