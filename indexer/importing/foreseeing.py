"""What an import would find: a dry run, against what the archive holds already."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from indexer.catalogue import BadRow
from indexer.containers.unpacker import Unpacker
from indexer.database import reading
from indexer.importing.pipeline import memory_of
from indexer.importing.plan import make_plan
from indexer.importing.profiles import kept_profiles
from indexer.importing.rereading import is_same
from indexer.repositories import batches, files, pace
from indexer.repositories.files import PathState
from indexer.storage.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Engine

    from indexer.importing.plan import BatchRequest, Plan
    from indexer.importing.walk import FoundFile
    from indexer.repositories.files import PathRow
    from indexer.settings import IndexerSettings

KINDS_SHOWN: Final = 20
EXAMPLES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """Files of one kind, by the ending of their names: their content was not looked at.

    Attributes:
        ending: In small letters without the dot, ``""`` for none, ``"…"`` for all further ones.
        size: Bytes of all of them.
    """

    ending: str
    files: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What an import would find; nothing was written, and nothing read but names and catalogue.

    Attributes:
        files: Files found. size: Bytes of all of them.
        kinds: The same by the endings of their names, the commonest first.
        new: Files never seen before. changed: Files that look different. known: Files that look as
            they did. missing: Files that were there and are gone.
        joined: Rows of the catalogue that have files. paper: Rows without any.
        bad_rows: Rows that cannot be used. unlisted: Files that no row names.
        secret: Files that the catalogue calls state secrets and that would not be opened.
        kept_back: Files that only bad rows name.
        row_examples: The first bad rows. unlisted_examples: The first files without a row.
        has_catalogue: Whether there is a catalogue at all.
        seconds: How long it may take by the pace of earlier batches; ``None`` where there is none.
    """

    files: int
    size: int
    kinds: tuple[KindCount, ...]
    new: int
    changed: int
    known: int
    missing: int
    has_catalogue: bool
    joined: int
    paper: int
    bad_rows: int
    unlisted: int
    secret: int
    kept_back: int
    passed_over: int
    unreadable: tuple[str, ...]
    row_examples: tuple[BadRow, ...]
    unlisted_examples: tuple[str, ...]
    seconds: int | None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Findings:
        """The inverse of :meth:`to_json`."""
        rows = tuple(
            BadRow(**{**row, "paths": tuple(row["paths"])}) for row in body["row_examples"]
        )
        return cls(
            **{
                **body,
                "kinds": tuple(KindCount(**each) for each in body["kinds"]),
                "unreadable": tuple(body["unreadable"]),
                "row_examples": rows,
                "unlisted_examples": tuple(body["unlisted_examples"]),
            }
        )


def foresee(engine: Engine, settings: IndexerSettings, request: BatchRequest) -> Findings:
    """What a batch would find.

    Raises:
        ImportRefusedError: The folder or the catalogue cannot be read.
    """
    with Unpacker(settings, request.folder) as unpacker:
        with reading(engine) as connection:
            profiles = kept_profiles(connection)
        memory = memory_of(engine, request)
        plan = make_plan(
            request,
            unpacker,
            memory,
            settings.data,
            profiles,
            demand=settings.extraction_confinement,
        )
    name = request.source_name or str(request.folder.resolve())
    with reading(engine) as connection:
        source_id = batches.source_id_of(connection, name)
        known = files.paths_of(connection, source_id) if source_id is not None else {}
        files_a_second = pace.files_a_second(connection)
    if plan.scope is not None:
        known = {path: row for path, row in known.items() if plan.scope.covers(path)}
    return _findings(plan, known, files_a_second, has_catalogue=request.manifest is not None)


def _findings(
    plan: Plan, known: dict[str, PathRow], files_a_second: float | None, *, has_catalogue: bool
) -> Findings:
    # An archive that is opened is no file of the account: what it holds stands for it.
    found = [each for each in plan.files if not plan.holdings.is_opened(each.path)]
    new = [each for each in found if each.path not in known]
    same = sum(each.path in known and is_same(known[each.path], each) for each in found)
    present = {each.path for each in plan.files}
    to_read = len(found) - same
    joined = plan.joined
    return Findings(
        files=len(found),
        size=sum(each.size for each in found),
        kinds=_kinds(found),
        new=len(new),
        changed=to_read - len(new),
        known=same,
        missing=sum(
            path not in present and row.state is not PathState.MISSING
            for path, row in known.items()
        ),
        has_catalogue=has_catalogue,
        joined=sum(item.row is not None and bool(item.files) for item in joined.items),
        paper=sum(item.row is not None and not item.files for item in joined.items),
        bad_rows=len(joined.bad_rows),
        unlisted=len(plan.unlisted),
        secret=len(joined.secret),
        kept_back=len(joined.kept_back),
        passed_over=plan.passed_over,
        unreadable=tuple(shown(each) for each in plan.walk.unreadable[:EXAMPLES]),
        row_examples=joined.bad_rows[:EXAMPLES],
        unlisted_examples=tuple(shown(each) for each in plan.unlisted[:EXAMPLES]),
        seconds=round(to_read / files_a_second) if files_a_second else None,
    )


def _kinds(found: Iterable[FoundFile]) -> tuple[KindCount, ...]:
    counted: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for each in found:
        ending = PurePosixPath(each.path).suffix.lower().removeprefix(".")[:_LONGEST_ENDING]
        counted[ending] += 1
        sizes[ending] += each.size
    common = counted.most_common()
    kinds = [
        KindCount(ending=ending, files=count, size=sizes[ending])
        for ending, count in common[:KINDS_SHOWN]
    ]
    rest = common[KINDS_SHOWN:]
    if rest:
        kinds.append(
            KindCount(
                ending="…",
                files=sum(count for _, count in rest),
                size=sum(sizes[ending] for ending, _ in rest),
            )
        )
    return tuple(kinds)


_LONGEST_ENDING: Final = 12
