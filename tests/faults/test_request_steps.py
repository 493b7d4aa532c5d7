"""Every step of a request, killed at every statement: it happens whole, or not at all.

The step runs in a process of its own, which ends itself as SIGKILL would, first before its first
statement, then before its second, until it gets through.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import pytest
from sqlalchemy import event, select

import query_room.tables
import search_api.tables
from indexer.database import reading, utc_now
from query_room.clock import Channel, ConsultedParty
from query_room.fees import FeeBasis
from query_room.letters import LetterKind
from query_room.requests import Answer, Decision, Manner, RequestStatus
from query_room.reviews import Verdict
from search_api.china_time import day_in_china
from search_api.log import EventKind, seal, verify
from tests.query_room.conftest import room
from tests.query_room.requests.conftest import OPENED, Office, office
from tests.query_room.requests.issuing import issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

__all__ = ["office", "room"]  # the fixtures

Step: TypeAlias = "Callable[[Office, str], object]"
KILLED = 137
MAX_STATEMENTS = 80


def today() -> dt.date:
    return day_in_china(utc_now())


def consultation(at: Office, request_id: str) -> str:
    return at.load(request_id).consultations[0].consultation_id


def finding(at: Office, request_id: str) -> str:
    return at.load(request_id).findings[0].finding_id


def reply(at: Office, request_id: str) -> str:
    return next(
        each.letter_id for each in at.load(request_id).letters if each.kind is LetterKind.REPLY
    )


STEPS: dict[str, Step] = {
    "confirm": lambda at, number: at.requests.intake.confirm(
        number, organ_confirmed_on=today(), applicant_confirmed_on=today(), by=at.handler
    ),
    "assign": lambda at, number: at.requests.intake.assign(number, "wang", by=at.handler),
    "ask for clarification": lambda at, number: at.requests.clockwork.ask_clarification(
        number, asked_for="哪一年的？", correct_by=today() + dt.timedelta(days=9), by=at.handler
    ),
    "correct": lambda at, number: at.requests.clockwork.correct(
        number, corrected="一九七一年的。", received_on=today(), by=at.handler
    ),
    "consult": lambda at, number: at.requests.consulting.consult(
        number,
        party=ConsultedParty.THIRD_PARTY,
        name="清河某公司",
        about="协议",
        by=at.handler,
    ),
    "letter": lambda at, number: issue(at, number, LetterKind.THIRD_PARTY),
    "record the answer": lambda at, number: at.requests.consulting.record_answer(
        number,
        consultation(at, number),
        answer=Answer.CONSENTS,
        answered_on=today(),
        note="同意",
        by=at.handler,
    ),
    "charge": lambda at, number: at.requests.clockwork.notice_fee(
        number, basis=FeeBasis.PAGES, count=40, by=at.handler
    ),
    "pay": lambda at, number: at.requests.clockwork.pay(number, paid_on=today(), by=at.handler),
    "extend": lambda at, number: at.requests.clockwork.extend(
        number, working_days=20, reason="量大", by=at.head
    ),
    "set a longer period": lambda at, number: at.requests.clockwork.set_longer_period(
        number, working_days=60, reason="量大", by=at.head
    ),
    "search by hand": lambda at, number: at.searched_by_hand(number, at.archivist),
    "mark": lambda at, number: at.mark(number),
    "decide": lambda at, number: at.requests.evidence.decide(
        number, finding(at, number), Decision.OPEN, by=at.handler
    ),
    "propose": lambda at, number: at.requests.deciding.propose(number, OPENED, by=at.handler),
    "submit": lambda at, number: at.requests.deciding.submit(number, by=at.handler),
    "sign": lambda at, number: at.requests.deciding.sign(
        number, Verdict.AGREES, remark="", by=at.secrecy
    ),
    "sign again": lambda at, number: at.requests.deciding.sign(
        number, Verdict.AGREES, remark="", by=at.head
    ),
    "approve": lambda at, number: at.requests.deciding.sign(
        number, Verdict.AGREES, remark="可以公开", by=at.head
    ),
    "reply": lambda at, number: issue(at, number, LetterKind.REPLY),
    "dispatch": lambda at, number: at.requests.deciding.dispatch(
        number, reply(at, number), manner=Manner.POSTED, day=today(), note="EMS", by=at.handler
    ),
    "reopen": lambda at, number: at.requests.deciding.reopen(number, ground="判决", by=at.handler),
    "withdraw": lambda at, number: at.requests.deciding.withdraw(
        number, reason="撤回", by=at.handler
    ),
    "erase": lambda at, number: at.requests.intake.erase_applicant(
        number, ground="到期", by=at.archivist
    ),
}


def snapshot(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the room and of the log but those of searches, which are not the steps'."""
    told = search_api.tables.log_event
    statements = {
        "log_event": select(told).where(told.c.kind != EventKind.SEARCHED),
        **{table.name: select(table) for table in query_room.tables.metadata.sorted_tables},
    }
    with reading(engine) as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(statement)), key=repr)
            for name, statement in statements.items()
        }


def run_killed_at(number: int, engine: Engine, step: Callable[[], object]) -> int:
    """Take the step in a process that dies before its ``number``-th writing statement."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            gc.disable()  # a collection writes to every page that is shared with the parent
            engine.dispose(close=False)  # the parent's connections are the parent's
            left = number

            def die(*said: object) -> None:
                nonlocal left
                if not str(said[2]).lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN")):
                    left -= 1
                    if left == 0:
                        os._exit(KILLED)

            def die_before_commit(_connection: object) -> None:
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(KILLED)

            event.listen(engine, "before_cursor_execute", die)
            event.listen(engine, "commit", die_before_commit)
            step()
            status = 0
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended)


def test_a_step_happens_whole_or_not_at_all(office: Office) -> None:
    engine = office.room.engine
    request_id = office.file(channel=Channel.FAX, received_on=None)
    office.room.requests.reader.in_work(by=office.handler)  # calendars are read before
    deaths = 0
    for name, step in STEPS.items():
        before = snapshot(engine)
        for number in range(1, MAX_STATEMENTS):
            status = run_killed_at(number, engine, partial(step, office, request_id))
            if status == 0:
                break
            assert status == KILLED, f"{name} failed at statement {number}"
            deaths += 1
            assert snapshot(engine) == before, f"{name} left a half at statement {number}"
        else:
            pytest.fail(f"{name} never got through")
        assert snapshot(engine) != before, f"{name} did nothing"
    assert deaths > 2 * len(STEPS)
    assert office.load(request_id).request.status is RequestStatus.CLOSED
    seal(engine)
    assert verify(engine).is_whole
