from __future__ import annotations

import datetime as dt

import pytest

from query_room.statute.codes import Disposition
from query_room.statute.remedies import Route, remedy_for, third_party_remedy

DAY = dt.date(2026, 3, 2)


def remedy(disposition: Disposition, day: dt.date = DAY) -> tuple[Route, str]:
    found = remedy_for(disposition, day, review_authority="清河市人民政府")
    assert found.source
    return found.route, found.text


@pytest.mark.parametrize("disposition", Disposition)
def test_every_outcome_has_a_remedy_with_its_periods(disposition: Disposition) -> None:
    route, text = remedy(disposition)
    assert "60日内依法向清河市人民政府申请行政复议" in text
    assert ("15日内" if route is Route.REVIEW_FIRST else "六个月内") in text


@pytest.mark.parametrize("code", ["A2", "B1", "B2", "B3", "B4", "B5", "B6", "B7"])
def test_withholding_under_articles_14_to_16_goes_to_review_first(code: str) -> None:
    assert remedy(Disposition(code))[0] is Route.REVIEW_FIRST


@pytest.mark.parametrize("code", ["A1", "B8", "C1", "C2", "D1", "D2", "E1"])
def test_everything_else_can_go_to_court_at_once(code: str) -> None:
    assert remedy(Disposition(code))[0] is Route.DIRECT


def test_before_the_new_review_law_no_row_holds() -> None:
    with pytest.raises(LookupError):
        remedy(Disposition.OPENED, dt.date(2023, 12, 31))


def test_a_third_party_goes_against_the_decision_and_not_against_a_reply() -> None:
    found = third_party_remedy(DAY, review_authority="清河市人民政府")
    assert found.route is Route.DIRECT
    assert "60日内依法向清河市人民政府申请行政复议" in found.text
    assert "答复" not in found.text
    with pytest.raises(LookupError):
        third_party_remedy(dt.date(2020, 1, 1), review_authority="x")
