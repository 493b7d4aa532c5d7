"""Organs: adding and changing them, who works for them, their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.fields import required
from query_room.organs import repository
from query_room.organs.errors import OrganError, OrganNotFoundError
from query_room.organs.model import DEFAULT_STEPS, Organ, ReviewStep
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.organs.model import Duty, Member
    from search_api.log.model import JsonValue

_DEFAULT_ID = "organ"
_MAX_STEPS = 10


class OrganService:
    """Organs and their people. Changes name who makes them: an account, or the operator."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def ensure_default(self, name: str) -> Organ:
        """The first organ; made from the room's name where there is none yet."""
        with reading(self._engine) as connection:
            found = repository.list_all(connection)
        if found:
            return found[0]
        prefix = f"{name[:1]}依申"
        new = Organ(organ_id=_DEFAULT_ID, name=name, number_prefix=prefix)
        with writing(self._engine) as connection:
            # Two processes may start together: one of them adds it, both find it.
            # It is nobody's act, and the log tells of acts.
            repository.add(connection, new, utc_now())
        return self.load(_DEFAULT_ID)

    def add(self, new: Organ, *, by: str) -> Organ:
        """Add an organ.

        Raises:
            InvalidFieldError: A field is missing, too long or not in its form.
            OrganError: The identifier is taken, or the parent unknown.
        """
        new = new.checked()
        with writing(self._engine) as connection:
            self._check_parent(connection, new)
            if not repository.add(connection, new, utc_now()):
                raise OrganError("exists")
            _tell(connection, EventKind.ORGAN_ADDED, new.organ_id, by=by)
        return new

    def change(self, changed: Organ, *, by: str) -> Organ:
        """Change the facts of an organ; papers that went out keep what they said.

        Raises:
            OrganNotFoundError: There is no such organ.
            InvalidFieldError: A field is missing or too long.
        """
        changed = changed.checked()
        with writing(self._engine) as connection:
            before = _require(connection, changed.organ_id)
            self._check_parent(connection, changed)
            repository.change(connection, changed)
            facts = repository.facts_of(before)
            fields = [
                name for name, value in repository.facts_of(changed).items() if facts[name] != value
            ]
            _tell(connection, EventKind.ORGAN_CHANGED, changed.organ_id, by=by, fields=fields)
        return self.load(changed.organ_id)

    def close(self, organ_id: str, *, by: str) -> None:
        """Let an organ take no more requests, e.g. after a reform.

        Raises:
            OrganNotFoundError: There is no such organ.
        """
        with writing(self._engine) as connection:
            _require(connection, organ_id)
            if repository.close(connection, organ_id, utc_now()):
                _tell(connection, EventKind.ORGAN_CLOSED, organ_id, by=by)

    def load(self, organ_id: str) -> Organ:
        """One organ.

        Raises:
            OrganNotFoundError: There is no such organ.
        """
        with reading(self._engine) as connection:
            return _require(connection, organ_id)

    def list_all(self) -> list[Organ]:
        """Every organ, closed ones too, in the order they were added."""
        with reading(self._engine) as connection:
            return repository.list_all(connection)

    def list_open(self) -> list[Organ]:
        """Organs that take requests, in the order they were added."""
        return [organ for organ in self.list_all() if not organ.is_closed]

    def organs_of(self, account_name: str) -> list[Organ]:
        """Organs that an account works for."""
        with reading(self._engine) as connection:
            return repository.of_account(connection, account_name)

    def members(self, organ_id: str) -> list[Member]:
        """Who works for an organ, by name."""
        with reading(self._engine) as connection:
            return repository.members(connection, organ_id)

    def duties_of(self, account_name: str, organ_id: str) -> frozenset[Duty]:
        """What an account is entrusted with in an organ."""
        with reading(self._engine) as connection:
            return repository.duties(connection, organ_id, account_name)

    def set_duties(
        self, organ_id: str, account_name: str, duties: Collection[Duty], *, by: str
    ) -> None:
        """Entrust an account with duties; none ends its work for the organ.

        Raises:
            OrganNotFoundError: There is no such organ.
        """
        with writing(self._engine) as connection:
            _require(connection, organ_id)
            repository.set_duties(connection, organ_id, account_name, duties)
            names = sorted(duty.value for duty in duties)
            _tell(
                connection,
                EventKind.DUTIES_SET,
                organ_id,
                by=by,
                account=account_name,
                duties=names,
            )

    def require_duty(self, by: Account, organ_id: str, duty: Duty) -> None:
        """Go on only if the account has the duty in the organ.

        Raises:
            PermissionDeniedError: It has not, or its role handles no requests.
        """
        by.require(Permission.HANDLE_REQUESTS)
        if duty not in self.duties_of(by.name, organ_id):
            raise PermissionDeniedError(f"{by.name} is no {duty} of {organ_id}")

    def require_member(self, by: Account, organ_id: str) -> None:
        """Go on only if the account works for the organ.

        Raises:
            PermissionDeniedError: It does not, or its role handles no requests.
        """
        by.require(Permission.HANDLE_REQUESTS)
        if not self.duties_of(by.name, organ_id):
            raise PermissionDeniedError(f"{by.name} does not work for {organ_id}")

    def review_steps(self, organ_id: str) -> tuple[ReviewStep, ...]:
        """Who signs, in order; the usual steps where the organ has set none."""
        with reading(self._engine) as connection:
            return tuple(repository.review_steps(connection, organ_id)) or DEFAULT_STEPS

    def set_review_steps(self, organ_id: str, steps: Sequence[ReviewStep], *, by: str) -> None:
        """Set who signs, in order; reviews that are open go on as they began.

        Raises:
            OrganNotFoundError: There is no such organ.
            InvalidFieldError: No step, too many, or one without a name.
        """
        if not 0 < len(steps) <= _MAX_STEPS:
            raise InvalidFieldError("steps", "out_of_range")
        named = [ReviewStep(name=required("steps", each.name), duty=each.duty) for each in steps]
        with writing(self._engine) as connection:
            _require(connection, organ_id)
            repository.set_review_steps(connection, organ_id, named)
            _tell(
                connection,
                EventKind.REVIEW_STEPS_SET,
                organ_id,
                by=by,
                duties=[step.duty.value for step in named],
            )

    def next_number(self, connection: Connection, organ_id: str, series: str, year: int) -> int:
        """The next number of a series, in the caller's transaction: 1, 2, 3 … without gaps.

        Raises:
            OrganError: The organ takes no more.
        """
        if _require(connection, organ_id).is_closed:
            raise OrganError("closed")
        return repository.next_number(connection, organ_id, series, year)

    def _check_parent(self, connection: Connection, organ: Organ) -> None:
        parent = organ.parent
        while parent is not None:
            above = repository.find(connection, parent)
            if above is None or above.organ_id == organ.organ_id:
                raise OrganError("unknown_parent")
            parent = above.parent


def _require(connection: Connection, organ_id: str) -> Organ:
    found = repository.find(connection, organ_id)
    if found is None:
        raise OrganNotFoundError(f"no organ {organ_id}")
    return found


def _tell(
    connection: Connection, kind: EventKind, organ_id: str, *, by: str, **body: JsonValue
) -> None:
    append(
        connection,
        NewEvent(at=utc_now(), kind=kind, subject=organ_id, body={**body, "by": by}),
    )
