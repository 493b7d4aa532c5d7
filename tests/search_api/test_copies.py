"""The copies that a viewer sees are those that a brute-force look at every record would give."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from indexer.access import Audience, Disclosure, Level, Opening, Secrecy, Viewer
from indexer.copies import CopyKind
from indexer.copies.fingerprint import Fingerprint
from indexer.database import reading, utc_now, writing
from indexer.records import Description, FileHash, FileRole, Record, RecordId
from indexer.repositories import batches, copies, files, fingerprints, records, withdrawals
from indexer.repositories.records import FileLink, StoredRecord
from indexer.tables import (
    copy_link,
    fingerprint,
    outbox,
    record,
    record_file,
    stored_file,
    withdrawal,
)
from search_api.copies import MAX_LISTED, copies_of, count_copies

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

AGENCIES = ("民政局", "水利局")
FONDS = ("0101", "0102")
HASHES = [FileHash(f"{number:064x}") for number in range(4)]


@dataclass(frozen=True)
class Paper:
    """A record to be."""

    level: Level
    agency: str
    fonds: str
    file: int
    pages: tuple[int, int | None]
    is_removed: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class World:
    """Records with their files, links between those, and somebody who looks."""

    papers: tuple[Paper, ...]
    links: frozenset[tuple[int, int]]
    audience: Audience
    agencies: frozenset[str]
    all_agencies: bool
    granted: frozenset[int]
    granted_fonds: frozenset[str]
    withdrawn_file: int | None
    ids: list[RecordId] = field(default_factory=list)

    @property
    def viewer(self) -> Viewer:
        return Viewer(
            audience=self.audience,
            agencies=self.agencies,
            all_agencies=self.all_agencies,
            granted_records=frozenset(
                each for place, each in enumerate(self.ids) if place in self.granted
            ),
            granted_fonds=self.granted_fonds,
        )


levels = st.builds(
    Level,
    secrecy=st.sampled_from([Secrecy.PUBLIC, Secrecy.INTERNAL, Secrecy.WORK_SECRET]),
    opening=st.sampled_from(Opening),
    disclosure=st.none() | st.sampled_from(Disclosure),
)
papers = st.builds(
    Paper,
    level=levels,
    agency=st.sampled_from(AGENCIES),
    fonds=st.sampled_from(FONDS),
    file=st.integers(0, len(HASHES) - 1),
    pages=st.sampled_from([(1, None), (1, None), (1, 2), (3, None)]),
    is_removed=st.sampled_from([False, False, False, True]),
    is_withdrawn=st.sampled_from([False, False, False, True]),
)
pairs = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda pair: pair[0] < pair[1])
worlds = st.builds(
    World,
    papers=st.lists(papers, min_size=2, max_size=8).map(tuple),
    links=st.frozensets(pairs),
    audience=st.sampled_from(Audience),
    agencies=st.frozensets(st.sampled_from(AGENCIES)),
    all_agencies=st.booleans(),
    granted=st.frozensets(st.integers(0, 7), max_size=2),
    granted_fonds=st.frozensets(st.sampled_from(FONDS), max_size=1),
    withdrawn_file=st.none() | st.integers(0, 3),
)


@pytest.fixture
def batch_number(database: Engine) -> int:
    with writing(database) as connection:
        return batches.begin(
            connection,
            source_id=batches.source_named(connection, "papers", "/papers"),
            manifest=None,
            level=None,
            in_place=False,
            started_by="test",
        )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(world=worlds)
def test_what_is_shown_is_what_the_viewer_may_see_and_nothing_else_counts(
    database: Engine, batch_number: int, world: World
) -> None:
    _build(database, batch_number, world)
    with reading(database) as connection:
        denied = withdrawals.withdrawn_records(connection)
        found = records.load_records(connection, world.ids)
        expected = {each: _brute_force(world, found, each, denied) for each in found}
        counted = count_copies(connection, world.ids, world.viewer, denied)
        for record_id, wanted in expected.items():
            seen = copies_of(connection, found[record_id], world.viewer, denied)
            listed = {each.record.record_id: each.kind for each in seen.listed}
            assert listed == wanted
            assert seen.total == len(wanted)
            assert counted.get(record_id, 0) == len(wanted)
            ranks = [list(CopyKind).index(each.kind) for each in seen.listed]
            assert ranks == sorted(ranks)


def _brute_force(
    world: World,
    found: dict[RecordId, Record],
    own: RecordId,
    denied: frozenset[RecordId],
) -> dict[RecordId, CopyKind]:
    ordered = dict(zip(world.ids, world.papers, strict=True))
    mine = ordered[own]
    seen: dict[RecordId, CopyKind] = {}
    for other, paper in ordered.items():
        is_there = other in found and other not in denied and other != own
        if not is_there or not world.viewer.may_see(found[other].access):
            continue
        ends = (min(mine.file, paper.file), max(mine.file, paper.file))
        if mine.file == paper.file:
            if mine.pages == paper.pages:
                seen[other] = CopyKind.SAME_BYTES
        elif ends in world.links and mine.pages == paper.pages == (1, None):
            seen[other] = CopyKind.NEARLY_SAME if sum(ends) % 2 else CopyKind.SAME_TEXT
    return seen


def test_a_long_list_is_cut_and_its_total_is_not(database: Engine, batch_number: int) -> None:
    papers_ = tuple(
        Paper(Level(opening=Opening.OPEN), "民政局", "0101", 0, (1, None), False, False)
        for _ in range(MAX_LISTED + 3)
    )
    world = World(
        papers_, frozenset(), Audience.PUBLIC, frozenset(), False, frozenset(), frozenset(), None
    )
    _build(database, batch_number, world)
    with reading(database) as connection:
        own = records.load_records(connection, world.ids[:1])[world.ids[0]]
        seen = copies_of(connection, own, world.viewer, frozenset())
    assert (seen.total, len(seen.listed)) == (MAX_LISTED + 2, MAX_LISTED)


def test_a_record_is_listed_once_by_its_closest_file(database: Engine, batch_number: int) -> None:
    one = Paper(Level(opening=Opening.OPEN), "民政局", "0101", 0, (1, None), False, False)
    world = World(
        (one, one), frozenset({(0, 1)}), Audience.PUBLIC, frozenset(), False, frozenset(),
        frozenset(), None,
    )  # fmt: skip
    _build(database, batch_number, world)
    with writing(database) as connection:
        connection.execute(
            insert(record_file).values(
                record_id=world.ids[1], ordinal=1, name="1.pdf", role="text",
                file_hash=HASHES[1], first_page=1,
            )
        )  # fmt: skip
    with reading(database) as connection:
        own = records.load_records(connection, world.ids[:1])[world.ids[0]]
        (seen,) = copies_of(connection, own, world.viewer, frozenset()).listed
    assert (seen.kind, seen.file.ordinal, seen.similarity) == (CopyKind.SAME_BYTES, 0, 1000)


_numbers = count()


def _build(database: Engine, batch_number: int, world: World) -> None:
    with writing(database) as connection:
        for table in (copy_link, fingerprint, record_file, withdrawal, outbox, record, stored_file):
            connection.execute(delete(table))
        files.store_contents(connection, batch_number, dict.fromkeys(HASHES, (1, None)))
        for each in HASHES:
            fingerprints.keep(
                connection, each, "text/1", Fingerprint(length=9, digest="", sketch="", figures=0)
            )
        for first, second in world.links:
            kind = CopyKind.NEARLY_SAME if (first + second) % 2 else CopyKind.SAME_TEXT
            found = {HASHES[second]: (kind, 990)}
            copies.link(connection, HASHES[first], found, utc_now())
        world.ids[:] = [RecordId(f"{next(_numbers):016x}") for _ in world.papers]
        for record_id, paper in zip(world.ids, world.papers, strict=True):
            _save(connection, batch_number, record_id, paper)
        if world.withdrawn_file is not None:
            withdrawals.withdraw_file(
                connection, HASHES[world.withdrawn_file], ground="误收", by="li", at=utc_now()
            )


def _save(connection: Connection, batch_number: int, record_id: RecordId, paper: Paper) -> None:
    first, last = paper.pages
    stored = StoredRecord(
        record_id=record_id,
        source_id=1,
        item_key=record_id,
        external_id="",
        batch_number=batch_number,
        description=Description(
            title=record_id, agency=paper.agency, fonds=paper.fonds, level=paper.level
        ),
        files=(
            FileLink(
                ordinal=0,
                name="0.txt",
                role=FileRole.TEXT,
                file_hash=HASHES[paper.file],
                source_file_id=None,
                first_page=first,
                last_page=last,
            ),
        ),
        content_hash=record_id,
        revision=0,
        removed_at=utc_now() if paper.is_removed else None,
    )
    records.save(connection, [stored])
    if paper.is_withdrawn:
        withdrawals.withdraw_record(connection, record_id, ground="误收", by="li", at=utc_now())
