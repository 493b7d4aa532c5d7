"""The account of a batch: from its plan before it runs, from the rows when it is through."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from indexer.database import reading, writing
from indexer.importing.catalogue_account import account_of
from indexer.importing.report import BatchReport, FileProblem
from indexer.repositories import batches, files, outcomes, recognition, scopes

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.importing.plan import Plan
    from indexer.importing.recording import Tally
    from indexer.importing.scope import Scope
    from indexer.repositories.batches import BatchRow

OUTCOMES_AT_ONCE: Final = 500
"""Paths noted in one transaction, to keep it under 100 ms."""


def foreseen(plan: Plan) -> BatchReport:
    """What a batch would find; its number is 0, and nothing has been read."""
    return BatchReport(
        batch_number=0,
        found=len(plan.holdings.files) - plan.holdings.opened,
        archives=plan.holdings.opened,
        members=plan.holdings.member_files,
        indexed=0,
        unchanged=0,
        duplicate=0,
        failed=0,
        quarantined=0,
        records_changed=len(plan.joined.items),
        records_unchanged=0,
        missing=0,
        passed_over=plan.passed_over,
        unreadable=plan.walk.unreadable,
        bad_rows=plan.joined.bad_rows,
        unlisted=plan.unlisted,
        catalogue=account_of(plan.catalogue, plan.joined),
    )


def close_batch(
    engine: Engine, batch: BatchRow, plan: Plan, tally: Tally, missing: int
) -> BatchReport:
    """The account of a batch that is through, kept with it, and what became of every path.

    Args:
        engine: The database.
        batch: The batch.
        plan: What it was to do.
        tally: What became of its records.
        missing: Files that were there in an earlier batch and are gone.
    """
    source, paths = batch.source_id, [each.path for each in plan.files]
    with reading(engine) as connection:
        waiting = recognition.waiting_of(connection, source)
        if plan.scope is None:
            counts = files.count_by_outcome(connection, source, batch.number)
            rows = files.problems_of(connection, source)
        else:
            counts = scopes.outcomes_of(connection, source, batch.number, paths)
            rows = scopes.problems_among(connection, source, paths)
    report = BatchReport(
        batch_number=batch.number,
        found=len(plan.files) - counts.get("opened", 0),
        archives=counts.get("opened", 0),
        members=sum(
            path in plan.holdings.within and not plan.holdings.is_opened(path) for path in paths
        ),
        indexed=counts.get("indexed", 0),
        unchanged=counts.get("unchanged", 0),
        duplicate=counts.get("duplicate", 0),
        failed=counts.get("failed", 0),
        quarantined=counts.get("quarantined", 0),
        records_changed=tally.changed,
        records_unchanged=tally.unchanged,
        records_removed=tally.removed,
        held_back=tally.held_back,
        missing=missing,
        passed_over=plan.passed_over,
        unreadable=plan.walk.unreadable,
        bad_rows=plan.joined.bad_rows,
        unlisted=plan.unlisted,
        is_partial=plan.scope is not None,
        catalogue=account_of(plan.catalogue, plan.joined),
        problems=tuple(
            FileProblem(path=row.path, reason=row.reason, detail=row.detail, tries=row.tries)
            for row in rows
        ),
        by_reason=dict(Counter(row.reason for row in rows)),
        waiting_pages=waiting,
    )
    _note_outcomes(engine, batch, plan.scope)
    with writing(engine) as connection:
        batches.finish(connection, batch.number, report.to_json())
    return report


def _note_outcomes(engine: Engine, batch: BatchRow, scope: Scope | None) -> None:
    """Keep what became of every file: later batches write over it where it stands now.

    What lies outside a scope is as the batch before left it, and needs no word.
    """
    only = None
    if scope is not None:
        with reading(engine) as connection:
            rows = scopes.paths_below(connection, batch.source_id, scope.outermost())
        only = [row.source_file_id for path, row in rows.items() if scope.covers(path)]
    last: int | None = 0
    while last is not None:
        with writing(engine) as connection:
            last = outcomes.note(
                connection,
                batch.source_id,
                batch.number,
                after=last,
                limit=OUTCOMES_AT_ONCE,
                only=only,
            )
