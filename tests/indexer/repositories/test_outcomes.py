from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.database import migrate, open_database, reading
from indexer.errors import ImportRefusedError
from indexer.extraction import Reason
from indexer.importing.pipeline import BatchRequest, Progress, run_batch
from indexer.importing.retrying import retry
from indexer.importing.undo import undo_batch
from indexer.repositories import batches, outcomes
from indexer.repositories.files import PathOutcome
from tests.indexer.importing.conftest import settings_in
from tests.indexer.importing.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.importing.report import BatchReport
    from indexer.repositories.outcomes import FileLine

CONTENTS = {
    "text": "关于防汛的通知".encode(),
    "other": "关于供暖的通知".encode(),
    "damaged": b"%PDF-1.4 broken",
    "empty": b"\n",
    "marked": "机密★10年\n关于某事的通知".encode(),
    "strange": b"\x7fELF\x02\x01\x01\x00" + bytes(64),
}
NAMES = ("a.txt", "b.txt", "c/d.txt")
SOURCES = ("one", "two")

Step = tuple[str, str, str, str]
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"),
            st.sampled_from(SOURCES),
            st.sampled_from(NAMES),
            st.sampled_from(sorted(CONTENTS)),
        ),
        st.tuples(st.just("drop"), st.sampled_from(SOURCES), st.sampled_from(NAMES), st.just("")),
        st.tuples(st.just("run"), st.sampled_from(SOURCES), st.just(""), st.just("")),
        st.tuples(st.just("cut"), st.sampled_from(SOURCES), st.just(""), st.just("")),
        st.tuples(st.just("undo"), st.just(""), st.just(""), st.just("")),
        st.tuples(
            st.just("retry"), st.just(""), st.just(""), st.sampled_from(("damaged", "empty"))
        ),
    ),
    min_size=3,
    max_size=14,
)


class _CutError(Exception):
    """The process was killed."""


class _Life:
    """Two folders, and what is done with them in the course of time."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.accounts: dict[int, tuple[BatchReport, list[FileLine]]] = {}

    def do(self, step: Step) -> None:
        act, source, name, word = step
        folder = self.shelf.folder / source
        folder.mkdir(parents=True, exist_ok=True)
        match act:
            case "put":
                self.shelf.put(f"{source}/{name}", CONTENTS[word])
            case "drop":
                (folder / name).unlink(missing_ok=True)
            case "run":
                self.check(self.run(source))
            case "cut":
                with pytest.raises(_CutError):
                    self.run(source, is_cut=True)
            case "undo":
                self.undo()
            case "retry":
                retry(self.shelf.engine, self.shelf.settings, Reason(word))

    def run(self, source: str, *, is_cut: bool = False) -> BatchReport:
        def see(at: Progress) -> None:
            if is_cut and at.done >= at.total // 2:
                raise _CutError

        request = BatchRequest(folder=self.shelf.folder / source, source_name=source)
        return run_batch(self.shelf.engine, self.shelf.settings, request, see)

    def undo(self) -> None:
        for number in sorted(self.accounts, reverse=True):
            try:
                undo_batch(self.shelf.engine, self.shelf.settings, number)
            except ImportRefusedError:
                continue  # undone before, or others came on top
            return

    def check(self, report: BatchReport) -> None:
        """The account adds up, file by file, and so do those of every batch before."""
        assert report.adds_up, report
        lines = self.lines(report.batch_number)
        self.accounts[report.batch_number] = (report, lines)
        for number, (before, said) in self.accounts.items():
            assert self.lines(number) == said
            counts = Counter(line.outcome for line in said)
            assert counts == {
                outcome.value: count
                for outcome in PathOutcome
                if outcome is not PathOutcome.OPENED  # its members are the files of the account
                and (count := getattr(before, outcome.value))
            }
            failed = {line.path: line.reason for line in said if line.outcome == "failed"}
            quarantined = {line.path for line in said if line.outcome == "quarantined"}
            assert failed == {
                each.path: each.reason for each in before.problems if each.path in failed
            }
            assert {each.path for each in before.problems} == failed.keys() | quarantined
            assert not any(line.detail for line in said if line.path in quarantined)

    def lines(self, number: int) -> list[FileLine]:
        with reading(self.shelf.engine) as connection:
            row = batches.load(connection, number)
            assert row is not None
            return list(outcomes.of_batch(connection, row.source_id, number))


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_every_batch_accounts_for_every_file_whatever_happened(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    folder = tmp_path_factory.mktemp("life")
    _live(folder, f"sqlite:///{folder / 'query_room.db'}", steps)


def test_the_same_on_each_kind_of_database(tmp_path: Path, database_url: str) -> None:
    put = [("put", "one", name, word) for name, word in zip(NAMES, CONTENTS, strict=False)]
    run: Step = ("run", "one", "", "")
    _live(
        tmp_path,
        database_url,
        [
            *put,
            run,
            ("put", "two", "a.txt", "text"),
            ("put", "two", "b.txt", "marked"),
            ("cut", "two", "", ""),
            ("run", "two", "", ""),
            ("retry", "", "", "damaged"),
            ("put", "one", "a.txt", "marked"),
            ("drop", "one", "b.txt", ""),
            run,
            ("undo", "", "", ""),
            run,
        ],
    )


def _live(folder: Path, url: str, steps: list[Step]) -> None:
    engine = open_database(url)
    try:
        migrate(engine, "indexer")
        shelf = Shelf(folder=folder / "papers", engine=engine, settings=settings_in(folder, url))
        life = _Life(shelf)
        for source in SOURCES:
            life.do(("put", source, "a.txt", "text"))
        for step in steps:
            life.do(step)
        for source in SOURCES:
            life.do(("run", source, "", ""))
    finally:
        engine.dispose()
