"""Opening, closing and reading visits; revealing and erasing who came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from indexer.database import overwrite_erased, reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.errors import VisitAlreadyOpenError, VisitClosedError, VisitNotFoundError
from query_room.fields import SHORT, required
from query_room.holds import require_free
from query_room.visits import repository
from query_room.visits.model import Purpose, Standing, Visit
from query_room.visits.personal_data import ERASABLE, PersonalData
from query_room.visits.repository import VisitRow
from search_api.china_time import day_bounds, day_in_china
from search_api.log import EventKind, NewEvent, append
from search_api.log.service import erase_within, subject_events

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.vault import Vault
    from query_room.visits.model import NewVisit, Visitor


class VisitService:
    """Visits at the counter.

    Every method asks the account's permission first and raises ``PermissionDeniedError`` without.
    """

    def __init__(self, *, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._personal = PersonalData(vault)

    def open_visit(self, new: NewVisit, *, by: Account) -> Visit:
        """Begin to serve somebody; every search of the account now goes to this visit.

        Raises:
            VisitAlreadyOpenError: The account still serves somebody else.
            InvalidFieldError: A field is missing or too long.
        """
        by.require(Permission.SERVE_VISITORS)
        visitor = new.visitor.checked()
        terminal = required("terminal", new.terminal)
        identity_digest, phone_digest = self._personal.digests(visitor)
        now = utc_now()
        try:
            with writing(self._engine) as connection:
                _refuse_second(connection, by)
                visit_id = _next_id(connection, now)
                append(
                    connection,
                    NewEvent(
                        at=now,
                        kind=EventKind.VISIT_OPENED,
                        subject=visit_id,
                        body={
                            "purpose": new.purpose.value,
                            "standing": new.standing.value,
                            "identity_kind": visitor.identity_kind.value,
                            "terminal": terminal,
                            "by": by.name,
                        },
                    ),
                )
                row = VisitRow(
                    visit_id=visit_id,
                    purpose=new.purpose.value,
                    standing=new.standing.value,
                    terminal=terminal,
                    opened_by=by.name,
                    opened_at=now,
                    closed_by=None,
                    closed_at=None,
                    person_event_id=self._personal.keep_visitor(connection, visit_id, visitor, now),
                    identity_digest=identity_digest,
                    phone_digest=phone_digest,
                    erased_at=None,
                )
                repository.add(connection, row)
        except IntegrityError:
            # On PostgreSQL two windows of one account can pass the check together.
            with reading(self._engine) as connection:
                _refuse_second(connection, by)
            raise
        return self.load(visit_id, by=by)

    def close_visit(self, visit_id: str, *, by: Account) -> Visit:
        """End a visit.

        Raises:
            VisitNotFoundError: There is no such visit.
            VisitClosedError: It has ended already.
        """
        by.require(Permission.SERVE_VISITORS)
        now = utc_now()
        with writing(self._engine) as connection:
            require_visit(connection, visit_id)
            if not repository.close(connection, visit_id, by=by.name, at=now):
                raise VisitClosedError(f"visit {visit_id} has ended")
            append(
                connection,
                NewEvent(
                    at=now, kind=EventKind.VISIT_CLOSED, subject=visit_id, body={"by": by.name}
                ),
            )
        return self.load(visit_id, by=by)

    def current_visit(self, account: Account) -> Visit | None:
        """The visit that the account has open, or ``None``."""
        if not account.may(Permission.SERVE_VISITORS):
            return None
        with reading(self._engine) as connection:
            row = repository.open_visit_of(connection, account.name)
            return None if row is None else self._visits(connection, [row])[0]

    def load(self, visit_id: str, *, by: Account) -> Visit:
        """A visit, the visitor masked.

        Raises:
            VisitNotFoundError: There is no such visit.
        """
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            return self._visits(connection, [require_visit(connection, visit_id)])[0]

    def visits_of_day(self, day: dt.date, *, by: Account) -> list[Visit]:
        """Visits opened on a day in China, in order, visitors masked."""
        by.require(Permission.SERVE_VISITORS)
        start, end = day_bounds(day)
        with reading(self._engine) as connection:
            return self._visits(connection, repository.between(connection, start, end))

    def visits_of_same_person(self, visit_id: str, *, by: Account) -> list[Visit]:
        """The other visits of whoever showed the same document, in order.

        Raises:
            VisitNotFoundError: There is no such visit.
        """
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            own = require_visit(connection, visit_id)
            if own.identity_digest is None:
                return []
            rows = repository.of_identity(connection, own.identity_digest)
            return self._visits(connection, [row for row in rows if row.visit_id != visit_id])

    def reveal(self, visit_id: str, *, ground: str, by: Account) -> Visitor:
        """The visitor in full; that it was looked at, by whom and why, is logged first.

        Raises:
            VisitNotFoundError: There is no such visit.
            PersonErasedError: Who came was erased.
            InvalidFieldError: No ground is given.
        """
        by.require(Permission.REVEAL_PERSONS)
        ground = required("ground", ground, 5 * SHORT)
        with writing(self._engine) as connection:
            row = require_visit(connection, visit_id)
            visitor = self._personal.visitor(connection, visit_id, row.person_event_id)
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.VISITOR_REVEALED,
                    subject=visit_id,
                    body={"ground": ground, "by": by.name},
                ),
            )
        return visitor

    def erase_person(self, visit_id: str, *, ground: str, by: Account) -> None:
        """Erase who came and every free text of the visit; that there was a visit stays.

        Raises:
            VisitNotFoundError: There is no such visit.
            HeldError: It is held back.
            InvalidFieldError: No ground is given.
        """
        by.require(Permission.ERASE_PERSONS)
        ground = required("ground", ground, 5 * SHORT)
        now = utc_now()
        with writing(self._engine) as connection:
            require_visit(connection, visit_id)
            require_free(connection, visit_id)
            personal = [
                event.event_id
                for event in subject_events(connection, visit_id)
                if event.kind in ERASABLE and event.body is not None
            ]
            erase_within(connection, personal, ground, by.name, now)
            repository.forget_person(connection, visit_id, now)
        overwrite_erased(self._engine)

    def _visits(self, connection: Connection, rows: Sequence[VisitRow]) -> list[Visit]:
        visitors = self._personal.visitors(
            connection, [(row.visit_id, row.person_event_id) for row in rows]
        )
        return [
            Visit(
                visit_id=row.visit_id,
                visitor=visitors[row.visit_id].masked() if row.visit_id in visitors else None,
                purpose=Purpose(row.purpose),
                standing=Standing(row.standing),
                terminal=row.terminal,
                opened_by=row.opened_by,
                opened_at=row.opened_at,
                closed_by=row.closed_by,
                closed_at=row.closed_at,
            )
            for row in rows
        ]


def require_visit(connection: Connection, visit_id: str) -> VisitRow:
    """The row of a visit.

    Raises:
        VisitNotFoundError: There is no such visit.
    """
    row = repository.find(connection, visit_id)
    if row is None:
        raise VisitNotFoundError(f"no visit {visit_id}")
    return row


def lock_visit(connection: Connection, visit_id: str) -> VisitRow:
    """The row of a visit, kept from changing until the transaction ends.

    Raises:
        VisitNotFoundError: There is no such visit.
    """
    row = repository.lock(connection, visit_id)
    if row is None:
        raise VisitNotFoundError(f"no visit {visit_id}")
    return row


def _next_id(connection: Connection, now: dt.datetime) -> str:
    day = day_in_china(now)
    return f"{day:%Y%m%d}-{repository.next_number(connection, day):03d}"


def _refuse_second(connection: Connection, by: Account) -> None:
    still_open = repository.open_visit_of(connection, by.name)
    if still_open is not None:
        raise VisitAlreadyOpenError(still_open.visit_id)
