from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.engine.query import Filters
from query_room.pages.labels import FILTERS
from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.query_room.pages.people import Person


def test_the_staff_are_told_why_a_record_is_not_found(staff: Person) -> None:
    answer = staff.get("/search?q=知青 名单").text
    assert "某份档案为什么没有查到" in answer
    page = text_of(staff.get("/search/why?q=知青 名单 -批复&record=Q012-1972-Y-0007").text)
    assert "红旗公社回城批复" in page
    assert "档案中缺少问题的一部分。" in page
    assert "有 知青" in page
    assert "没有 名单" in page
    assert "没有 排除：含有 批复" in page
    assert "已提取 1 页" in page
    assert "索引中是这份档案的现状。" in page
    assert "未公开、未开放：工作人员可以查阅。" in page
    assert "不可查阅 公众" in page
    assert "可以查阅 工作人员" in page


def test_the_place_of_a_record_that_is_found_is_a_link(staff: Person) -> None:
    html = staff.get("/search/why?q=红旗公社&size=1&record=红旗公社知青名单").text
    rank = re.search(r"共 3 件，它排在第 (\d) 位", text_of(html))
    assert rank is not None
    page = re.search(r'class="more" href="/search\?q=[^"]*?(?:&amp;page=(\d))?"', html)
    assert page is not None


def test_filters_and_paper_are_reasons(staff: Person) -> None:
    html = staff.get("/search/why?q=红旗公社&agency=别的局&record=Q012-1973-Y-0001").text
    page = text_of(html)
    assert "有筛选条件把它排除在外。" in page
    assert "只有纸质档案，只能检索著录内容。" in page
    assert set(FILTERS) == set(Filters.__dataclass_fields__)


def test_several_meant_records_are_offered_and_unknown_ones_are_not(staff: Person) -> None:
    html = staff.get("/search/why?q=知青&record=红旗公社").text
    assert "可能是以下档案之一" in html
    assert html.count("/search/why?record=") == 3
    unknown = staff.get("/search/why?q=知青&record=没有的").text
    hidden = staff.get("/search/why?q=知青&record=红旗公社来信").text
    assert "没有这样的档案，或不在您的查阅权限之内" in unknown
    assert text_of(unknown).replace("没有的", "") == text_of(hidden).replace("红旗公社来信", "")


def test_without_a_question_it_is_told_where_the_record_is(staff: Person) -> None:
    page = text_of(staff.get("/search/why?record=Q012-1971-Y-0003").text)
    assert "已提取 3 页" in page
    assert "问题的各部分" not in page


def test_it_is_for_the_staff_alone(client: FlaskClient, auditor: Person) -> None:
    assert client.get("/search/why?q=知青&record=x").status_code == 302
    assert "某份档案为什么没有查到" not in client.get("/search?q=知青").text
    assert auditor.client.get("/search/why?q=知青&record=x").status_code == 403
