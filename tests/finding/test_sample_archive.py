"""The sample archive as it is imported, and what people ask of it, by the ways in which they ask.

``questions.csv`` names for each question who asks, and the records (档号) of which one should stand
first. A way of asking is served well when nine of ten such questions are.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from indexer.database import reading
from indexer.repositories import records
from query_room.demo.manuscripts import load_manuscripts

if TYPE_CHECKING:
    from tests.finding.conftest import ImportedArchive


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: the way it is asked in, who asks, and 档号 of what answers it."""

    way: str
    who: str
    text: str
    answers: frozenset[str]


def _asked() -> tuple[Asked, ...]:
    with (Path(__file__).parent / "questions.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Asked(
                way=row["class"],
                who=row["viewer"],
                text=row["question"],
                answers=frozenset(row["codes"].split(";")),
            )
            for row in csv.DictReader(lines)
        )


ASKED: Final = _asked()


def test_the_import_reads_all_but_the_three_that_nobody_can(archive: ImportedArchive) -> None:
    report = archive.report
    assert report.adds_up
    assert (report.failed, report.quarantined, report.unlisted) == (2, 1, ())
    assert {problem.reason for problem in report.problems} == {
        "encrypted",
        "damaged",
        "quarantined",
    }


def test_some_papers_are_long(archive: ImportedArchive) -> None:
    with reading(archive.engine) as connection:
        pages = [
            file.page_count
            for record in records.load_records(
                connection, list(records.iter_record_ids(connection))
            ).values()
            for file in record.files
        ]
    assert sum(count >= 8 for count in pages) >= 3


def test_the_quarantined_paper_is_nowhere(archive: ImportedArchive) -> None:
    assert "L001-1-030-0009" not in archive.codes('"全县人防工程"', "archivist")
    assert archive.codes('"全县共有各类掩蔽工事"', "archivist") == []


def test_a_name_on_a_list_is_found_by_those_who_may_and_by_nobody_else(
    archive: ImportedArchive,
) -> None:
    assert "L036-1-002-0001" in archive.codes('"卜文河"', "staff")
    assert archive.codes('"卜文河"', "public") == []


def test_every_circle_sees_more_than_the_one_before(archive: ImportedArchive) -> None:
    seen = [archive.ask("临岚", who).total for who in ("public", "staff", "archivist")]
    assert seen == sorted(set(seen))


def test_the_questions_are_many_and_their_answers_are_there() -> None:
    codes = {manuscript.code for manuscript in load_manuscripts()}
    assert len({(asked.who, asked.text) for asked in ASKED}) == len(ASKED) >= 150
    assert min(Counter(asked.way for asked in ASKED).values()) >= 10
    assert all(asked.answers <= codes for asked in ASKED)


@pytest.mark.parametrize("way", dict.fromkeys(asked.way for asked in ASKED))
def test_people_find_what_they_ask_for(archive: ImportedArchive, way: str) -> None:
    questions = [asked for asked in ASKED if asked.way == way]
    missed = [
        asked.text
        for asked in questions
        if not asked.answers.intersection(archive.codes(asked.text, asked.who)[:1])
    ]
    assert len(missed) * 10 <= len(questions), missed
