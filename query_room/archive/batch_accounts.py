"""The account of a batch: what came in, what became of every file, and what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.extraction import Reason
from indexer.importing.lock import import_lock
from indexer.importing.quarantine import COPY, MARKED_MEMBER
from indexer.importing.report import BatchReport
from indexer.importing.rereading import RETRIED_WHEN_TOLD
from indexer.repositories import batch_records, batches, differences, failures, outcomes
from indexer.repositories.files import CATALOGUE_SECRET
from query_room.accounts.model import Permission
from query_room.archive.model import BatchAccount, ReasonLine
from query_room.errors import BatchNotFinishedError, BatchNotFoundError, InvalidFieldError
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Engine

    from indexer.importing.report import FileProblem
    from indexer.repositories.batches import BatchRow
    from indexer.repositories.outcomes import FileLine
    from indexer.settings import IndexerSettings
    from query_room.accounts.model import Account

EXAMPLES = 5
"""Paths shown for each reason."""

QUARANTINED = frozenset({Reason.QUARANTINED.value, CATALOGUE_SECRET, COPY, MARKED_MEMBER})
"""Reasons that are no failure: what is marked is kept out on purpose."""


def account_of(engine: Engine, number: int) -> BatchAccount:
    """The account of a finished batch, for whoever may have it.

    Raises:
        BatchNotFoundError: There is none.
        BatchNotFinishedError: It has not finished.
    """
    with reading(engine) as connection:
        batch = _load(connection, number)
        if batch.report is None:
            raise BatchNotFinishedError(f"batch {number} has not finished")
        report = BatchReport.from_json(batch.report)
        return BatchAccount(
            batch=batch,
            report=report,
            reasons=reasons_of(report.problems),
            quarantined=tuple(each.path for each in report.problems if each.reason in QUARANTINED),
            levels=batch_records.by_audience(connection, number),
            texts=batch_records.by_text(connection, number),
            differences=differences.count_of_batch(connection, number),
        )


def reasons_of(problems: Iterable[FileProblem]) -> tuple[ReasonLine, ...]:
    """Failures by reason, the commonest first; what is quarantined is none."""
    found: dict[str, list[FileProblem]] = {}
    for each in problems:
        if each.reason not in QUARANTINED:
            found.setdefault(each.reason, []).append(each)
    lines = (
        ReasonLine(
            reason=reason,
            files=len(files),
            tries=max(each.tries for each in files),
            examples=tuple(files[:EXAMPLES]),
            may_be_retried=reason in RETRIED_WHEN_TOLD,
        )
        for reason, files in found.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.files, line.reason)))


def files_of(engine: Engine, number: int) -> tuple[FileLine, ...]:
    """Every file of a finished batch, by path.

    Of a batch from before outcomes were noted only the files that gave no text are known.

    Raises:
        BatchNotFoundError: There is none.
        BatchNotFinishedError: It has not finished.
    """
    with reading(engine) as connection:
        batch = _load(connection, number)
        if batch.report is None:
            raise BatchNotFinishedError(f"batch {number} has not finished")
        found = tuple(outcomes.of_batch(connection, batch.source_id, number))
    report = BatchReport.from_json(batch.report)
    if len(found) == report.found:
        return found
    return tuple(
        outcomes.FileLine(
            path=each.path,
            outcome="quarantined" if each.reason in QUARANTINED else "failed",
            reason=each.reason,
            detail="" if each.reason in QUARANTINED else each.detail,
            tries=each.tries,
        )
        for each in report.problems
    )


class AccountOfBatches:
    """Accounts of batches, for accounts that manage the archive.

    Every method raises ``PermissionDeniedError`` for others, ``BatchNotFoundError`` where there is
    no such batch and ``BatchNotFinishedError`` where it has not finished.
    """

    def __init__(self, *, engine: Engine, settings: IndexerSettings) -> None:
        self._engine = engine
        self._settings = settings

    def account(self, number: int, *, by: Account) -> BatchAccount:
        """One batch's account."""
        by.require(Permission.MANAGE_ARCHIVE)
        return account_of(self._engine, number)

    def files(self, number: int, *, by: Account) -> tuple[FileLine, ...]:
        """Every file of it."""
        by.require(Permission.MANAGE_ARCHIVE)
        return files_of(self._engine, number)

    def retry(self, number: int, reason: str, *, by: Account) -> int:
        """Let the next import of its folder read again what failed for a reason; how many files.

        Raises:
            InvalidFieldError: The reason is none that waits for somebody's word.
            ImportRunningError: An import runs; the error says whose.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        if reason not in RETRIED_WHEN_TOLD:
            raise InvalidFieldError("reason", "unknown")
        with import_lock(self._settings.data), writing(self._engine) as connection:
            batch = _load(connection, number)
            count = failures.try_again(connection, reason, source_id=batch.source_id)
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.FILES_RETRIED,
                    subject=str(number),
                    body={"by": by.name, "reason": reason, "files": count},
                ),
            )
        return count


def _load(connection: Connection, number: int) -> BatchRow:
    row = batches.load(connection, number)
    if row is None:
        raise BatchNotFoundError(f"no batch {number}")
    return row
