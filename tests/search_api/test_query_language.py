"""The query language through the whole service: read, answered, marked, logged, within rights."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from indexer.database import open_database, reading
from indexer.errors import InvalidQueryError
from search_api.log import load_search
from search_api.params import parse_question
from search_api.serializers import marked_html, search_model
from tests.fixtures.archive import STAFF, SmallArchive, context, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from search_api.answers import SearchAnswer

ROOM = Viewer(audience=Audience.READING_ROOM)
TEXT = "说明：一、标题：低保（试行）－《办法》 〔2008〕5号 -例外 a|b 1968-1972 OR原文。"


@pytest.fixture(scope="module")
def archive(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SmallArchive]:
    """One archive for all: nothing here changes a record, and no statement is the language's."""
    folder = tmp_path_factory.mktemp("language")
    url = f"sqlite:///{shutil.copyfile(migrated_sqlite, folder / 'query_room.db')}"
    engine = open_database(url)
    made = SmallArchive(folder / "papers", engine=engine, settings=settings_in(folder, url))
    made.add(
        "低保办法", "低保在学校受理。", document_number="青民发〔2008〕15号", agency="区民政局"
    )
    made.add("低保名册", "名册从略。低保。", agency="区民政局", persons="魏昶旻")
    made.add("控制的低保", "低保", opening="控制", persons="魏昶旻")
    made.add("杂件", TEXT)
    made.add("旧件", date="1968")
    made.add("新件", date="1971")
    made.run()
    yield made
    engine.dispose()


def shown(answer: SearchAnswer) -> str:
    return " ".join(marked_html(page.fragments) for hit in answer.hits for page in hit.pages)


def test_what_is_excluded_is_neither_found_nor_marked(archive: SmallArchive) -> None:
    answer = archive.ask("低保 OR 名册 -学校 -杂件 -试行")
    assert [hit.record.description.title for hit in answer.hits] == ["低保名册"]
    assert "<mark>名册</mark>" in shown(answer)
    assert "<mark>低保</mark>" in shown(answer)
    assert "学校" not in shown(answer)


def test_what_was_asked_of_a_field_is_marked_there_alone(archive: SmallArchive) -> None:
    answer = archive.ask("标题:低保 文号:2008 -标题:名册")
    (hit,) = answer.hits
    assert marked_html(hit.title) == "<mark>低保</mark>办法"
    assert "<mark>" not in shown(answer)
    assert [marked_html(field) for field in hit.fields.values()] == [
        "青民发〔<mark>2008</mark>〕15号",
        "区民政局",
    ]


def test_the_answer_says_how_it_was_read(archive: SmallArchive) -> None:
    model = search_model(archive.ask("低保  -（学校）"), "zh").reading
    assert (model.query, model.in_words) == ("低保 -学校", "含有 低保；排除：含有 学校")
    assert (model.literal_because, model.notes) == ("", [])
    assert search_model(archive.ask("低保 OR"), "zh").reading.literal_because == "dangling_operator"


def test_the_same_text_can_be_searched_as_it_stands(archive: SmallArchive) -> None:
    assert archive.ask("标题:试行").total == 0
    answer = archive.ask("标题:试行", literal="1")
    assert [hit.record.description.title for hit in answer.hits] == ["杂件"]
    assert answer.reading.parsed.literal_because == "asked"
    record_id = answer.hits[0].record.record_id
    page = archive.service.page(record_id, 0, 1, PUBLIC_VIEWER, "标题:试行", literal=True)
    assert "<mark>试行</mark>" in marked_html(page.fragments)
    with reading(archive.engine) as connection:
        logged = load_search(connection, answer.search_id)
    assert logged.entry is not None
    assert (logged.entry.text, logged.entry.literal) == ("标题:试行", True)


def test_names_in_the_catalogue_are_for_the_staff(archive: SmallArchive) -> None:
    assert archive.ask("人名:魏昶旻", STAFF).total == 2
    for viewer in (PUBLIC_VIEWER, ROOM):
        field, quoted = (archive.ask(text, viewer) for text in ("人名:魏昶旻", "“魏昶旻”"))
        assert field.total == quoted.total
        assert field.reading.parsed.notes == ("persons_for_staff",)
        # A part of a name lists nobody.
        assert archive.ask("人名:魏昶旻某", viewer).total == 0


def test_only_exclusions_never_answer_with_the_whole_archive(archive: SmallArchive) -> None:
    assert archive.ask("-低保").reading.parsed.literal_because == "only_exclusions"
    for text in ("“！” -低保", "标题:！ -低保", "(“！” -低保) OR “？”"):
        with pytest.raises(InvalidQueryError, match="nothing_to_search"):
            archive.ask(text)


def test_a_range_alone_answers_by_date(archive: SmallArchive) -> None:
    assert archive.titles("1960..1980") == ["新件", "旧件"]
    assert archive.titles("1960..1980 -新件") == ["旧件"]


def test_any_run_of_a_text_finds_it_quoted_and_as_it_stands(archive: SmallArchive) -> None:
    random.seed(42)
    service = archive.service
    for _ in range(12):
        start = random.randrange(len(TEXT))
        run = TEXT[start : start + random.randint(1, 20)]
        if not any(each.isalnum() for each in run):
            continue
        for asked in ({"q": [run], "literal": ["1"]}, {"q": [f'"{run}"']}):
            answer = service.search(parse_question(asked), PUBLIC_VIEWER, context())
            assert "杂件" in {hit.record.description.title for hit in answer.hits}, asked
