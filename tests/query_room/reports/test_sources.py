from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from indexer.database import writing
from query_room.reports import RegisterSources
from query_room.statute.codes import ApplicantCategory, Disposition
from query_room.tables import records_request
from tests.query_room.reports.registers import ListedSources, case, request

if TYPE_CHECKING:
    from sqlalchemy import Engine


def enter(database: Engine, number: int, **columns: Any) -> None:
    row = {
        "request_id": f"QINGHE-2025-{number:05}",
        "organ_id": "qinghe",
        "kind": "disclosure",
        "year": 2025,
        "number": number,
        "display_number": f"清依申〔2025〕{number}号",
        "status": "in_work",
        "channel": "online",
        "category": "nat",
        "filed_by": "",
        # In China it is 2025 already.
        "filed_at": dt.datetime(2024, 12, 31, 20, tzinfo=dt.UTC),
        "applicant_event_id": 1,
        "content_event_id": 1,
    }
    with writing(database) as connection:
        connection.execute(insert(records_request).values(row | columns))


def test_disclosure_requests_that_were_received_are_reported(database: Engine) -> None:
    enter(database, 1, received_on=dt.date(2025, 1, 5), category="biz")
    enter(
        database,
        2,
        received_on=dt.date(2025, 2, 5),
        closed_on=dt.date(2025, 2, 7),
        disposition="C1",
    )
    enter(database, 3)  # nobody has confirmed its receipt
    enter(database, 4, received_on=dt.date(2025, 2, 5), kind="archive_use")
    enter(database, 5, received_on=dt.date(2026, 1, 1))
    enter(database, 6, received_on=dt.date(2025, 2, 5), organ_id="minzheng")
    enter(database, 7, received_on=dt.date(2025, 2, 5), disposition="A1")  # proposed, still open
    found = RegisterSources(engine=database).requests(["qinghe"], 2025)
    assert [(each.request_id[-1], each.category, each.disposition) for each in found] == [
        ("1", ApplicantCategory.BUSINESS, None),
        ("2", ApplicantCategory.NATURAL, Disposition.NOT_HELD),
        ("7", ApplicantCategory.NATURAL, None),
    ]


def test_one_that_was_withdrawn_before_it_was_confirmed_counts_from_its_filing(
    database: Engine,
) -> None:
    enter(database, 1, closed_on=dt.date(2025, 1, 3), disposition="E3")
    (found,) = RegisterSources(engine=database).requests(["qinghe"], 2025)
    assert (found.received_on, found.closed_on) == (dt.date(2025, 1, 1), dt.date(2025, 1, 3))


def test_old_ledgers_and_cases_come_from_their_keepers(database: Engine) -> None:
    old = ListedSources([request(1, "2024-01-02")], [case(1, "rev", "keep")])
    sources = RegisterSources(engine=database, ledgers=old, case_keeper=old)
    assert sources.requests(["qinghe"], 2025) == tuple(old.listed)
    assert sources.cases(["qinghe"], 2025) == old.heard
    assert RegisterSources(engine=database).cases(["qinghe"], 2025) == ()
