from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from query_room.accounts import Role
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, person

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

ENTRY = {"term": "红旗公社", "other": "东升乡", "relation": "later", "kind": "place"}


@pytest.fixture
def keeper(room: Room) -> Person:
    return person(room, "li", Role.ARCHIVIST, "李档案")


def send(keeper: Person, content: bytes, taking: str = "add") -> TestResponse:
    page = keeper.get("/archive/vocabulary/file").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    form = {"csrf_token": token[1], "holding": "entries", "taking": taking}
    upload = (io.BytesIO(content), "词表.csv")
    return keeper.client.post("/archive/vocabulary/file", data={**form, "table": upload})


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def test_an_entry_is_looked_at_kept_changed_and_taken_out(
    keeper: Person, archive: SmallArchive
) -> None:
    archive.add("东升乡志")
    archive.run()
    assert "东升乡志" not in keeper.get("/search?q=红旗公社").text
    looked = keeper.post("/archive/vocabulary/entry", **ENTRY, look="1")
    assert "红旗公社" in text_of(looked.text)
    assert keeper.post("/archive/vocabulary/entry", **ENTRY).status_code == 400
    assert keeper.post("/archive/vocabulary/entry", **ENTRY, reason="地名志").status_code == 302
    answer = keeper.get("/search?q=红旗公社").text
    assert "<mark>东升乡</mark>志" in answer
    assert "另检：" in text_of(answer).replace(" ", "")
    assert "<mark>东升乡</mark>" not in keeper.get("/search?q=红旗公社&literal=1").text
    listed = text_of(keeper.get("/archive/vocabulary?q=红旗公社").text)
    assert "东升乡" in listed
    page = keeper.get("/archive/vocabulary/entry?term=红旗公社&other=东升乡").text
    assert 'value="红旗公社"' in page
    was = {"was_term": "红旗公社", "was_other": "东升乡"}
    changed = {**ENTRY, "other": "松瓦乡", "other_first": "1984"}
    assert (
        keeper.post("/archive/vocabulary/entry", **changed, **was, reason="更正").status_code == 302
    )
    was["was_other"] = "松瓦乡"
    removed = keeper.post("/archive/vocabulary/entry/remove", **was, reason="误")
    assert removed.status_code == 302
    assert "更正" in keeper.get("/archive/vocabulary/versions").text


def test_mistakes_in_a_form_are_said(keeper: Person) -> None:
    for field, value in (
        ("relation", "x"),
        ("term_first", "三"),
        ("term", "甲"),
        ("other", "红旗公社"),
    ):
        form = {**ENTRY, field: value, "reason": "试"}
        assert keeper.post("/archive/vocabulary/entry", **form).status_code == 400
    assert keeper.get("/archive/vocabulary/entry?term=无&other=有").status_code == 400
    gone = {"was_term": "无有", "was_other": "乌有", "reason": "试"}
    assert keeper.post("/archive/vocabulary/entry/remove", **gone).status_code == 400
    assert keeper.post("/archive/vocabulary/words", word="甲", reason="试").status_code == 400


def test_words_of_the_office_come_and_go(keeper: Person) -> None:
    assert (
        keeper.post("/archive/vocabulary/words", word="红旗公社", reason="分词").status_code == 302
    )
    assert "红旗公社" in text_of(keeper.get("/archive/vocabulary").text)
    gone = keeper.post("/archive/vocabulary/words", word="红旗公社", reason="不要", remove="1")
    assert gone.status_code == 302


def test_a_file_is_shown_with_its_problems_before_it_is_taken(
    keeper: Person, archive: SmallArchive
) -> None:
    archive.run()
    sent = send(keeper, "词,另一词\n<b>公社,东升乡\n红旗公社,东升乡\n坏行,\n".encode("gbk"))
    assert sent.status_code == 302
    page = keeper.get(sent.location).text
    assert "红旗公社" in page
    assert "&lt;b&gt;公社" in page
    assert "每个词至少两个字" in page
    form = {name: value for name, value in hidden(page).items() if name != "csrf_token"}
    assert keeper.post("/archive/vocabulary/file/take", **form, reason="").status_code == 400
    assert keeper.post("/archive/vocabulary/file/take", **form, reason="地名志").status_code == 302
    again = keeper.post("/archive/vocabulary/file/take", **form, reason="再来")
    assert again.status_code in {302, 400}
    assert "红旗公社" in keeper.get("/archive/vocabulary?q=红旗公社").text


@pytest.mark.parametrize("content", [b"", b"\x00\x01", "甲,乙\n".encode()])
def test_what_is_no_table_is_refused(keeper: Person, content: bytes) -> None:
    assert send(keeper, content).status_code == 400
    lost = {"upload": "a" * 64, "holding": "entries", "taking": "add"}
    assert keeper.post("/archive/vocabulary/file/take", **lost, reason="试").status_code == 400
    query = "&".join(f"{name}={value}" for name, value in lost.items())
    assert keeper.get(f"/archive/vocabulary/file?{query}").status_code == 400


def test_a_version_is_shown_exported_and_gone_back_to(keeper: Person) -> None:
    keeper.post("/archive/vocabulary/entry", **ENTRY, reason="地名志")
    page = keeper.get("/archive/vocabulary/versions/2").text
    assert "红旗公社" in page
    first = keeper.get("/archive/vocabulary/versions/1/table.csv")
    assert "拆迁" in first.data.decode("utf-8-sig")
    assert keeper.get("/archive/vocabulary/versions/2/words.txt").data == b""
    assert keeper.get("/archive/vocabulary/versions/9").status_code == 400
    assert keeper.get("/archive/vocabulary/versions/9/table.csv").status_code == 400
    assert keeper.post("/archive/vocabulary/versions/9/restore", reason="退").status_code == 400
    assert keeper.post("/archive/vocabulary/versions/1/restore", reason="退").status_code == 302
    assert "红旗公社" not in keeper.get("/archive/vocabulary?q=公社").text.partition("<table")[2]


@pytest.mark.parametrize(
    "path",
    ["", "/entry", "/file", "/versions", "/versions/1", "/versions/1/table.csv"],
)
def test_the_vocabulary_is_the_archivists(room: Room, path: str) -> None:
    staff = person(room, "wang", Role.STAFF, "王窗口")
    assert staff.get(f"/archive/vocabulary{path}").status_code == 403
    if path == "/entry":
        assert staff.post("/archive/vocabulary/entry", **ENTRY, reason="试").status_code == 403
        assert staff.post("/archive/vocabulary/words", word="甲乡", reason="试").status_code == 403
