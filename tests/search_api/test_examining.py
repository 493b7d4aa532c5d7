from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER, Viewer
from indexer.database import utc_now, writing
from indexer.errors import RecordNotFoundError
from indexer.repositories import withdrawals
from search_api.examining import NOTHING_ASKED, Examined, Indexed, Way
from search_api.params import parse_question
from tests.fixtures.archive import ARCHIVIST, STAFF, SmallArchive

if TYPE_CHECKING:
    from search_api.answers import Question
    from search_api.examining import Meant


def asked(text: str, **arguments: str) -> Question:
    return parse_question({"q": [text], **{name: [value] for name, value in arguments.items()}})


def why(
    archive: SmallArchive, name: str, question: Question = NOTHING_ASKED, viewer: Viewer = STAFF
) -> Examined:
    meant = archive.service.why_not(name, question, viewer)
    assert meant.examined is not None
    return meant.examined


@pytest.fixture
def filled(archive: SmallArchive) -> SmallArchive:
    archive.add(
        "低保工作的通知",
        "退热费。",
        agency="区民政局",
        document_number="青政办发〔2008〕15号",
        archival_code="9-7-33",
        opening="controlled",
    )
    archive.add("供热通知", "退热费和供热。")
    archive.run()
    return archive


@pytest.mark.parametrize(
    "name",
    ["低保工作的通知", "《低保工作的通知》", " 9-7-33 ", "青政办发[2008]15号", "低保工作"],
)
def test_a_record_is_known_by_whatever_it_is_called(filled: SmallArchive, name: str) -> None:
    found = why(filled, name)
    assert found.record.description.title == "低保工作的通知"
    assert why(filled, found.record.record_id).record == found.record


def test_several_records_of_one_name_are_offered(filled: SmallArchive) -> None:
    meant = filled.service.why_not("通知", NOTHING_ASKED, STAFF)
    assert meant.examined is None
    assert [each.description.title for each in meant.records] == ["低保工作的通知", "供热通知"]


def test_it_is_told_what_the_record_lacks_and_where_it_stands(filled: SmallArchive) -> None:
    found = why(filled, "9-7-33", asked("低保 供热 机关:民政局"))
    assert [(part.in_words("zh"), part.is_met) for part in found.parts] == [
        ("低保", True),
        ("供热", False),
        ("机关含有“民政局”", True),
    ]
    assert (found.indexed, found.way, found.waiting) == (Indexed.CURRENT, Way.AUDIENCE, 0)
    assert why(filled, "供热通知", asked("退热费 供热")).rank == 1
    assert why(filled, "供热通知", asked("退热费", agency="乙局")).kept_out_by == ("agencies",)


def test_a_record_whose_change_waits_is_behind(
    filled: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.add("供热通知", "退热费和供热都改了。")
    filled.add("新来的", "退热费。")
    with monkeypatch.context() as patch:
        patch.setattr(SmallArchive, "index", lambda _: None)
        filled.run()
    changed, new = why(filled, "供热通知"), why(filled, "新来的", asked("退热费"))
    assert (changed.indexed, new.indexed) == (Indexed.BEHIND, Indexed.ABSENT)
    assert changed.waiting > 0
    assert (new.is_found, new.parts) == (False, ())


def test_the_way_to_a_record_is_told(filled: SmallArchive) -> None:
    record = why(filled, "9-7-33").record
    granted = Viewer(audience=PUBLIC_VIEWER.audience, granted_records=frozenset({record.record_id}))
    assert why(filled, "9-7-33", viewer=granted).way is Way.GRANTED
    filled.add("内部件", "x", secrecy="内部", agency="区民政局", fonds="0001")
    filled.run()
    own = dataclasses.replace(STAFF, agencies=frozenset({"区民政局"}))
    assert why(filled, "内部件", viewer=own).way is Way.OWN_AGENCY
    fonds = dataclasses.replace(PUBLIC_VIEWER, granted_fonds=frozenset({"0001"}))
    assert why(filled, "内部件", viewer=fonds).way is Way.GRANTED_FONDS


def test_what_one_may_not_see_is_what_does_not_exist(filled: SmallArchive) -> None:
    record = why(filled, "9-7-33").record
    names = (record.record_id, "9-7-33", "青政办发〔2008〕15号", "低保工作的通知", "低保", "", "无")

    def told(viewer: Viewer) -> list[Meant | str]:
        answers: list[Meant | str] = []
        for name in names:
            with pytest.raises(RecordNotFoundError) as caught:
                filled.service.why_not(name, asked("退热费"), viewer)
            answers.append(type(caught.value).__name__)
        return answers

    assert len(told(PUBLIC_VIEWER)) == len(names)
    with writing(filled.engine) as connection:
        withdrawals.withdraw_record(
            connection, record.record_id, ground="错放", by="档案员", at=utc_now()
        )
    assert told(ARCHIVIST) == told(PUBLIC_VIEWER)
