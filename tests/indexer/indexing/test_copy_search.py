"""Copies are found among real files on both databases, once, whatever happens in between."""

from __future__ import annotations

import random
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, func, select, update

from indexer.copies import CopyKind
from indexer.database import reading, utc_now, writing
from indexer.importing.undo import undo_batch
from indexer.indexing import copy_search
from indexer.indexing.copy_search import CopySearch
from indexer.repositories import copies, fingerprints
from indexer.storage.originals import hash_file
from indexer.storage.text_store import FolderTextStore
from indexer.tables import copy_link, fingerprint, fingerprint_band

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.records import FileHash
    from tests.fixtures.archive import SmallArchive


def circular(seed: int, length: int = 600) -> str:
    rng = random.Random(seed)
    return "".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(length)) + f"{seed}0号"


def wrapped(text: str, width: int = 20) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


@pytest.fixture
def filled(archive: SmallArchive) -> SmallArchive:
    archive.add("原件", circular(1))
    archive.add("另存", wrapped(circular(1)))
    archive.add("扫描", "扫描件页眉" + circular(1))
    archive.add("他文", circular(2))
    archive.run()
    return archive


def search(archive: SmallArchive) -> CopySearch:
    found = CopySearch(archive.engine, archive.settings)
    found.run()
    return found


def hash_of(archive: SmallArchive, name: str) -> FileHash:
    return hash_file(archive.folder / f"{name}.txt")


def pairs(archive: SmallArchive) -> dict[frozenset[str], tuple[str, int]]:
    """Linked files by their names."""
    names = {hash_of(archive, each["id"]): each["id"] for each in archive.rows}
    with reading(archive.engine) as connection:
        rows = connection.execute(select(copy_link)).all()
    return {
        frozenset((names[row.first_hash], names[row.second_hash])): (row.kind, row.similarity)
        for row in rows
    }


def rows_left(archive: SmallArchive) -> list[int]:
    with reading(archive.engine) as connection:
        return [
            connection.execute(select(func.count()).select_from(each)).scalar_one()
            for each in (fingerprint, fingerprint_band, copy_link)
        ]


EXPECTED = {
    frozenset(("原件", "另存")): CopyKind.SAME_TEXT,
    frozenset(("原件", "扫描")): CopyKind.NEARLY_SAME,
    frozenset(("另存", "扫描")): CopyKind.NEARLY_SAME,
}


def kinds(archive: SmallArchive) -> dict[frozenset[str], str]:
    return {names: kind for names, (kind, _) in pairs(archive).items()}


def test_copies_are_found_as_files_come_in(filled: SmallArchive) -> None:
    search(filled)
    assert kinds(filled) == EXPECTED
    filled.add("再存", wrapped(circular(1), 33))
    filled.run()
    search(filled)
    assert kinds(filled)[frozenset(("再存", "另存"))] == CopyKind.SAME_TEXT
    assert len(kinds(filled)) == 6
    assert all(0 < per_mille <= 1000 for _, per_mille in pairs(filled).values())


def test_nothing_is_left_to_do_when_all_is_compared(filled: SmallArchive) -> None:
    assert search(filled).step() is False


@pytest.mark.parametrize("killed_in", ["known", "note_compared"])
def test_a_search_that_was_killed_goes_on_to_the_same_end(
    filled: SmallArchive, killed_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = getattr(fingerprints, killed_in)

    def one_then_killed(*arguments: Any, calls: Iterator[int]) -> Any:
        if next(calls):
            raise KeyboardInterrupt
        return whole(*arguments)

    for left in (3, 2, 1):
        killed = CopySearch(filled.engine, filled.settings)
        with monkeypatch.context() as patched:
            patched.setattr(fingerprints, killed_in, partial(one_then_killed, calls=count()))
            with pytest.raises(KeyboardInterrupt):
                killed.run()
        assert _waiting(filled) == left
    search(filled)
    assert kinds(filled) == EXPECTED


def _waiting(archive: SmallArchive) -> int:
    with reading(archive.engine) as connection:
        return fingerprints.count_waiting(connection)


def test_a_step_ends_after_a_moment(filled: SmallArchive) -> None:
    ticks = iter(range(0, 1000, 10))
    found = CopySearch(filled.engine, filled.settings, clock=lambda: next(ticks))
    assert found.step()
    assert _waiting(filled) == 3


def test_two_searches_at_once_note_a_text_once(filled: SmallArchive) -> None:
    with reading(filled.engine) as connection:
        own = fingerprints.waiting(connection, 1)[0]
    with writing(filled.engine) as connection:
        assert fingerprints.note_compared(connection, own)
    with writing(filled.engine) as connection:
        assert not fingerprints.note_compared(connection, own)


def test_what_an_archivist_refused_is_not_found_again(filled: SmallArchive) -> None:
    search(filled)
    pair = hash_of(filled, "扫描"), hash_of(filled, "原件")
    with writing(filled.engine) as connection:
        assert copies.refuse(connection, pair, ground="不同版本", by="li", at=utc_now())
    with writing(filled.engine) as connection:
        assert not copies.refuse(connection, pair, ground="不同版本", by="li", at=utc_now())
        # As after a new version of the fingerprints.
        connection.execute(update(fingerprint).values(version=0))
    search(filled)
    assert kinds(filled).keys() == EXPECTED.keys() - {frozenset(("原件", "扫描"))}


def test_texts_of_a_store_without_fingerprints_get_theirs(filled: SmallArchive) -> None:
    search(filled)
    with writing(filled.engine) as connection:
        for table in (copy_link, fingerprint_band, fingerprint):
            connection.execute(delete(table))
    search(filled)
    assert kinds(filled) == EXPECTED


def test_the_store_is_looked_through_again_after_a_while(filled: SmallArchive) -> None:
    now = [0.0]
    found = CopySearch(filled.engine, filled.settings, clock=lambda: now[0])
    found.run()
    with writing(filled.engine) as connection:
        connection.execute(update(fingerprint).values(version=0))
    assert not found.step()
    now[0] = 10_000.0
    found.run()
    assert kinds(filled) == EXPECTED


def test_a_large_store_is_looked_through_in_pieces(
    filled: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_search, "_CONTENTS_PER_STEP", 1)
    with writing(filled.engine) as connection:
        connection.execute(update(fingerprint).values(version=0, is_compared=True))
    search(filled)
    assert kinds(filled) == EXPECTED


def test_a_text_that_the_store_has_lost_is_passed_over(filled: SmallArchive) -> None:
    FolderTextStore(filled.settings.texts).remove(hash_of(filled, "扫描"))
    search(filled)
    assert kinds(filled) == {frozenset(("原件", "另存")): CopyKind.SAME_TEXT}
    with writing(filled.engine) as connection:
        connection.execute(update(fingerprint).values(version=0))
    search(filled)
    assert kinds(filled) == {frozenset(("原件", "另存")): CopyKind.SAME_TEXT}


def test_no_more_is_read_for_a_text_than_a_moment_allows(
    filled: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_search, "MAX_READ", 100)
    search(filled)
    assert kinds(filled) == {frozenset(("原件", "另存")): CopyKind.SAME_TEXT}


def test_an_undone_batch_leaves_nothing_of_its_texts(filled: SmallArchive) -> None:
    search(filled)
    undo_batch(filled.engine, filled.settings, 1)
    assert rows_left(filled) == [0, 0, 0]
    assert not search(filled).step()


def test_a_file_that_is_quarantined_leaves_nothing_of_its_text(filled: SmallArchive) -> None:
    search(filled)
    before = rows_left(filled)
    filled.add("原件", circular(1), secrecy="机密")
    filled.run()
    search(filled)
    assert kinds(filled) == {frozenset(("另存", "扫描")): CopyKind.NEARLY_SAME}
    assert rows_left(filled) == [before[0] - 1, before[1] - 16, 1]
