"""What is due to be erased, and erasing it, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.database import reading, utc_now
from query_room.accounts.model import Permission
from query_room.holds import HeldError
from query_room.retention import repository
from search_api.china_time import day_bounds, day_in_china

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine

    from query_room.accounts.model import Account
    from query_room.requests.intake import Intake
    from query_room.retention.rules import RetentionRule
    from query_room.visits import VisitService


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a rule says is due. ``owners``: visits or requests, the oldest first."""

    rule: RetentionRule
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Something that was erased now."""

    kind: str
    owner: str


class RetentionService:
    """Erases through the same acts as a person would: each is on record, the chain stays whole."""

    def __init__(
        self,
        *,
        engine: Engine,
        rules: Sequence[RetentionRule],
        visits: VisitService,
        intake: Intake,
    ) -> None:
        self._engine = engine
        self._rules = rules
        self._visits = visits
        self._intake = intake

    def due(self) -> tuple[Due, ...]:
        """What is due today, by rule."""
        today = day_in_china(utc_now())
        found = []
        with reading(self._engine) as connection:
            for rule in self._rules:
                before = rule.ends_before(today)
                owners = (
                    repository.visits_closed_before(connection, day_bounds(before)[0])
                    if rule.kind == "visit"
                    else repository.requests_closed_before(connection, before)
                )
                found.append(Due(rule=rule, owners=tuple(owners)))
        return tuple(found)

    def run(self, *, by: Account, limit: int | None = None) -> Iterator[Erased]:
        """Erase what is due, each in a transaction of its own, and tell of it as it goes.

        Args:
            by: Who answers for it.
            limit: At most so many; the rest stays due.

        Raises:
            PermissionDeniedError: The account may not erase.
        """
        by.require(Permission.ERASE_PERSONS)
        owed = [(due, owner) for due in self.due() for owner in due.owners]
        for due, owner in owed[:limit]:
            ground = f"保存期满{due.rule.years}年：{due.rule.source}"[:500]
            try:
                if due.rule.kind == "visit":
                    self._visits.erase_person(owner, ground=ground, by=by)
                else:
                    self._intake.erase_applicant(owner, ground=ground, by=by)
            except HeldError:
                continue  # held since the list was made
            yield Erased(kind=due.rule.kind, owner=owner)
