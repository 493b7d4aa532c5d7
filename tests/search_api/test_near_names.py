"""Names by sound and shape: for the staff, in a visit, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from search_api.answers import Ground, SearchAnswer
from search_api.params import parse_question
from tests.fixtures.archive import STAFF, SmallArchive, context, sqlite_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def filled(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SmallArchive]:
    archive = sqlite_archive(migrated_sqlite, tmp_path_factory.mktemp("named"))
    archive.add("知青名册", "石碾大队：卜文河。", persons="卜文河")
    archive.add("花名册", "张贵兰，张挂兰。")
    archive.add("控制的名册", "卜闻和。", persons="卜闻和", opening="控制")
    archive.run()
    yield archive
    archive.engine.dispose()


def at_counter(archive: SmallArchive, text: str, viewer: Viewer = STAFF) -> SearchAnswer:
    return archive.service.search(
        parse_question({"q": [text]}), viewer, context("王某", visit_id="V1")
    )


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("卜文和", [("卜文河", Ground.SOUND), ("卜闻和", Ground.SOUND)]),
        ("人名:卜文和", [("卜文河", Ground.SOUND), ("卜闻和", Ground.SOUND)]),
        ("buwenhe", [("卜文河", Ground.SOUND), ("卜闻和", Ground.SOUND)]),
        ("张桂兰", [("张贵兰", Ground.SOUND), ("张挂兰", Ground.SHAPE)]),
        ("石年大队", [("石碾大队", Ground.SOUND)]),
        ("石碾大对", [("石碾大队", Ground.SOUND)]),
        ("土地承包", []),
        ("卜文和 低保", []),
        ("2008..2009", []),
    ],
)
def test_names_near_the_one_asked_for_are_offered_apart(
    filled: SmallArchive, asked: str, near: list[tuple[str, Ground]]
) -> None:
    answer = at_counter(filled, asked)
    assert sorted((each.text, each.ground) for each in answer.near_names) == sorted(near)
    assert all(each.total for each in answer.near_names)


def test_a_name_that_is_found_has_names_near_it_too(filled: SmallArchive) -> None:
    answer = at_counter(filled, "张贵兰")
    assert answer.total == 1
    assert [each.text for each in answer.near_names] == []
    assert [each.text for each in at_counter(filled, "卜文河").near_names] == ["卜闻和"]


def test_names_are_offered_within_rights_in_a_visit_and_to_the_staff(filled: SmallArchive) -> None:
    reading_room = Viewer(audience=Audience.READING_ROOM)
    for viewer in (PUBLIC_VIEWER, reading_room):
        assert at_counter(filled, "卜文和", viewer).near_names == ()
    assert filled.ask("卜文和", STAFF).near_names == ()
    internal = at_counter(filled, "卜文和", Viewer(audience=Audience.STAFF))
    assert {each.text for each in internal.near_names} == {"卜文河", "卜闻和"}
