from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.analysis.thesaurus import Relation
from indexer.database import open_database, reading, utc_now, writing
from indexer.errors import VocabularyRefusedError
from indexer.indexing.generating import PRODUCT, roll_back
from indexer.indexing.lock import writer_lock
from indexer.indexing.revising import go_back, revise
from indexer.indexing.serving import Serving
from indexer.indexing.worker import IndexWorker
from indexer.repositories import generations, vocabularies
from indexer.vocabulary import Entry, Vocabulary, packaged_vocabulary
from tests.fixtures.archive import SmallArchive, settings_in


@pytest.fixture
def archive(tmp_path: Path, sqlite_url: str) -> Iterator[SmallArchive]:
    """On one kind of database: the statements have tests of their own on both."""
    engine = open_database(sqlite_url)
    settings = settings_in(tmp_path, sqlite_url)
    yield SmallArchive(folder=tmp_path / "papers", engine=engine, settings=settings)
    engine.dispose()


SHORT = Entry(term="红旗公社", other="东升乡", relation=Relation.LATER)


def changed(
    archive: SmallArchive, entries: tuple[Entry, ...] = (), words: tuple[str, ...] = ()
) -> int:
    with writing(archive.engine) as connection:
        newest = vocabularies.load(connection, vocabularies.newest(connection))
        return revise(
            connection,
            archive.settings,
            newest.joined(entries, words),
            by="档案员",
            reason="补充",
            at=utc_now(),
        )


def generation(archive: SmallArchive) -> tuple[int, int, int]:
    """Number, files and vocabulary of the one that answers."""
    with reading(archive.engine) as connection:
        row = generations.serving(connection)
    assert row is not None
    return row.number, row.files, row.vocabulary


def test_an_archive_begins_with_the_words_of_the_product(archive: SmallArchive) -> None:
    archive.add("房屋征收办法")
    archive.run()
    assert generation(archive) == (1, 1, 1)
    with reading(archive.engine) as connection:
        (first,) = vocabularies.list_all(connection)
        assert vocabularies.load(connection, 1) == packaged_vocabulary()
    assert (first.number, first.made_by, first.removed) == (1, PRODUCT, 0)
    assert archive.titles("拆迁") == ["房屋征收办法"]


def test_an_entry_answers_at_once_on_the_same_files(archive: SmallArchive) -> None:
    archive.add("东升乡志")
    archive.run()
    assert archive.titles("红旗公社") == []
    service = archive.service
    assert changed(archive, (SHORT,)) == 2
    assert generation(archive) == (2, 1, 2)
    assert archive.titles("红旗公社") == ["东升乡志"]
    answer = archive.ask("红旗公社")
    assert answer.reading.also_searched == ("东升乡",)
    assert answer.generation == 2
    assert service.index_state().generation == 2
    archive.add("东升乡规划")
    archive.run()
    assert len(archive.titles("红旗公社")) == 2
    with writing(archive.engine) as connection:
        assert roll_back(connection, archive.settings, at=utc_now()) == 1
    archive.index()
    assert archive.titles("红旗公社") == []
    assert len(archive.titles("东升乡")) == 2


def test_user_words_take_the_worker_and_the_old_generation_answers_until_then(
    archive: SmallArchive,
) -> None:
    archive.add("一号", "土地承包的通知")
    archive.add("二号", "承包以后的土地")
    archive.run()
    with reading(archive.engine) as connection:
        before = Serving(archive.settings).current(connection)
    assert changed(archive, (SHORT,), ("土地承包",)) == 2
    assert generation(archive) == (1, 1, 1)
    assert archive.ask("土地承包").reading.clauses != ("土地承包",)
    assert archive.ask("红旗公社").reading.also_searched == ()
    archive.index()
    assert generation(archive) == (2, 2, 2)
    answer = archive.ask("土地承包")
    assert answer.reading.clauses == ("土地承包",)
    assert [hit.record.description.title for hit in answer.hits] == ["一号"]
    assert answer.dictionary != before.analyzer.dictionary
    with writing(archive.engine) as connection:
        assert roll_back(connection, archive.settings, at=utc_now()) == 1
    archive.index()
    assert generation(archive) == (1, 1, 1)
    assert archive.ask("土地承包").total == 2


def test_entries_that_come_while_words_are_built_in_serve_with_them(archive: SmallArchive) -> None:
    archive.add("东升乡志", "土地承包")
    archive.run()
    changed(archive, (), ("土地承包",))
    changed(archive, (SHORT,))
    assert generation(archive) == (1, 1, 1)
    archive.index()
    assert generation(archive) == (3, 3, 3) or generation(archive) == (2, 2, 3)
    assert archive.titles("红旗公社") == ["东升乡志"]


def test_words_that_are_taken_back_before_they_serve_leave_nothing(archive: SmallArchive) -> None:
    archive.add("东升乡志")
    archive.run()
    changed(archive, (), ("土地承包",))
    with writing(archive.engine) as connection:
        assert go_back(connection, archive.settings, 1, by="甲", reason="误加", at=utc_now()) == 3
    archive.index()
    assert generation(archive)[2] == 3
    with reading(archive.engine) as connection:
        assert vocabularies.load(connection, 3) == packaged_vocabulary()
        assert vocabularies.list_all(connection)[0].restores == 1
        assert vocabularies.words(connection, 2) == ("土地承包",)


def test_files_are_dropped_with_the_last_generation_that_needs_them(archive: SmallArchive) -> None:
    archive.add("东升乡志")
    archive.run()
    changed(archive, (SHORT,))
    index = archive.settings.index
    changed(archive, (), ("土地承包",))
    archive.index()
    assert {path.name for path in index.iterdir() if path.is_dir()} == {"000001", "000003"}
    changed(archive, (), ("土地流转",))
    archive.index()
    assert {path.name for path in index.iterdir() if path.is_dir()} == {"000003", "000004"}


def test_the_same_again_is_no_version(archive: SmallArchive) -> None:
    assert changed(archive, (SHORT,)) == 2
    assert changed(archive, (SHORT,)) == 2


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_who_changes_it_says_why(archive: SmallArchive, reason: str) -> None:
    with writing(archive.engine) as connection, pytest.raises(VocabularyRefusedError) as refused:
        revise(connection, archive.settings, Vocabulary(), by="甲", reason=reason, at=utc_now())
    assert refused.value.reason == "no_reason"


def test_the_second_of_two_who_change_one_version_is_told(archive: SmallArchive) -> None:
    changed(archive, (SHORT,))
    with writing(archive.engine) as connection, pytest.raises(VocabularyRefusedError) as refused:
        revise(
            connection,
            archive.settings,
            Vocabulary(),
            by="乙",
            reason="改",
            at=utc_now(),
            based_on=1,
        )
    assert refused.value.reason == "moved"
    with writing(archive.engine) as connection, pytest.raises(VocabularyRefusedError) as refused:
        go_back(connection, archive.settings, 9, by="乙", reason="改", at=utc_now())
    assert refused.value.reason == "no_version"


def test_a_build_that_was_overtaken_does_not_serve(archive: SmallArchive) -> None:
    archive.add("东升乡志", "土地承包")
    archive.run()
    changed(archive, (), ("土地承包",))
    with writer_lock(archive.settings.index):
        worker = IndexWorker(archive.engine, archive.settings)
        worker.step()
        changed(archive, (), ("土地流转",))
        worker.catch_up()
        worker.close()
    with reading(archive.engine) as connection:
        row = generations.serving(connection)
    assert row is not None
    assert row.vocabulary == 3
