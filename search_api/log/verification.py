"""Walk the chain again and name whatever is not as it was written.

What this proves: nothing that was sealed has been changed, removed, added or reordered since,
unless everything after it was written anew as well. Against that, heads printed day by day and kept
on paper are compared too.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.database import reading
from search_api.log import chain, repository
from search_api.log.model import Finding, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Engine

    from search_api.log.model import Seal
    from search_api.log.repository import StoredBody, StoredEvent, StoredMember

_MAX_COMPARED: Final = 100
"""Changed events of one seal that are compared pairwise to tell an exchange from a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What a verification saw.

    Attributes:
        event_count: Events in the log. unsealed_count: Those that no seal holds yet.
        erased_count: Events whose body was erased on record.
        seal_count: Links of the chain. head: The last of them, or ``None``.
        findings: What does not fit; empty for a whole log.
    """

    event_count: int
    unsealed_count: int
    erased_count: int
    seal_count: int
    head: Seal | None
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether everything is as it was written."""
        return not self.findings


def verify(engine: Engine, printed_heads: Mapping[int, str] | None = None) -> VerifyReport:
    """Check every event, body and seal on one snapshot of the log; nothing is changed.

    Args:
        engine: The database.
        printed_heads: Digests kept apart, by number of the seal.
    """
    with reading(engine) as connection:
        return _Verification(connection, printed_heads or {}).run()


class _Verification:
    """One walk; holds what has to be remembered between its steps."""

    def __init__(self, connection: Connection, printed_heads: Mapping[int, str]) -> None:
        self._connection = connection
        self._printed = dict(printed_heads)
        self._erasures = frozenset(_recorded_erasures(connection))
        self._erased = 0
        self._findings: list[Finding] = []

    def run(self) -> VerifyReport:
        seals = list(repository.all_seals(self._connection))
        self._check_chain(seals)
        self._check_members({seal.number: seal for seal in seals})
        unsealed = self._check_pending()
        self._check_strays()
        return VerifyReport(
            event_count=repository.count_events(self._connection),
            unsealed_count=unsealed,
            erased_count=self._erased,
            seal_count=len(seals),
            head=seals[-1] if seals else None,
            findings=tuple(self._findings),
        )

    def _find(
        self,
        problem: Problem,
        *,
        event_id: int | None = None,
        seal_number: int | None = None,
        detail: str = "",
    ) -> None:
        self._findings.append(
            Finding(problem=problem, event_id=event_id, seal_number=seal_number, detail=detail)
        )

    def _check_chain(self, seals: Sequence[Seal]) -> None:
        expected, previous = 1, chain.GENESIS
        for seal in seals:
            for number in range(expected, min(seal.number, expected + _MAX_COMPARED)):
                self._find(Problem.SEAL_MISSING, seal_number=number)
            if seal.previous_digest != previous:
                self._find(
                    Problem.SEAL_BROKEN,
                    seal_number=seal.number,
                    detail="does not continue the seal before it",
                )
            expected, previous = seal.number + 1, seal.digest
        by_number = {seal.number: seal.digest for seal in seals}
        for number, digest in sorted(self._printed.items()):
            if by_number.get(number) != digest:
                self._find(Problem.HEAD_DIFFERS, seal_number=number)

    def _check_members(self, seals: dict[int, Seal]) -> None:
        unseen = dict(seals)
        groups = itertools.groupby(
            repository.all_members(self._connection), key=lambda member: member.seal_number
        )
        for number, group in groups:
            members = list(group)
            self._check_events(members)
            seal = unseen.pop(number, None)
            if seal is None:
                for member in members:
                    self._find(Problem.SEAL_MISSING, event_id=member.event_id, seal_number=number)
            else:
                self._check_digest(seal, members)
        for number in unseen:
            self._find(Problem.SEAL_BROKEN, seal_number=number, detail="holds no event")

    def _check_events(self, members: Sequence[StoredMember]) -> None:
        changed: list[StoredMember] = []
        for member in members:
            if member.event is None:
                self._find(
                    Problem.MISSING, event_id=member.event_id, seal_number=member.seal_number
                )
                continue
            if _leaf(member.event) != member.leaf:
                changed.append(member)
            self._check_body(member.event, member.body, member.seal_number)
        exchanged = _exchanged(changed[:_MAX_COMPARED])
        for member in changed:
            self._find(
                Problem.REORDERED if member.event_id in exchanged else Problem.CHANGED,
                event_id=member.event_id,
                seal_number=member.seal_number,
            )

    def _check_digest(self, seal: Seal, members: Sequence[StoredMember]) -> None:
        leaves = [member.leaf for member in members]
        if chain.seal_digest(seal, leaves) == seal.digest and len(members) == seal.event_count:
            return
        self._find(
            Problem.SEAL_BROKEN,
            seal_number=seal.number,
            detail=f"made over {seal.event_count} events, holds {len(members)}",
        )
        if len(members) != seal.event_count + 1:
            return
        # One too many: the one without which the digest fits was added or moved here.
        for place, member in enumerate(members):
            if chain.seal_digest(seal, leaves[:place] + leaves[place + 1 :]) == seal.digest:
                self._find(Problem.ADDED, event_id=member.event_id, seal_number=seal.number)

    def _check_body(
        self, event: StoredEvent, body: StoredBody | None, seal_number: int | None
    ) -> None:
        problem = None
        if body is None:
            problem = Problem.BODY_MISSING
        elif body.erased_at is not None:
            if body.salt is not None or body.body is not None:
                problem = Problem.BODY_CHANGED
            elif (event.event_id, body.erased_at, body.erase_ground) not in self._erasures:
                problem = Problem.ERASED_UNRECORDED
            else:
                self._erased += 1
        elif not _keeps(event, body):
            problem = Problem.BODY_CHANGED
        if problem is not None:
            self._find(problem, event_id=event.event_id, seal_number=seal_number)

    def _check_pending(self) -> int:
        unsealed = 0
        sealed_too = set(repository.sealed_and_waiting(self._connection))
        for event_id, event, body in repository.pending_with_bodies(self._connection):
            if event_id in sealed_too:
                self._find(Problem.ADDED, event_id=event_id, detail="sealed, yet waits again")
            elif event is None:
                self._find(Problem.MISSING, event_id=event_id, detail="was not sealed yet")
            else:
                unsealed += 1
                self._check_body(event, body, None)
        return unsealed

    def _check_strays(self) -> None:
        for event_id in repository.stray_events(self._connection):
            self._find(Problem.ADDED, event_id=event_id, detail="neither sealed nor waiting")
        for event_id in repository.stray_bodies(self._connection):
            self._find(Problem.ADDED, event_id=event_id, detail="a body without an event")


def _keeps(event: StoredEvent, body: StoredBody) -> bool:
    """Whether the body is the one that the event committed to."""
    if not isinstance(body.salt, str) or not isinstance(body.body, str):
        return False
    return chain.commitment(body.salt, body.body) == event.commitment


def _recorded_erasures(connection: Connection) -> Iterator[tuple[int, dt.datetime, str]]:
    """Event number, time and ground of every erasure that an event tells of."""
    for at, text in repository.erasures(connection):
        try:
            body = json.loads(text)
            yield from [(int(number), at, str(body["ground"])) for number in body["events"]]
        except (ValueError, TypeError, KeyError):
            # A body that was meddled with: its own check names it.
            continue


def _leaf(event: StoredEvent, event_id: int | None = None) -> str:
    number = event.event_id if event_id is None else event_id
    try:
        return chain.leaf(number, event.at, event.kind, event.subject, event.commitment)
    except (TypeError, ValueError):
        # Somebody stored bytes where text belongs: it is no event that was ever written.
        return ""


def _exchanged(changed: Sequence[StoredMember]) -> set[int]:
    """Those of the changed events that stand in each other's places."""
    found = set()
    for member in changed:
        for other in changed:
            if member is other or other.event is None:
                continue
            if _leaf(other.event, member.event_id) == member.leaf:
                found |= {member.event_id, other.event_id}
    return found
