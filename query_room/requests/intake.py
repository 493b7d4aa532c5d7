"""How a request comes in: filed, its receipt confirmed, assigned; and who applied, on record."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from indexer.database import overwrite_erased, reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.clock import Channel, ClockEvent, ClockKind, receipt_date
from query_room.errors import InvalidFieldError
from query_room.fields import SHORT, required
from query_room.holds import require_free
from query_room.notices import NoticeKind
from query_room.organs import Duty, display_number
from query_room.requests import repository
from query_room.requests.errors import StepRefusedError
from query_room.requests.model import Receipt, RequestKind, RequestStatus
from query_room.requests.personal_data import ERASABLE, RequestData, new_secret
from query_room.requests.repository import RequestRow
from query_room.requests.searches import WITHIN, searches_behind
from query_room.requests.taking_steps import (
    add_to_clock,
    clock_body,
    lock_for,
    require_request,
    take,
)
from query_room.requests.transitions import Step
from search_api.china_time import day_in_china
from search_api.errors import SearchNotLoggedError
from search_api.log import EventKind, NewEvent, append, load_search
from search_api.log.service import erase_within, subject_events

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.organs import Organ, OrganService
    from query_room.proofs import PreparedProof, ProofStore
    from query_room.requests.model import Applicant, NewRequest
    from query_room.requests.telling import Telling
    from query_room.vault import Vault
    from search_api.log.model import JsonValue

APPLYING: Final = "apply"
"""The channel of searches that the citizen's form makes."""


class Intake:
    """Requests as they come in."""

    def __init__(
        self,
        *,
        engine: Engine,
        vault: Vault,
        organs: OrganService,
        proofs: ProofStore,
        telling: Telling,
    ) -> None:
        self._engine = engine
        self._data = RequestData(vault)
        self._organs = organs
        self._proofs = proofs
        self._telling = telling

    def file(
        self,
        new: NewRequest,
        *,
        proofs: Sequence[PreparedProof] = (),
        by: Account | None,
    ) -> Receipt:
        """Take a request in.

        Args:
            new: The request.
            proofs: Photographs of identity papers, already checked.
            by: Who wrote it down, or ``None`` where the applicant sends it.

        Raises:
            PermissionDeniedError: The account does not work for the organ.
            InvalidFieldError: A field is missing, too long or out of range.
            StepRefusedError: An oral request that was not read back; an online request by nobody's
                hand without proof of identity.
            SearchNotLoggedError: The search said to have led to it was never made.
        """
        organ = self._organs.load(new.organ_id)
        if by is not None:
            self._organs.require_duty(by, organ.organ_id, Duty.HANDLER)
        elif new.channel is not Channel.ONLINE:
            raise InvalidFieldError("channel", "unknown")
        applicant, wanted = new.applicant.checked(), new.wanted.checked()
        now = utc_now()
        _check(new, by, day_in_china(now), has_proof=bool(proofs))
        secret = new_secret()
        with writing(self._engine) as connection:
            if new.origin_search_id is not None:
                origin = load_search(connection, new.origin_search_id)
                if by is None and origin.channel != APPLYING:
                    # Whoever fills in the form names the search; other people's are not theirs.
                    raise SearchNotLoggedError(f"no search {new.origin_search_id} of this form")
            row = self._row(connection, organ, new, by, now)
            row = dataclasses.replace(
                row,
                applicant_event_id=self._data.keep_applicant(
                    connection, row.request_id, applicant, now
                ),
                content_event_id=self._data.keep_wanted(connection, row.request_id, wanted, now),
                person_digest=self._data.person_digest(applicant),
                content_digest=self._data.content_digest(wanted),
                secret_digest=self._data.secret_digest(row.request_id, secret),
            )
            repository.add(connection, row)
            for proof in proofs:
                self._proofs.keep(connection, row.request_id, proof, now)
            self._tell_filed(connection, row, new, at=now)
        return Receipt(request_id=row.request_id, display_number=row.display_number, secret=secret)

    def confirm(
        self,
        request_id: str,
        *,
        organ_confirmed_on: dt.date,
        applicant_confirmed_on: dt.date | None,
        by: Account,
    ) -> None:
        """Confirm with the applicant that the request arrived; the clock begins.

        Raises:
            InvalidFieldError: A day lies in the future or before the request was filed, or the
                applicant's is missing.
            InvalidTransitionError: Receipt was confirmed already.
        """
        now = utc_now()
        today = day_in_china(now)
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.CONFIRM)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            applicant_day = applicant_confirmed_on or row.applicant_confirmed_on
            if applicant_day is None:
                raise InvalidFieldError("applicant_confirmed_on", "required")
            for field, day in (
                ("organ_confirmed_on", organ_confirmed_on),
                ("applicant_confirmed_on", applicant_day),
            ):
                if not day_in_china(row.filed_at) <= day <= today:
                    raise InvalidFieldError(field, "out_of_range")
            received_on = receipt_date(
                Channel(row.channel),
                confirmed_by_applicant=applicant_day,
                confirmed_by_organ=organ_confirmed_on,
            )
            if received_on is None:
                raise InvalidFieldError("applicant_confirmed_on", "required")
            take(
                connection,
                row,
                Step.CONFIRM,
                EventKind.REQUEST_CONFIRMED,
                at=now,
                body={
                    "organ_confirmed_on": organ_confirmed_on.isoformat(),
                    "applicant_confirmed_on": applicant_day.isoformat(),
                    "by": by.name,
                },
                clock=ClockEvent(kind=ClockKind.RECEIVED, day=received_on),
                received_on=received_on,
                organ_confirmed_on=organ_confirmed_on,
                applicant_confirmed_on=applicant_day,
            )
            self._telling.tell(connection, row, NoticeKind.RECEIVED)

    def assign(self, request_id: str, account_name: str, *, by: Account) -> None:
        """Give the request to somebody who handles requests of the organ.

        Raises:
            StepRefusedError: That account does not handle the organ's requests.
        """
        now = utc_now()
        with writing(self._engine) as connection:
            row = lock_for(connection, request_id, Step.ASSIGN)
            self._organs.require_duty(by, row.organ_id, Duty.HANDLER)
            if Duty.HANDLER not in self._organs.duties_of(account_name, row.organ_id):
                raise StepRefusedError("not_a_handler", account_name)
            take(
                connection,
                row,
                Step.ASSIGN,
                EventKind.REQUEST_ASSIGNED,
                at=now,
                body={"assigned_to": account_name, "before": row.assigned_to, "by": by.name},
                assigned_to=account_name,
            )

    def reveal(self, request_id: str, *, ground: str, by: Account) -> Applicant:
        """The applicant in full; that it was looked at, by whom and why, is logged first.

        Raises:
            ApplicantErasedError: Who applied was erased.
            InvalidFieldError: No ground is given.
        """
        by.require(Permission.REVEAL_PERSONS)
        ground = required("ground", ground, 5 * SHORT)
        with writing(self._engine) as connection:
            row = require_request(connection, request_id)
            self._organs.require_member(by, row.organ_id)
            applicant = self._data.applicant(connection, request_id, row.applicant_event_id)
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.APPLICANT_REVEALED,
                    subject=request_id,
                    body={"ground": ground, "by": by.name},
                ),
            )
        return applicant

    def erase_applicant(self, request_id: str, *, ground: str, by: Account) -> None:
        """Erase who applied, every free text and what was searched; the request stays.

        Raises:
            StepRefusedError: The request is still open.
            HeldError: It is held back, or a review or suit over it is open.
            InvalidFieldError: No ground is given.
        """
        by.require(Permission.ERASE_PERSONS)
        ground = required("ground", ground, 5 * SHORT)
        now = utc_now()
        with writing(self._engine) as connection:
            row = require_request(connection, request_id)
            if RequestStatus(row.status) is not RequestStatus.CLOSED:
                raise StepRefusedError("still_open")
            require_free(connection, request_id)
            personal = [
                event.event_id
                for event in subject_events(connection, request_id)
                if event.kind in ERASABLE and event.body is not None
            ]
            # What was searched for somebody is about them, too.
            personal += [
                search.event_id
                for how, search in searches_behind(connection, row)
                if how == WITHIN or search.channel == APPLYING
            ]
            erase_within(connection, personal, ground, by.name, now)
            repository.forget_applicant(connection, request_id, now)
        overwrite_erased(self._engine)

    def same_applicant(self, request_id: str, *, by: Account) -> tuple[str, ...]:
        """Other requests of whoever bears the same identity, the oldest first."""
        with reading(self._engine) as connection:
            row = require_request(connection, request_id)
            self._organs.require_member(by, row.organ_id)
            if row.person_digest is None:
                return ()
            others = repository.of_person(connection, row.person_digest)
        return tuple(
            other.request_id
            for other in others
            if other.request_id != request_id and other.organ_id == row.organ_id
        )

    def _row(
        self,
        connection: Connection,
        organ: Organ,
        new: NewRequest,
        by: Account | None,
        now: dt.datetime,
    ) -> RequestRow:
        year = day_in_china(now).year
        series = f"request.{new.kind.value}"
        number = self._organs.next_number(connection, organ.organ_id, series, year)
        middle = "" if new.kind is RequestKind.DISCLOSURE else "L"
        return RequestRow(
            request_id=f"{organ.organ_id.upper()}-{year}-{middle}{number:05d}",
            organ_id=organ.organ_id,
            kind=new.kind.value,
            year=year,
            number=number,
            display_number=display_number(organ, year, number),
            status=(RequestStatus.RECEIVED if new.received_on else RequestStatus.FILED).value,
            channel=new.channel.value,
            category=new.category.value,
            filed_by="" if by is None else by.name,
            filed_at=now,
            visit_id=new.visit_id,
            origin_search_id=new.origin_search_id,
            organ_confirmed_on=None,
            applicant_confirmed_on=new.applicant_confirmed_on,
            received_on=new.received_on,
            assigned_to=None,
            disposition=None,
            reply_type=None,
            proposal_event_id=None,
            review_id=None,
            closed_on=None,
            applicant_event_id=0,
            content_event_id=0,
            person_digest=None,
            content_digest=None,
            secret_digest=None,
            erased_at=None,
        )

    def _tell_filed(
        self, connection: Connection, row: RequestRow, new: NewRequest, *, at: dt.datetime
    ) -> None:
        clock = (
            None
            if new.received_on is None
            else ClockEvent(kind=ClockKind.RECEIVED, day=new.received_on)
        )
        body: dict[str, JsonValue] = {
            "organ": row.organ_id,
            "kind": row.kind,
            "request_number": row.display_number,
            "channel": row.channel,
            "category": row.category,
            "visit_id": row.visit_id,
            "search_id": row.origin_search_id,
            "status": row.status,
            "applicant_event": row.applicant_event_id,
            "text_event": row.content_event_id,
            "is_oral": new.is_oral,
            "read_back": new.read_back,
            "by": row.filed_by,
            **({} if clock is None else {"clock": clock_body(clock)}),
        }
        event_id = append(
            connection,
            NewEvent(at=at, kind=EventKind.REQUEST_FILED, subject=row.request_id, body=body),
        )
        if clock is not None:
            add_to_clock(connection, row.request_id, event_id, clock)


def _check(new: NewRequest, by: Account | None, today: dt.date, *, has_proof: bool) -> None:
    if new.received_on is not None and new.received_on > today:
        raise InvalidFieldError("received_on", "out_of_range")
    dated = new.channel in {Channel.COUNTER, Channel.POST_SIGNED}
    if dated and new.received_on is None:
        raise InvalidFieldError("received_on", "required")
    if not dated and new.received_on is not None:
        # Art. 31: these begin when both sides have confirmed, which is a step of its own.
        raise InvalidFieldError("received_on", "out_of_range")
    if new.is_oral and not new.read_back:
        raise StepRefusedError("not_read_back")
    if by is None and not has_proof:
        raise StepRefusedError("no_proof_of_identity")
