"""What is suggested while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER
from search_api.answers import SuggestionKind
from search_api.suggesting import typed_of
from tests.fixtures.archive import STAFF, SmallArchive, sqlite_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def filled(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SmallArchive]:
    archive = sqlite_archive(migrated_sqlite, tmp_path_factory.mktemp("suggested"))
    archive.add("关于松瓦乡撤乡改镇的批复", agency="临岚区民政局", date="1996")
    archive.add("松瓦乡水利图", agency="水利局", date="2001")
    archive.add("松瓦乡控制的事", agency="松瓦乡人民政府", opening="controlled")
    archive.add("关于张贵兰同志任职的通知")
    archive.run()
    yield archive
    archive.engine.dispose()


def suggested(archive: SmallArchive, typed: str, kind: SuggestionKind) -> list[str]:
    return [
        each.text for each in archive.service.suggest(typed, PUBLIC_VIEWER) if each.kind is kind
    ]


def test_titles_that_begin_with_it_come_first(filled: SmallArchive) -> None:
    titles = ["松瓦乡水利图", "关于松瓦乡撤乡改镇的批复"]
    for typed in ("松瓦", "松瓦乡", "song wa", "songwax", "swx", "SONGWA"):
        found = suggested(filled, typed, SuggestionKind.TITLE)
        assert set(found) == set(titles), typed
    assert suggested(filled, "松瓦", SuggestionKind.TITLE) == titles


def test_a_title_is_not_suggested_for_its_agency(filled: SmallArchive) -> None:
    assert suggested(filled, "minzhengj", SuggestionKind.TITLE) == []


def test_agencies_and_places_are_suggested_by_sound_too(filled: SmallArchive) -> None:
    for typed in ("民政", "minzh", "mzj"):
        assert suggested(filled, typed, SuggestionKind.AGENCY) == ["临岚区民政局"], typed
    assert suggested(filled, "songw", SuggestionKind.PLACE) == ["松瓦乡"]
    assert suggested(filled, "松", SuggestionKind.AGENCY) == []
    (agency,) = [
        each
        for each in filled.service.suggest("民政", PUBLIC_VIEWER)
        if each.kind is SuggestionKind.AGENCY
    ]
    assert (agency.question, agency.record_id) == ('机关:"临岚区民政局"', None)
    assert filled.titles(agency.question) == ["关于松瓦乡撤乡改镇的批复"]


def test_what_is_hidden_is_not_suggested(filled: SmallArchive) -> None:
    assert "松瓦乡人民政府" in {each.text for each in filled.service.suggest("松瓦", STAFF)}
    shown = repr(filled.service.suggest("松瓦", PUBLIC_VIEWER, 20))
    assert "控制" not in shown
    assert "人民政府" not in shown


def test_no_name_of_a_person_is_suggested_by_its_sound(filled: SmallArchive) -> None:
    assert filled.service.suggest("zhanggui", STAFF) == ()
    assert suggested(filled, "张贵", SuggestionKind.TITLE) == ["关于张贵兰同志任职的通知"]


def test_what_was_typed_is_bounded() -> None:
    assert typed_of("！") is None
    typed = typed_of("民" * 500)
    assert typed is not None
    assert len(typed.chars) == 30
    one = typed_of("m")
    assert one is not None
    assert (one.ways, one.initials) == ((), "")
