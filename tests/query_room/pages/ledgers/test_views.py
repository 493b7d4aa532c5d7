"""Old registers on pages: looked at, imported, led to from the report, taken back."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from query_room.accounts import Role
from query_room.pages.reports.choosing import subject_url
from tests.query_room.conftest import text_of
from tests.query_room.ledgers.books import REGISTER
from tests.query_room.pages.people import Person, person

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from query_room.room import Room


@pytest.fixture
def maker(room: Room) -> Person:
    return person(room, "wang", Role.STAFF, "王办事")


def send(by: Person, path: str, content: bytes, **fields: str) -> TestResponse:
    upload = (io.BytesIO(content), "register.xlsx")
    return by.post(path, kind="requests", workbook=upload, **fields)  # type: ignore[arg-type]


def test_a_register_is_looked_at_imported_and_taken_back(room: Room, maker: Person) -> None:
    organ = room.organs.list_all()[0].organ_id
    shown = send(maker, "/ledgers/preview", REGISTER, organ=organ)
    page = text_of(shown.text)
    assert "可导入行数 3" in page
    assert "略去行数 5" in page
    assert "2008年 E7" in page
    for name in ("李秀英", "张三", "150204199002301227"):
        assert name not in shown.text
    assert room.ledgers.imports() == []
    found = re.search(r'name="file_hash" value="(\w+)"', shown.text)
    assert found is not None
    answer = send(maker, "/ledgers/", REGISTER, organ=organ, file_hash=found[1])
    assert answer.headers["Location"] == "/ledgers/1"
    imported = text_of(maker.get("/ledgers/1").text)
    assert "清依申〔2008〕1号" in imported
    assert maker.post("/ledgers/1/undo").status_code == 302
    assert "已撤销" in maker.get("/ledgers/").text
    assert maker.post("/ledgers/1/undo").status_code == 400


def test_another_file_than_the_one_looked_at_is_not_taken(room: Room, maker: Person) -> None:
    organ = room.organs.list_all()[0].organ_id
    refused = send(maker, "/ledgers/", REGISTER, organ=organ, file_hash="0" * 64)
    assert refused.status_code == 400
    assert "内容已有变动" in refused.text
    assert room.ledgers.imports() == []


def test_what_is_no_workbook_is_said(room: Room, maker: Person) -> None:
    organ = room.organs.list_all()[0].organ_id
    for path, status in (("preview", 400), ("", 400), ("bad-cells.csv", 409)):
        refused = send(maker, f"/ledgers/{path}", b"names", organ=organ)
        assert refused.status_code == status
        assert "这不是可用的 XLSX 表格文件" in refused.text
        nowhere = send(maker, f"/ledgers/{path}", REGISTER, organ="nowhere")
        assert nowhere.status_code == 404


def test_bad_cells_come_as_a_table_without_a_value(room: Room, maker: Person) -> None:
    organ = room.organs.list_all()[0].organ_id
    answer = send(maker, "/ledgers/bad-cells.csv", REGISTER, organ=organ)
    assert answer.mimetype == "text/csv"
    content = answer.data.decode("utf-8-sig")
    assert content.count("\n") == 6
    assert "昨天" not in content


def test_numbers_of_the_report_lead_to_rows_requests_and_cases(room: Room, maker: Person) -> None:
    with maker.client.application.test_request_context():
        assert subject_url("ORGAN-L3-00002") == "/ledgers/3#ORGAN-L3-00002"
        assert subject_url("QINGHE-2026-00012") == "/requests/QINGHE-2026-00012"
        assert subject_url("QINGHE-2026-00012-c2") == "/cases/QINGHE-2026-00012-c2"
    assert maker.get("/ledgers/3").status_code == 404
    assert person(room, "shenji", Role.AUDITOR).get("/ledgers/").status_code == 403
