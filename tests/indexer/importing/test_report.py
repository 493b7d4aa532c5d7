from __future__ import annotations

import json
from dataclasses import replace

from indexer.access import Secrecy
from indexer.catalogue import BadRow
from indexer.importing.report import BatchReport, FileProblem

REPORT = BatchReport(
    batch_number=3,
    found=15,
    indexed=5,
    unchanged=4,
    duplicate=3,
    failed=2,
    quarantined=1,
    records_changed=8,
    records_unchanged=4,
    missing=1,
    unreadable=("locked",),
    bad_rows=(BadRow(number=2, problem="bad_date", paths=("a.txt",), secrecy=Secrecy.TOP),),
    unlisted=("b.txt",),
    problems=(FileProblem(path="a.txt", reason="bad_row", detail="2: bad_date"),),
    by_reason={"bad_row": 1},
)


def test_every_file_found_is_counted_once() -> None:
    assert REPORT.adds_up
    assert not replace(REPORT, indexed=6).adds_up


def test_a_report_comes_back_from_the_database_as_it_went_in() -> None:
    assert BatchReport.from_json(json.loads(json.dumps(REPORT.to_json()))) == REPORT
