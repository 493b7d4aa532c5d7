"""The import, step by step.

Walk → what lies in files → catalogue → originals → guard and extraction → records → outbox.

What the catalogue says is saved first, text that was born digital next, and then what an office
program must convert before it can be read; pages that are pictures are left to
:mod:`~indexer.importing.recognizing`, which no import waits for.

The only module that knows the order. Files are read in groups, and the records of a group are saved
as soon as its files are through, so that a long batch is searchable from its first minute. Every
transaction is small; a batch that is killed at any moment and run again goes on from its rows and
ends in the same rows as an undisturbed one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.containers.budget import MIB
from indexer.containers.unpacker import Unpacker
from indexer.conversion.pool import ConvertingPool, needs_office
from indexer.conversion.room import office_program
from indexer.database import reading, writing
from indexer.extraction.pool import ExtractionPool
from indexer.importing.accounting import close_batch, foreseen
from indexer.importing.intake import Intake
from indexer.importing.known_keys import with_known_keys
from indexer.importing.lock import import_lock
from indexer.importing.looking import Memory
from indexer.importing.plan import BatchRequest, make_plan, with_level
from indexer.importing.profiles import kept_profiles
from indexer.importing.progress import Count, Progress, Step
from indexer.importing.recording import Recorder
from indexer.importing.reparsing import key_records
from indexer.importing.spool import Spool
from indexer.importing.stores import Stores
from indexer.importing.taking_in import TakingIn
from indexer.repositories import batches, files, listings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Engine

    from indexer.catalogue.profiles import Profile
    from indexer.importing.plan import Plan
    from indexer.importing.report import BatchReport
    from indexer.repositories.batches import BatchRow
    from indexer.settings import IndexerSettings

__all__ = ["BatchRequest", "Progress", "Step", "dry_run", "run_batch"]

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
        plan = make_plan(
            request,
            unpacker,
            Memory(),
            profiles=profiles,
            demand=settings.extraction_confinement,
        )
    return foreseen(plan)


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
        plan, request = _planned(engine, settings, request, unpacker)
        stores = Stores.of(settings)
        stores.sweep()
        key_records(engine)
        batch = _begin(engine, request)
        _remember(engine, batch, plan)
        with reading(engine) as connection:
            plan = with_known_keys(connection, batch.source_id, plan)
        done = Count(batch.number, len(plan.files), progress)
        done.begin(Step.LOOKING)
        folder, room = request.folder.resolve(), settings.archive_total_mb * MIB
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
        recorder = Recorder(engine, batch, request.level, plan.joined.keys)
        missing = intake.note(plan.files, plan.joined.secret, plan.joined.kept_back, plan.scope)
        done.begin(Step.READING)
        intake.withhold(plan.joined.secret, plan.joined.kept_back)
        recorder.announce(plan.items)
        taking_in = TakingIn(engine, stores, batch.source_id, intake, recorder)
        with ExtractionPool(settings, settings.texts, stores.texts) as pool:
            if office := office_program(settings):
                late = taking_in.take(plan.items, pool, leaving=needs_office)
                taking_in.take(late, ConvertingPool(pool, office, settings, settings.texts))
            else:
                taking_in.take(plan.items, pool)
        intake.keep_archives()
        done.begin(Step.CLOSING)
        _forget_unread(engine, stores)
        return close_batch(engine, batch, plan, recorder.tally, missing)


def _planned(
    engine: Engine, settings: IndexerSettings, request: BatchRequest, unpacker: Unpacker
) -> tuple[Plan, BatchRequest]:
    """The plan, and the request with the level that the catalogue's profile names."""
    with reading(engine) as connection:
        profiles = kept_profiles(connection)
    plan = make_plan(
        request,
        unpacker,
        memory_of(engine, request),
        settings.data,
        profiles,
        demand=settings.extraction_confinement,
    )
    return plan, with_level(request, plan.catalogue.rules.level)


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
