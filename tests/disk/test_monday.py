"""The archivist's Monday: a disk comes in with its catalogue and leaves an account that adds up."""

from __future__ import annotations

import csv
import io
import threading
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import docx
import pytest

from indexer.access import LEVEL_PRESETS
from indexer.database import migrate, open_database, reading
from indexer.importing.pipeline import BatchRequest, run_batch
from indexer.importing.recognizing import backlog, recognize
from indexer.indexing.copy_search import CopySearch
from indexer.repositories import copies
from indexer.repositories.files import paths_of
from query_room.archive.batch_accounts import account_of, files_of
from query_room.archive.batch_paper import files_csv, paper_of
from query_room.letters.docx import draw_docx
from tests.conftest import ROOMS
from tests.disk.catalogue import PAPER_ONLY, make_catalogue
from tests.disk.disk import FILES, LACKING_NUMBER, LISTED, YEARS, make_disk
from tests.fixtures.archive import ARCHIVIST, SmallArchive, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.importing.report import BatchReport
    from tests.disk.catalogue import Written
    from tests.disk.disk import Disk


@dataclass
class Monday:
    """The disk, its catalogue, and the archive after the import."""

    disk: Disk
    catalogue: Written
    archive: SmallArchive
    report: BatchReport

    def imported_again(self) -> BatchReport:
        """The account of one more import of the same disk."""
        return run_batch(self.archive.engine, self.archive.settings, self.request)

    @property
    def request(self) -> BatchRequest:
        """What the archivist asks for."""
        return BatchRequest(
            folder=self.disk.folder,
            manifest=self.catalogue.path,
            level=LEVEL_PRESETS["staff"],
            level_name="staff",
            started_by="档案员",
        )

    def found(self) -> dict[str, str]:
        """Every path with what became of it, a reason where there is one."""
        with reading(self.archive.engine) as connection:
            return {
                path: row.reason or row.outcome
                for path, row in paths_of(connection, 1).items()
                if row.outcome != "opened"
            }


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monday]:
    """One import for every question of this file: it takes a minute."""
    folder = tmp_path_factory.mktemp("monday")
    disk = make_disk(folder / "disk")
    catalogue = make_catalogue(disk, folder / "归档文件目录.xlsx")
    url = f"sqlite:///{folder / 'query_room.db'}"
    engine = open_database(url)
    migrate(engine, *ROOMS)
    # As many processes as there are cores: this is the case they are for.
    settings = replace(settings_in(folder, url), processes=0)
    archive = SmallArchive(folder=disk.folder, engine=engine, settings=settings)
    made = Monday(disk, catalogue, archive, report=None)  # type: ignore[arg-type]
    made.report = made.imported_again()
    yield made
    engine.dispose()


def test_every_file_is_accounted_for_once(monday: Monday) -> None:
    report, disk = monday.report, monday.disk
    assert monday.found() == disk.outcomes
    members = len(disk.outcomes) - (
        FILES - sum(not _is_inner(each, disk) for each in disk.archives)
    )
    assert (report.found, report.archives) == (len(disk.outcomes), len(disk.archives))
    assert report.members == members
    assert report.passed_over == disk.passed_over
    assert report.adds_up
    counts = disk.counts
    assert (report.indexed, report.duplicate, report.quarantined) == (
        counts["indexed"], counts["duplicate"], counts["quarantined"],
    )  # fmt: skip
    assert report.failed == len(disk.outcomes) - sum(
        counts[each] for each in ("indexed", "duplicate", "quarantined")
    )
    assert report.by_reason == {
        reason: count for reason, count in counts.items() if reason not in {"indexed", "duplicate"}
    }


def test_the_catalogue_is_accounted_for_row_by_row(monday: Monday) -> None:
    account, catalogue = monday.report.catalogue, monday.catalogue
    assert account is not None
    assert (account.rows, monday.report.bad_rows) == (catalogue.rows, ())
    assert account.joined_by == {"code": LISTED}
    assert {row.code for row in account.without_file} == set(catalogue.paper_only)
    assert len(catalogue.paper_only) == PAPER_ONLY * len(YEARS)
    assert [doubt.problem for doubt in account.doubts] == ["bad_date"] * len(catalogue.wrong)
    assert sorted((int(each.place.year), each.missing) for each in account.numberings) == [
        (year, ((LACKING_NUMBER, LACKING_NUMBER),)) for year, _ in sorted(catalogue.missing)
    ]
    unlisted = set(monday.report.unlisted)
    assert unlisted.isdisjoint(key for _, key in monday.disk.listed.values())


def test_the_papers_are_found_by_what_stands_in_them(monday: Monday) -> None:
    monday.archive.index()
    by_folder: dict[str, str] = {}
    for key, word in monday.disk.words.items():
        if monday.disk.outcomes[key] == "indexed":
            by_folder.setdefault(key.partition("/")[0] + key.rpartition(".")[2], word)
    assert len(by_folder) > len("every kind")
    for word in by_folder.values():
        # Copies of a paper are records of their own.
        assert monday.archive.ask(word, ARCHIVIST).total >= 1, word
    (code, (paper, _)), *_ = monday.disk.listed.items()
    hits = monday.archive.ask(code, ARCHIVIST).hits
    assert hits[0].record.description.title == paper.title
    months = monday.archive.ask(monday.catalogue.months[0], ARCHIVIST).hits
    date = months[0].record.description.date
    assert date is not None
    assert date.isoformat() == f"{YEARS[0]}-03"


def test_nothing_of_what_is_marked_is_kept(monday: Monday) -> None:
    monday.archive.index()
    marked = [key for key, outcome in monday.disk.outcomes.items() if outcome == "quarantined"]
    assert len(marked) >= len(("txt", "docx", "pdf"))
    with reading(monday.archive.engine) as connection:
        hashes = {paths_of(connection, 1)[key].file_hash for key in marked}
    originals = {path.name for path in monday.archive.settings.originals.rglob("*")}
    assert originals.isdisjoint(hashes)


def test_the_same_text_in_two_kinds_of_file_is_one_paper_twice(monday: Monday) -> None:
    CopySearch(monday.archive.engine, monday.archive.settings).run()
    with reading(monday.archive.engine) as connection:
        linked = copies.of_batch(connection, 1)
    pairs = sum(key.startswith("同文/") for key in monday.disk.words)
    assert (linked.copies, linked.waiting) == (pairs, 0)


def test_the_head_of_the_archive_gets_the_same_numbers(monday: Monday) -> None:
    engine, report = monday.archive.engine, monday.report
    made = docx.Document(io.BytesIO(draw_docx(paper_of(account_of(engine, 1), "临岚区档案馆"))))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(each.text for each in made.paragraphs), *cells])
    equation = f"发现文件 {report.found} = 已提取 {report.indexed} + 未变化 0 + 内容重复"
    for said in (
        f"{equation} {report.duplicate} + 失败 {report.failed} + 隔离 {report.quarantined}，相符。",
        f"打开压缩包 {report.archives} 个",
        f"目录 {monday.catalogue.rows} 条",
        f"目录所缺件号 {len(YEARS)} 个",
        f"缺件号 {LACKING_NUMBER}",
    ):
        assert said in text, said
    rows = list(csv.reader(io.StringIO(files_csv(files_of(engine, 1)).decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == set(monday.disk.outcomes)
    listed = Counter(row[3] or row[1] for row in rows[1:])
    assert listed["encrypted"] == monday.disk.counts["encrypted"]


def test_scans_are_recognised_last_and_the_account_still_adds_up(monday: Monday) -> None:
    archive, disk = monday.archive, monday.disk
    scans = [key for key, outcome in disk.outcomes.items() if outcome == "needs_ocr"]
    assert monday.report.waiting_pages == len(scans)
    recognize(archive.engine, archive.settings, threading.Event())
    assert backlog(archive.engine).pages == 0
    found = monday.found()
    assert found[disk.marked_scan] == "quarantined"
    assert all(found[key] != "needs_ocr" for key in scans)
    again = monday.imported_again()
    assert again.adds_up
    assert (again.found, again.indexed, again.duplicate) == (len(disk.outcomes), 0, 0)
    assert again.quarantined == disk.counts["quarantined"] + 1
    archive.index()
    titles = {hit.record.description.title for hit in archive.ask("各街道办事处", ARCHIVIST).hits}
    assert titles


def _is_inner(archive: str, disk: Disk) -> bool:
    """Whether an archive lies in another."""
    return any(archive.startswith(f"{other}/") for other in disk.archives)
