"""Third parties asked, what they answer, and what they are told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from query_room.clock import ConsultedParty
from query_room.letters import LetterKind
from query_room.requests import Answer, Decision, StepRefusedError
from tests.query_room.requests.conftest import LI, OPENED
from tests.query_room.requests.issuing import issue, today, words_of

if TYPE_CHECKING:
    from tests.query_room.requests.conftest import Office


def test_a_third_party_is_asked_and_answers(office: Office) -> None:
    request_id = office.in_work()
    plain = office.load(request_id).clock
    consultation = office.requests.consulting.consult(
        request_id,
        party=ConsultedParty.THIRD_PARTY,
        name="清河某公司",
        about="贵公司二〇〇八年补偿协议",
        by=office.handler,
    )
    consulting = office.load(request_id)
    assert plain is not None
    assert plain.due_on is not None
    assert consulting.clock is not None
    assert consulting.clock.due_on is not None
    assert consulting.clock.due_on > plain.due_on
    letter_id = issue(office, request_id, LetterKind.THIRD_PARTY)
    words = words_of(office, request_id, letter_id)
    assert "清河某公司" in words
    assert LI.name not in words
    with pytest.raises(StepRefusedError, match="period_still_runs"):
        office.requests.consulting.record_answer(
            request_id,
            consultation,
            answer=Answer.SILENT,
            answered_on=today(),
            note="",
            by=office.handler,
        )
    office.opened(request_id)
    with pytest.raises(StepRefusedError, match="consultation_open"):
        office.requests.deciding.submit(request_id, by=office.handler)
    office.requests.consulting.record_answer(
        request_id,
        consultation,
        answer=Answer.REFUSES,
        answered_on=today(),
        note="涉及商业秘密",
        by=office.handler,
    )
    (answered,) = office.load(request_id).consultations
    assert (answered.answer, answered.note) == (Answer.REFUSES, "涉及商业秘密")
    office.requests.deciding.submit(request_id, by=office.handler)


def test_a_party_that_refused_is_told_what_is_disclosed_all_the_same(office: Office) -> None:
    request_id = office.in_work()
    consulting = office.requests.consulting
    consultation = consulting.consult(
        request_id,
        party=ConsultedParty.THIRD_PARTY,
        name="清河砖厂",
        about="该厂一九七一年用工名册",
        by=office.handler,
    )
    consulting.record_answer(
        request_id,
        consultation,
        answer=Answer.REFUSES,
        answered_on=today(),
        note="涉及商业秘密",
        by=office.handler,
    )
    kinds = [each.kind for each in office.requests.letters.to_make(office.load(request_id))]
    assert LetterKind.THIRD_PARTY_NOTICE not in kinds
    finding, _ = office.mark(request_id)
    office.requests.evidence.decide(request_id, finding, Decision.OPEN, by=office.handler)
    proposal = replace(OPENED, reasons="不公开将对公共利益造成重大影响")
    office.requests.deciding.propose(request_id, proposal, by=office.handler)
    office.approved(request_id)
    words = words_of(office, request_id, issue(office, request_id, LetterKind.THIRD_PARTY_NOTICE))
    for said in ("清河砖厂", "该厂一九七一年用工名册", "公共利益", "如对本决定不服"):
        assert said in words
    assert LI.name not in words
