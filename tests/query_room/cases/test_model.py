"""What a review or suit must say before it is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from query_room.cases import NewCase, Plaintiff
from query_room.errors import InvalidFieldError
from query_room.statute.case_codes import CaseBlock

DAY = dt.date(2026, 3, 2)
NEW = NewCase(
    block=CaseBlock.REVIEW,
    authority="清河区人民政府",
    plaintiff=Plaintiff.APPLICANT,
    filed_on=DAY,
    notified_on=DAY,
)


@pytest.mark.parametrize(
    "docket",
    ["", "青政复字〔2026〕12号", "（2026）内0204行初12号", "(2026)内02行终3号", "〔2026〕第7号"],
)
def test_a_docket_number_is_kept_as_it_is(docket: str) -> None:
    assert replace(NEW, docket=docket).checked().docket == docket


@pytest.mark.parametrize("docket", ["李秀英诉清河区政府案", "12", "〔2026〕李秀英号", "x" * 101])
def test_what_is_no_docket_number_is_refused_for_it_may_name_somebody(docket: str) -> None:
    with pytest.raises(InvalidFieldError) as raised:
        replace(NEW, docket=docket).checked()
    assert raised.value.field == "docket"


def test_an_authority_is_needed() -> None:
    with pytest.raises(InvalidFieldError, match="authority: required"):
        replace(NEW, authority=" ").checked()


def test_nobody_is_told_before_the_filing() -> None:
    with pytest.raises(InvalidFieldError, match="notified_on"):
        replace(NEW, notified_on=DAY - dt.timedelta(days=1)).checked()
