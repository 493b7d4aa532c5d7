"""Reviews and suits on pages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now
from query_room.accounts import Role
from query_room.organs import Duty
from query_room.requests import RequestStatus
from search_api.china_time import day_in_china
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, person

if TYPE_CHECKING:
    from tests.query_room.requests.conftest import Office

TODAY = day_in_china(utc_now())
FIELDS = {
    "block": "rev",
    "authority": "清河区人民政府",
    "docket": "清政复字〔2026〕12号",
    "plaintiff": "applicant",
    "plaintiff_name": "李秀英",
    "note": "应当全部公开",
    "filed_on": (TODAY - dt.timedelta(days=90)).isoformat(),
    "notified_on": (TODAY - dt.timedelta(days=88)).isoformat(),
}


@pytest.fixture
def clerk(office: Office) -> Person:
    """Somebody who works for the organ."""
    clerk = person(office.room, "ban", Role.STAFF, "班科员")
    office.room.organs.set_duties(office.organ_id, "ban", {Duty.HANDLER}, by="test")
    return clerk


def test_a_case_goes_from_its_entry_to_a_request_taken_up_again(
    office: Office, clerk: Person
) -> None:
    request_id = office.in_work()
    office.requests.deciding.withdraw(request_id, reason="当面撤回", by=office.handler)
    assert "没有复议或诉讼" in clerk.get(f"/cases/of/{request_id}").text
    assert "待答辩" not in clerk.get("/cases/").text

    page = clerk.post(f"/cases/of/{request_id}", **FIELDS)
    assert page.headers["Location"] == f"/cases/{request_id}-c1"
    case = clerk.get(f"/cases/{request_id}-c1").text
    assert "李*" in case
    assert "李秀英" not in case
    assert "第四十八条" in case
    overview = text_of(clerk.get("/cases/").text)
    assert "清政复字〔2026〕12号" in overview
    assert "已逾期" in overview

    clerk.post(f"/cases/{request_id}-c1/answer", answered_on=FIELDS["notified_on"])
    assert "已答辩" in clerk.get(f"/cases/{request_id}-c1").text
    clerk.post(
        f"/cases/{request_id}-c1/decide",
        result="fix",
        decided_on=TODAY.isoformat(),
        ordered_reopen="1",
        summary="撤销原答复，责令重新答复",
    )
    ended = text_of(clerk.get(f"/cases/{request_id}-c1").text)
    assert "结果纠正" in ended
    assert "申请已重新办理" in ended
    assert "清政复字〔2026〕12号" in clerk.get("/cases/").text
    request = office.requests.reader.load(request_id, by=office.handler).request
    assert request.status is RequestStatus.IN_WORK

    form = clerk.get(f"/cases/of/{request_id}/new").text
    assert f'<option value="{request_id}-c1"' in form
    after = {**FIELDS, "block": "post", "docket": "", "follows": f"{request_id}-c1"}
    clerk.post(f"/cases/of/{request_id}", **after)
    clerk.post(f"/cases/{request_id}-c2/withdraw", withdrawn_on=TODAY.isoformat())
    assert "已撤回" in clerk.get(f"/cases/{request_id}-c2").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"docket": "李秀英诉清河区政府"}, "不要写姓名"),
        ({"authority": ""}, "这一项必须填写"),
        ({"filed_on": "昨天"}, "不是可用的取值"),
        ({"block": "post"}, "须选择它之前的行政复议"),
        ({"notified_on": "2999-01-01"}, "超出允许的范围"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(
    office: Office, clerk: Person, changes: dict[str, str], said: str
) -> None:
    request_id = office.in_work()
    page = clerk.post(f"/cases/of/{request_id}", **{**FIELDS, **changes})
    assert page.status_code == 400
    assert said in page.text
    assert "应当全部公开" in page.text
    assert office.room.cases.of_request(request_id, by=office.handler) == []


def test_a_result_that_does_not_fit_is_refused_on_its_page(office: Office, clerk: Person) -> None:
    request_id = office.in_work()
    clerk.post(f"/cases/of/{request_id}", **FIELDS)
    for fields, said in (
        ({"decided_on": TODAY.isoformat()}, "这一项必须填写"),
        (
            {
                "result": "keep",
                "decided_on": TODAY.isoformat(),
                "ordered_reopen": "1",
                "summary": "维持",
            },
            "只有结果纠正",
        ),
    ):
        page = clerk.post(f"/cases/{request_id}-c1/decide", **fields)
        assert page.status_code == 400
        assert said in page.text
    page = clerk.post(f"/cases/{request_id}-c1/withdraw", withdrawn_on="2999-01-01")
    assert page.status_code == 400


def test_nobody_else_sees_that_there_is_a_case(office: Office, clerk: Person) -> None:
    request_id = office.in_work()
    clerk.post(f"/cases/of/{request_id}", **FIELDS)
    stranger = person(office.room, "lu", Role.STAFF)
    auditor = person(office.room, "shen", Role.AUDITOR)
    assert stranger.get(f"/cases/{request_id}-c1").status_code == 404
    assert stranger.get("/cases/nothing").status_code == 404
    assert stranger.get(f"/cases/of/{request_id}").status_code == 403
    assert stranger.post(f"/cases/of/{request_id}", **FIELDS).status_code == 403
    assert "清政复字" not in stranger.get("/cases/").text
    assert auditor.get("/cases/").status_code == 403
    assert clerk.get("/cases/?year=1999").status_code == 404
    assert clerk.get("/cases/?year=x").status_code == 404
    assert f"/cases/?year={TODAY.year - 1}" in clerk.get("/cases/").text
