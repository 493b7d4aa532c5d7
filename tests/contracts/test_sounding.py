"""What the engine's ports promise of sounds and suggestions, on every adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.access import PUBLIC_VIEWER, Level
from indexer.dates import PartialDate
from indexer.engine.conditions import Part, Run
from indexer.engine.query import (
    AnalyzedQuery,
    Filters,
    Hearing,
    SearchQuery,
    SoundQuery,
    Standing,
    Typed,
)
from indexer.records import RecordId
from tests.contracts.generations import ARCHIVIST, STAFF, Generation, TestedEngine
from tests.contracts.records import analyzed, archives, asked, viewers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.access import Viewer
    from indexer.records import Record

BUREAU = ("min", "zheng", "ju")


def sound(
    index: Generation,
    *ways: tuple[str, ...],
    hearing: Hearing = Hearing.EXACT,
    viewer: Viewer = ARCHIVIST,
    denied: Iterable[int] = (),
    names: bool = False,
    without: tuple[str, ...] = (),
    limit: int = 10,
) -> list[int]:
    found = index.searcher.sounding(
        SoundQuery(
            viewer=viewer,
            denied=frozenset(RecordId(f"r{number:012d}") for number in denied),
            ways=ways,
            hearing=hearing,
            names=names,
            without=tuple(map(tuple, without)),
            limit=limit,
        )
    )
    return [int(each.record_id[1:]) for each in found]


def test_titles_agencies_and_towns_are_found_by_their_syllables(index: Generation) -> None:
    index.put(
        analyzed(1, "民政局年报"),
        analyzed(2, "通知", agency="临岚区民政局"),
        analyzed(3, "通知", "同意松瓦乡改镇。"),
        analyzed(4, "通知", "民政局"),
    )
    assert sorted(sound(index, BUREAU)) == [1, 2]
    assert sound(index, ("song", "wa", "xiang")) == [3]
    assert sorted(sound(index, BUREAU, ("song", "wa", "xiang"))) == [1, 2, 3]


def test_syllables_are_heard_as_closely_as_is_asked(index: Generation) -> None:
    index.put(analyzed(1, "民政局年报"))
    assert sound(index, ("min", "zen", "ju"), hearing=Hearing.ROUGH) == [1]
    assert sound(index, ("min", "zen", "ju")) == []
    assert sound(index, ("min", "zh"), hearing=Hearing.BEGUN) == [1]
    assert sound(index, tuple("mzj"), hearing=Hearing.INITIALS) == [1]
    assert sound(index, tuple("mz"), hearing=Hearing.INITIALS) == []
    assert sound(index, tuple("mz"), hearing=Hearing.INITIALS_BEGUN) == [1]
    assert sound(index, tuple("民局"), hearing=Hearing.LACKING) == [1]
    assert sound(index, tuple("民年"), hearing=Hearing.LACKING) == []


def test_what_was_known_is_left_out_and_the_newest_come_first(index: Generation) -> None:
    index.put(
        analyzed(1, "民政局", date=PartialDate(1990)),
        analyzed(2, "民证局", date=PartialDate(2000)),
        analyzed(3, "民政局", date=PartialDate(2010)),
    )
    assert sound(index, BUREAU) == [3, 2, 1]
    assert sound(index, BUREAU, limit=1) == [3]
    assert sound(index, BUREAU, without=("民政局",)) == [2]


def test_names_are_for_the_staff_and_apart(index: Generation) -> None:
    index.put(analyzed(1, "名册", "石碾大队的人。", persons=("卜文河",)))
    for asked_for in (("bu", "wen", "he"), ("si", "lian", "da", "dui")):
        assert sound(index, asked_for, hearing=Hearing.ROUGH, names=True, viewer=STAFF) == [1]
        assert sound(index, asked_for, hearing=Hearing.ROUGH, viewer=STAFF) == []
        assert sound(index, asked_for, names=True, viewer=PUBLIC_VIEWER) == []


@pytest.mark.parametrize("title", ["关于张贵兰同志任职的通知", "卜文河档案"])
def test_a_name_in_a_title_is_no_part_of_what_everybody_finds_by_sound(
    index: Generation, title: str
) -> None:
    index.put(analyzed(1, title, persons=("卜文河",)))
    (one,) = index.searcher.sounding(
        SoundQuery(
            viewer=STAFF,
            denied=frozenset(),
            ways=(("gui", "lan"), ("wen", "he")),
            hearing=Hearing.ROUGH,
            names=True,
        )
    )
    assert {"张贵兰", "卜文河"} & set(one.pieces.split(" "))
    assert sound(index, ("zhang", "gui", "lan"), ("wen", "he")) == []


def test_runs_are_counted_where_they_stand(index: Generation) -> None:
    index.put(analyzed(1, "低保名册", "学校"), analyzed(2, "低保", agency="区教育局"))
    query = SearchQuery(viewer=ARCHIVIST, query=AnalyzedQuery())
    runs = ["低保", "学校", "土地", "册名", "校"]
    assert index.searcher.standing(query, runs, Standing.BODY) == [2, 1, 0, 0, 1]
    assert index.searcher.standing(query, runs, Standing.TOLD) == [2, 0, 0, 0, 0]
    narrowed = SearchQuery(
        viewer=ARCHIVIST,
        query=AnalyzedQuery(conditions=(Run(tokens=tuple("学校"), part=Part.BODY),)),
        filters=Filters(agencies=("区教育局",)),
    )
    assert index.searcher.standing(narrowed, ["低保"], Standing.BODY) == [0]
    assert index.searcher.standing(query, [], Standing.BODY) == []


def test_a_count_is_of_records_with_every_part(index: Generation) -> None:
    index.put(analyzed(1, "低保名册"), analyzed(2, "低保"))
    for text, count in (("低保 名册", 1), ("低保", 2), ("低保 土地", 0)):
        query = SearchQuery(viewer=ARCHIVIST, query=asked(text))
        assert index.searcher.count(query) == count


def test_agencies_and_towns_are_suggested_with_titles(index: Generation) -> None:
    index.put(
        analyzed(1, "关于松瓦乡改镇的批复", agency="临岚区民政局"),
        analyzed(2, "别的", agency="临岚区民政局", level=Level()),
    )
    for typed in (
        Typed(chars=tuple("松瓦")),
        Typed(chars=tuple("songw"), ways=(("song", "w"),)),
        Typed(chars=tuple("sw"), initials="sw"),
    ):
        found = index.searcher.suggest(typed, PUBLIC_VIEWER, frozenset(), 5)
        assert found.titles == (RecordId("r000000000001"),)
        assert found.agencies == ("临岚区民政局",)
        assert found.places == ("临岚区", "松瓦乡")


def test_sounds_and_suggestions_are_those_of_an_archive_without_what_is_hidden(
    engine: TestedEngine,
) -> None:
    def answers(held: list[Record], viewer: Viewer, denied: frozenset[RecordId]) -> list[object]:
        query = SearchQuery(viewer=viewer, query=asked("低保 名册"), denied=denied)
        typed = Typed(chars=tuple("d"), ways=(("d",),), initials="d")
        with engine.generation(held) as index:
            told = [
                index.searcher.sounding(
                    SoundQuery(viewer=viewer, denied=denied, ways=(("di", "bao"),), names=names)
                )
                for names in (False, True)
            ]
            return [
                told,
                index.searcher.count(query),
                index.searcher.standing(query, ["低保", "学校"], Standing.BODY),
                index.searcher.standing(query, ["低保", "民政"], Standing.TOLD),
                index.searcher.suggest(typed, viewer, denied, 3),
                index.searcher.suggest(Typed(chars=tuple("通知")), viewer, denied, 2),
            ]

    @engine.examples(10)
    @given(archives(), viewers(), st.sets(st.integers(0, 12)))
    def holds(records: list[Record], viewer: Viewer, withdrawn: set[int]) -> None:
        denied = frozenset(RecordId(f"r{number:012d}") for number in withdrawn)
        seen = [each for each in records if viewer.may_see(each.access)]
        seen = [each for each in seen if each.record_id not in denied]
        assert answers(records, viewer, denied) == answers(seen, viewer, denied)

    holds()
