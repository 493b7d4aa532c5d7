"""The import, step by step.

Walk → what lies in files → catalogue → originals → guard and extraction → records → outbox.

What the catalogue says is saved first and text that was born digital next; pages that are pictures
are left to :mod:`~indexer.importing.recognizing`, which no import waits for.

The only module that knows the order. Files are read in groups, and the records of a group are saved
as soon as its files are through, so that a long batch is searchable from its first minute. Every
transaction is small; a batch that is killed at any moment and run again goes on from its rows and
ends in the same rows as an undisturbed one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from indexer.containers.budget import MIB
from indexer.containers.unpacker import Unpacker
from indexer.database import reading, writing
from indexer.extraction.pool import ExtractionPool
from indexer.importing.catalogue_account import account_of
from indexer.importing.intake import Intake
from indexer.importing.known_keys import with_known_keys
from indexer.importing.lock import import_lock
from indexer.importing.looking import Memory
from indexer.importing.plan import BatchRequest, make_plan, with_level
from indexer.importing.profiles import kept_profiles
from indexer.importing.progress import Count, Progress, Step
from indexer.importing.recording import Recorder
from indexer.importing.reparsing import key_records, reparse_at
from indexer.importing.report import BatchReport, FileProblem
from indexer.importing.spool import Spool
from indexer.importing.stores import Stores
from indexer.repositories import batches, files, listings, outcomes, recognition, scopes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Engine

    from indexer.catalogue.profiles import Profile
    from indexer.importing.plan import Plan
    from indexer.importing.recording import Tally
    from indexer.importing.scope import Scope
    from indexer.repositories.batches import BatchRow
    from indexer.settings import IndexerSettings

__all__ = ["BatchRequest", "Progress", "Step", "dry_run", "run_batch"]

GROUP: Final = 400
"""Records whose files are read together before they are saved."""

OUTCOMES_AT_ONCE: Final = 500
"""Paths noted in one transaction, to keep it under 100 ms."""

_LISTINGS_AT_ONCE: Final = 50


def dry_run(
    request: BatchRequest, settings: IndexerSettings, profiles: Sequence[Profile] = ()
) -> BatchReport:
    """What a batch would find; nothing is written to the archive, and no text is read.

    Args:
        request: What was asked for.
        settings: Of the archive.
        profiles: Kept profiles of catalogues, as :func:`run_batch` would find them.

    Raises:
        ImportRefusedError: The folder or the catalogue cannot be read.
    """
    with Unpacker(settings, request.folder) as unpacker:
        plan = make_plan(request, unpacker, Memory(), profiles=profiles)
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


def run_batch(
    engine: Engine,
    settings: IndexerSettings,
    request: BatchRequest,
    progress: Callable[[Progress], None] = lambda _: None,
) -> BatchReport:
    """Run a batch, or go on with one of the same source that was cut short.

    Raises:
        ImportRefusedError: The folder or the catalogue cannot be read, or another import runs.
        StorageFullError: No space; run again to go on.
    """
    with import_lock(settings.data), Unpacker(settings, request.folder, settings.spool) as unpacker:
        with reading(engine) as connection:
            profiles = kept_profiles(connection)
        memory = memory_of(engine, request)
        plan = make_plan(request, unpacker, memory, settings.data, profiles)
        request = with_level(request, plan.catalogue.rules.level)
        stores = Stores.of(settings)
        stores.sweep()
        key_records(engine)
        batch = _begin(engine, request)
        _remember(engine, batch, plan)
        done = Count(batch.number, len(plan.files), progress)
        done.begin(Step.LOOKING)
        folder = request.folder.resolve()
        room = settings.archive_total_mb * MIB
        spool = Spool(folder, settings.spool, unpacker, plan.holdings, room)
        intake = Intake(
            engine,
            stores,
            batch,
            folder,
            holdings=plan.holdings,
            spool=spool,
            on_settled=done.add,
        )
        with reading(engine) as connection:
            plan = with_known_keys(connection, batch.source_id, plan)
        joined = plan.joined
        recorder = Recorder(
            engine, batch, request.level, frozenset(item.key for item in joined.items)
        )
        missing = intake.note(plan.files, joined.secret, joined.kept_back, plan.scope)
        done.begin(Step.READING)
        intake.withhold(joined.secret, joined.kept_back)
        recorder.announce(plan.items)
        with ExtractionPool(settings, settings.texts) as pool:
            for start in range(0, len(plan.items), GROUP):
                group = plan.items[start : start + GROUP]
                paths = [path for item in group for path in item.paths]
                intake.read(paths, pool)
                reparse_at(engine, stores, batch.source_id, paths)
                recorder.save(group)
        intake.keep_archives()
        done.begin(Step.CLOSING)
        _forget_unread(engine, stores)
        return _finish(engine, batch, plan, recorder.tally, missing)


def memory_of(engine: Engine, request: BatchRequest) -> Memory:
    """What earlier batches of the source learnt of its files."""
    name = request.source_name or str(request.folder.resolve())
    with reading(engine) as connection:
        return Memory(
            listings=listings.known(connection, name), kinds=listings.kinds(connection, name)
        )


def _remember(engine: Engine, batch: BatchRow, plan: Plan) -> None:
    """Keep what was learnt of archives and messages, for as long as they do not change."""
    learnt = plan.holdings.learnt
    for start in range(0, len(learnt), _LISTINGS_AT_ONCE):
        with writing(engine) as connection:
            listings.keep(connection, batch.source_id, learnt[start : start + _LISTINGS_AT_ONCE])


def _begin(engine: Engine, request: BatchRequest) -> BatchRow:
    folder = str(request.folder.resolve())
    with writing(engine) as connection:
        number = batches.begin(
            connection,
            source_id=batches.source_named(connection, request.source_name or folder, folder),
            manifest=str(request.manifest.resolve()) if request.manifest else None,
            level=request.level_name,
            in_place=request.in_place,
            started_by=request.started_by,
        )
        batch = batches.load(connection, number)
    assert batch is not None  # noqa: S101 - made in the same transaction
    return batch


def _forget_unread(engine: Engine, stores: Stores) -> None:
    """Drop what a run that was cut short had copied from files that are gone since: unguarded."""
    with reading(engine) as connection:
        unread = files.left_unread(connection)
    for file_hash in unread:
        stores.forget(file_hash)
        with writing(engine) as connection:
            files.forget_content(connection, file_hash)


def _finish(engine: Engine, batch: BatchRow, plan: Plan, tally: Tally, missing: int) -> BatchReport:
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
