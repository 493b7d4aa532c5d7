"""Placing holds, lifting them, and asking for them before anything is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.fields import SHORT, required
from query_room.holds import repository
from query_room.holds.errors import HeldError, HoldNotFoundError
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.holds.model import Hold


class Holds:
    """Holds in force. Who may erase may also keep from being erased."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def place(self, owner: str, *, ground: str, by: Account) -> int:
        """Hold a visit or a request; the number of the hold comes back.

        Raises:
            PermissionDeniedError: The role may not.
            HoldNotFoundError: There is no visit and no request of that number.
            InvalidFieldError: No ground is given.
        """
        by.require(Permission.ERASE_PERSONS)
        ground = required("ground", ground, 2 * SHORT)
        owner = owner.strip()
        now = utc_now()
        with writing(self._engine) as connection:
            if not repository.is_anything(connection, owner):
                raise HoldNotFoundError(f"nothing of the number {owner}")
            hold_id = repository.add(connection, owner, ground, by=by.name, at=now)
            append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.HOLD_PLACED,
                    subject=owner,
                    body={"hold": hold_id, "ground": ground, "by": by.name},
                ),
            )
        return hold_id

    def lift(self, hold_id: int, *, by: Account) -> None:
        """End a hold; what is due is erased at the next run.

        Raises:
            PermissionDeniedError: The role may not.
            HoldNotFoundError: None of that number is in force.
        """
        by.require(Permission.ERASE_PERSONS)
        now = utc_now()
        with writing(self._engine) as connection:
            owner = repository.lift(connection, hold_id, by=by.name, at=now)
            if owner is None:
                raise HoldNotFoundError(f"no hold {hold_id}")
            append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.HOLD_LIFTED,
                    subject=owner,
                    body={"hold": hold_id, "by": by.name},
                ),
            )

    def in_force(self, *, by: Account) -> list[Hold]:
        """Holds that were not lifted, in order."""
        by.require(Permission.ERASE_PERSONS)
        with reading(self._engine) as connection:
            return repository.in_force(connection)


def require_free(connection: Connection, owner: str) -> None:
    """Go on only if nothing keeps a visit or a request from being erased.

    Raises:
        HeldError: It is held, or a review or suit over it is open.
    """
    if repository.is_held(connection, owner):
        raise HeldError(f"{owner} is held")
