from __future__ import annotations

import re

import pytest

from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, receive, search_id_of, ticks_of


@pytest.fixture
def handed(staff: Person) -> str:
    """A search handed to the archivists."""
    visit = receive(staff)
    search = search_id_of(staff.get("/search?q=绝无此事").text)
    assert "绝无此事" in text_of(staff.get(f"/handovers/new?search={search}").text)
    empty = staff.post("/handovers/", search=search, note=" ")
    assert empty.status_code == 400
    assert 'id="note-problem"' in empty.text
    back = staff.post("/handovers/", search=search, note="父亲一九七一年下乡")
    assert back.location == f"/visits/{visit}"
    found = re.search(r'href="/handovers/(h\w+)"', staff.get(back.location).text)
    assert found is not None
    return found.group(1)


def test_an_empty_answer_goes_to_the_archive_and_comes_back(
    handed: str, staff: Person, archivist: Person
) -> None:
    here = f"/handovers/{handed}"
    assert "父亲一九七一年下乡" in text_of(archivist.get("/handovers/").text)
    archivist.post(f"{here}/steps/take")
    assert archivist.post(f"{here}/work").location == "/"
    page = archivist.get("/search?q=知青").text
    assert "引用到答复" in text_of(page)
    archivist.post(f"{here}/picks", search=search_id_of(page), record=ticks_of(page))
    picked = text_of(archivist.get(here).text)
    assert "红旗公社回城批复" in picked
    assert "已保留 1 次检索作为依据" in picked
    dropped = ticks_of(page)[0]
    archivist.post(f"{here}/picks/drop", record=dropped)
    assert dropped not in archivist.get(here).text
    refused = archivist.post(f"{here}/answer", outcome="found", text="")
    assert refused.status_code == 400
    archivist.post(f"{here}/answer", outcome="found", text="见所列档案。")
    assert "待告知来访人的答复" in text_of(staff.get("/visits/").text)
    told = text_of(staff.get(here).text)
    assert "见所列档案。" in told
    staff.post(f"{here}/steps/deliver")
    assert "已告知来访人" in text_of(staff.get(here).text)
    assert "没有待办" in text_of(archivist.get("/handovers/").text)


def test_nothing_found_rests_on_the_searches_made(handed: str, archivist: Person) -> None:
    here = f"/handovers/{handed}"
    archivist.post(f"{here}/steps/take")
    without = archivist.post(f"{here}/answer", outcome="none", text="未查到。")
    assert without.status_code == 400
    assert "检索依据" in text_of(without.text)
    page = archivist.get("/search?q=查无此人").text
    assert "保留本次检索为依据" in text_of(page)
    archivist.post(f"{here}/picks", search=search_id_of(page))
    archivist.post(f"{here}/answer", outcome="none", text="未查到。")
    assert "检索 1 次" in text_of(archivist.get(here).text)


def test_what_staff_may_not_see_does_not_show_in_the_answer(
    handed: str, staff: Person, archivist: Person
) -> None:
    here = f"/handovers/{handed}"
    archivist.post(f"{here}/steps/take")
    page = archivist.get("/search?q=来信人").text
    (secret, *_) = ticks_of(page)
    archivist.post(f"{here}/picks", search=search_id_of(page), record=secret)
    archivist.post(f"{here}/answer", outcome="found", text="已查到，请馆内阅览。")
    assert secret in archivist.get(here).text
    seen = staff.get(here).text
    assert "已查到，请馆内阅览。" in seen
    assert secret not in seen
    assert "来信" not in seen


def test_steps_are_for_those_who_may_take_them(
    handed: str, staff: Person, archivist: Person
) -> None:
    here = f"/handovers/{handed}"
    assert staff.post(f"{here}/steps/take").status_code == 403
    assert staff.post(f"{here}/picks", search="s", record="r").status_code == 403
    assert archivist.post(f"{here}/steps/deliver").status_code == 409
    assert archivist.post(f"{here}/steps/dance").status_code == 404
    archivist.post(f"{here}/steps/take")
    archivist.post(f"{here}/steps/put_back")
    assert "待接" in text_of(archivist.get(here).text)
    assert "正在代查" not in text_of(archivist.get("/").text)
    staff.post(f"{here}/steps/cancel")
    assert "已撤回" in text_of(staff.get(here).text)


def test_what_cannot_be_handed_on_is_not_there(staff: Person) -> None:
    assert staff.get("/handovers/hnothing").status_code == 404
    assert staff.get("/handovers/new?search=x").location.startswith("/visits/new?next=")
    receive(staff)
    assert staff.get("/handovers/new?search=other").status_code == 404
