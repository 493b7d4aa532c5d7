"""What must hold for a record, whatever is relaxed: a test for each condition and adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.access import PUBLIC_VIEWER, Audience, Disclosure, Level, Opening, Viewer
from indexer.analysis.analyzer import analyzer_for
from indexer.dates import PartialDate
from search_api.parsing import parse
from tests.contracts.generations import ARCHIVIST, STAFF, Generation, TestedEngine
from tests.contracts.records import analyzed, archives, texts, viewers

if TYPE_CHECKING:
    from indexer.engine.query import AnalyzedQuery
    from indexer.records import Record


def read(text: str) -> AnalyzedQuery:
    """A question of the language, analyzed; every one here is valid."""
    parsed = parse(text)
    assert parsed.literal_because == ""
    return analyzer_for().query(parsed.parts)


def found(index: Generation, text: str, viewer: Viewer = ARCHIVIST) -> list[int]:
    return sorted(index.ids(read(text), viewer, limit=50))


def test_what_is_excluded_is_never_in_the_answer(index: Generation) -> None:
    index.put(analyzed(1, "低保名册"), analyzed(2, "低保名册", "全区学校"), analyzed(3, "学校"))
    assert found(index, "低保 -学校") == [1]
    assert found(index, "低保 -学校 -名册") == []
    # As it stands: a record with 全 here and 区 there keeps its place.
    assert found(index, "低保 -校全") == [1, 2]


def test_a_condition_holds_however_far_the_rest_is_relaxed(index: Generation) -> None:
    index.put(analyzed(1, "低保"), analyzed(2, "学校 低保"))
    page = index.search(read("低保 承包 -学校"))
    assert [hit.record_id[-1] for hit in page.hits] == ["1"]
    assert page.matched_clauses == 1


def test_any_of_several_will_do_and_brackets_bind(index: Generation) -> None:
    index.put(
        analyzed(1, "低保审批"), analyzed(2, "学校审批"), analyzed(3, "学校"), analyzed(4, "低保")
    )
    assert found(index, "审批 低保 OR 学校") == [1, 2]
    assert found(index, "低保 | 学校") == [1, 2, 3, 4]
    assert found(index, "(学校 -审批) OR (低保 审批)") == [1, 3]
    assert found(index, "审批 -(低保 OR 土地)") == [2]


def test_a_field_is_looked_through_alone(index: Generation) -> None:
    index.put(
        analyzed(1, "低保名册", "学校", agency="青山区民政局"),
        analyzed(2, "学校", "低保，民政局", agency="区教育局"),
    )
    assert found(index, "标题:低保") == [1]
    assert found(index, "title:学校 低保") == [2]
    assert found(index, "机关:民政局") == [1]
    assert found(index, "机关:(民政局 OR 教育局) -标题:低保") == [2]


def test_a_number_is_told_by_whole_figures(index: Generation) -> None:
    index.put(
        analyzed(1, "甲", document_number="青政办发〔2008〕15号"),
        analyzed(2, "乙", document_number="青政办发〔2008〕5号"),
        analyzed(3, "丙", "青政办发〔2008〕5号", document_number="青政发〔2009〕115号"),
    )
    assert found(index, "文号:5号") == [2]
    assert found(index, "文号:青政办发(2008)15号") == [1]
    assert found(index, "number:2008年青政办发15号") == [1]
    assert found(index, "文号:青政办发") == [1, 2]


def test_open_places_stand_for_characters(index: Generation) -> None:
    codes = ("2-1-15", "21-1-5", "2-1-16", "Z109-WS·2011-Y-BGS-0001", "Z109-WS·2011-Y-BGS-0021")
    index.put(*(analyzed(n, "件", archival_code=code) for n, code in enumerate(codes)))
    index.put(analyzed(9, "文", document_number="青政办发〔2008〕15号"))
    assert found(index, "档号:2-1-1?") == [0, 2]
    assert found(index, "档号:2-1-*") == [0, 2]
    assert found(index, "code:z109-ws·2011-y-bgs-000?") == [3]
    assert found(index, "档号:Z109ws2011*") == [3, 4]
    assert found(index, "文号:青政办发2008*") == [9]
    assert found(index, "文号:青政办发〔2008〕１？号") == [9]


@pytest.mark.parametrize("signs", ["a.*", "ab.*", "ab[^x]*", "ab\\*", "ab|cd?", "ab(c)*", "ab+?"])
def test_nothing_but_the_open_places_is_open(index: Generation, signs: str) -> None:
    index.put(analyzed(1, "甲", archival_code="zzzz"), analyzed(2, "乙", archival_code="abxx"))
    asked = analyzer_for().query(parse(f"档号:{signs.replace('|', '')}").parts)
    assert 1 not in index.ids(asked)


def test_near_is_within_so_many_characters_in_either_order(index: Generation) -> None:
    index.put(
        analyzed(1, "件", "红旗公社一二三知青名册"),
        analyzed(2, "件", "知青名册一，二。三红旗公社"),
        analyzed(3, "件", "红旗公社一二三四知青"),
        analyzed(4, "件", "红旗一公社知青"),
    )
    assert found(index, "红旗公社 NEAR/3 知青") == [1]
    assert found(index, "红旗公社 NEAR/4 知青") == [1, 3]
    assert found(index, "红旗公社 NEAR/5 知青") == [1, 2, 3]
    assert found(index, "红旗公社 NEAR 知青") == [1, 2, 3]
    assert found(index, "知青 NEAR/0 名册") == [1, 2]


def test_a_thing_is_near_itself_only_where_it_stands_twice(index: Generation) -> None:
    index.put(analyzed(1, "件", "知青一知青"), analyzed(2, "件", "知青"))
    assert found(index, "知青 NEAR 知青") == [1]


def test_a_range_asks_for_the_record_and_a_date_for_its_text_as_well(index: Generation) -> None:
    index.put(
        analyzed(1, "件", date=PartialDate(1968)),
        analyzed(2, "件", "一九六八年五月的事", date=PartialDate(1980)),
        analyzed(3, "件", "别的", date=PartialDate(1971, 3, 2)),
        analyzed(4, "件"),
    )
    assert found(index, "1968..1970") == [1]
    assert found(index, "1971.3..") == [2, 3]
    assert found(index, "..1969 件") == [1]
    assert found(index, "六八年") == [1, 2]
    assert found(index, "1968年5月") == [1, 2]
    assert found(index, "1968-1972 -六八年") == [3]


def test_persons_are_found_by_the_staff_alone(index: Generation) -> None:
    index.put(analyzed(1, "名册", persons=("魏昶旻", "张三")), analyzed(2, "件", "魏昶旻"))
    assert found(index, "人名:魏昶旻", STAFF) == [1]
    assert found(index, "person:魏昶旻张三", STAFF) == []
    for viewer in (PUBLIC_VIEWER, Viewer(audience=Audience.READING_ROOM)):
        assert found(index, "人名:魏昶旻", viewer) == []


def test_exclusions_alone_ask_for_nothing(index: Generation) -> None:
    index.put(analyzed(1, "低保"))
    for text in ("“！” -学校", "(“！” -学校) OR “？”", "“！” -(低保 -学校)"):
        assert read(text).is_empty


def test_rights_come_before_every_condition(engine: TestedEngine) -> None:
    signs = st.sampled_from(("-", "标题:", "学校 OR ", "1969-1970 ", ""))

    @engine.examples(6)
    @given(archives(), viewers(), texts, signs)
    def holds(records: list[Record], viewer: Viewer, text: str, sign: str) -> None:
        query = analyzer_for().query(parse(f"{sign}{text} 通知 -土地").parts)
        seen = [each for each in records if viewer.may_see(each.access)]
        with engine.generation(records) as whole, engine.generation(seen) as alone:
            page, only = whole.search(query, viewer), alone.search(query, viewer)
        assert page.total == only.total
        assert page.facets == only.facets
        assert {hit.record_id for hit in page.hits} == {hit.record_id for hit in only.hits} or (
            page.total > len(page.hits)
        )

    holds()


LEVELS = (Level(opening=Opening.OPEN, disclosure=Disclosure.PROACTIVE), Level())


def test_what_is_not_public_does_not_exclude_for_the_public(index: Generation) -> None:
    index.put(*(analyzed(n, "低保", level=level) for n, level in enumerate(LEVELS)))
    assert found(index, "低保 -学校", PUBLIC_VIEWER) == [0]
