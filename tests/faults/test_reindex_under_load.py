"""The index is built anew while people ask: none of them notices.

Questions come at a steady rate, each with a known answer, while ``reindex`` builds the next
generation, and while another one is built because the words of the office changed.
"""

from __future__ import annotations

import json
import math
import random
import time
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from indexer.access import LEVEL_PRESETS
from indexer.database import open_database, reading, utc_now, writing
from indexer.engine.opening import drop_generation
from indexer.importing.pipeline import BatchRequest, run_batch
from indexer.indexing.catching_up import catch_up
from indexer.indexing.generating import begin_generation
from indexer.repositories import generations
from query_room.vocabulary import VocabularyService
from tests.fixtures.archive import settings_in
from tests.fixtures.made_up import made_up
from tests.fixtures.open_loop import Known, OpenLoop, figures, generations_in_turn
from tests.fixtures.serving import environment_of, serve_command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.repositories.generations import GenerationRow
    from indexer.settings import IndexerSettings
    from tests.fixtures.open_loop import Answered

_FILED_UNDER: Final = 50
"""Records that have one mark in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is indexed and asked.

    Attributes:
        passages: Of each record. per_second: Questions.
        quiet: Answers to wait for before, between and after.
        patience_s: How long a generation may take.
    """

    records: int
    passages: int
    per_second: float
    quiet: int
    patience_s: int


SMALL: Final = Size(records=30, passages=2, per_second=8, quiet=10, patience_s=300)
LARGE: Final = Size(records=10_000, passages=10, per_second=20, quiet=600, patience_s=3_600)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elastic)])
def settings(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> IndexerSettings:
    """An empty archive on each engine."""
    embedded = settings_in(tmp_path, sqlite_url)
    if request.param == "embedded":
        return embedded
    return replace(
        embedded,
        engine="elasticsearch",
        elasticsearch_urls=(request.getfixturevalue("elasticsearch_url"),),
        elasticsearch_prefix=f"load-{uuid.uuid4().hex}",
        elasticsearch_replicas=0,
    )


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(SMALL, id="small"),
        pytest.param(LARGE, id="100000-passages", marks=pytest.mark.soak),
    ],
)
def test_nobody_who_asks_notices_a_reindex(
    settings: IndexerSettings, tmp_path: Path, capsys: pytest.CaptureFixture[str], size: Size
) -> None:
    engine = open_database(settings.database_url)
    questions = fill(engine, settings, tmp_path / "papers", size)
    environment = environment_of(settings) | {"QUERY_ROOM_RECOGNITION": "off"}
    first = serving(engine).number
    stretches: list[tuple[str, float]] = []

    def begin(name: str) -> None:
        stretches.append((name, time.monotonic()))

    with (
        serve_command(environment) as (address, _),
        OpenLoop(address, questions, size.per_second) as loop,
    ):
        begin("before")
        loop.wait_for(size.quiet)
        begin("reindex")
        with writing(engine) as connection:
            begin_generation(connection, settings, at=utc_now())
        wait_for(first + 1, engine, size)
        begin("between")
        loop.wait_for(size.quiet)
        begin("another word of the office")
        VocabularyService(engine=engine, settings=settings).keep_word(
            "青苗补偿", reason="分词", by="test"
        )
        wait_for(first + 2, engine, size)
        begin("after")
        loop.wait_for(size.quiet)
    engine.dispose()
    for number in (first, first + 1, first + 2):
        drop_generation(settings, number)
    with capsys.disabled():
        print("", *told(loop.answers, stretches), sep="\n")  # noqa: T201
    assert [each.failure for each in loop.answers if each.failure] == []
    assert not any(each.is_empty for each in loop.answers)
    assert all(each.is_right for each in loop.answers)
    assert {each.generation for each in loop.answers} == {first, first + 1, first + 2}
    assert generations_in_turn(loop.answers)


def fill(engine: Engine, settings: IndexerSettings, papers: Path, size: Size) -> list[Known]:
    """Import and index an archive; what can be asked of it."""
    random.seed(size.records)
    source = made_up()
    papers.mkdir()
    shared: dict[int, set[str]] = {}
    questions: list[Known] = []
    with (papers / "catalogue.jsonl").open("w", encoding="utf-8") as catalogue:
        for number in range(size.records):
            name, group = f"{number:06d}", number % (size.records // _FILED_UNDER or 1)
            shared.setdefault(group, set()).add(name)
            marks = f"青苗补偿案卷{name}号。历年案卷{group:04d}组。"
            text = source.text(size.passages)
            middle = len(text) // 2
            (papers / f"{name}.txt").write_text(text[:middle] + marks + text[middle:], "utf-8")
            row: dict[str, Any] = {
                "id": name,
                "title": source.title(),
                "file": f"{name}.txt",
                "doc_number": f"示政发〔{1990 + number % 30}〕{number + 1}号",
            }
            catalogue.write(json.dumps(row, ensure_ascii=False) + "\n")
            only = frozenset({name})
            questions += [
                Known(arguments={"q": f'"青苗补偿案卷{name}号"'}, records=only),
                Known(arguments={"q": f"文号:{row['doc_number']}"}, records=only),
            ]
    questions += [
        Known(arguments={"q": f'"历年案卷{group:04d}组"'}, records=frozenset(names))
        for group, names in shared.items()
        for _ in range(len(names))
    ]
    random.shuffle(questions)
    request = BatchRequest(
        folder=papers,
        manifest=papers / "catalogue.jsonl",
        level=LEVEL_PRESETS["public"],
        level_name="public",
        started_by="test",
    )
    assert run_batch(engine, settings, request).indexed == size.records
    catch_up(engine, settings)
    return questions


def serving(engine: Engine) -> GenerationRow:
    with reading(engine) as connection:
        row = generations.serving(connection)
    assert row is not None
    return row


def wait_for(number: int, engine: Engine, size: Size) -> None:
    """Return when a generation answers."""
    until = time.monotonic() + size.patience_s
    while serving(engine).number != number:
        assert time.monotonic() < until, "the generation was never built"
        time.sleep(0.1)


def told(answers: list[Answered], stretches: list[tuple[str, float]]) -> Iterator[str]:
    """What became of the questions, a line for each stretch of time in which answers came."""
    ends = [start for _, start in stretches[1:]] + [math.inf]
    for (name, start), end in zip(stretches, ends, strict=True):
        yield f"{name}: {figures([each for each in answers if start <= each.ended < end])}"
