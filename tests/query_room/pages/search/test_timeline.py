from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask

from indexer.engine.query import FacetCount
from query_room.pages.search.timeline import timeline_view

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = [("q", "低保"), ("year", "1968"), ("from", "1960-05-01"), ("agency", "民政局")]


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    app = Flask(__name__)
    app.add_url_rule("/search", "search.results", lambda: "")
    with app.test_request_context():
        yield


def counts(**years: int) -> list[FacetCount]:
    return [FacetCount(value=name.removeprefix("y"), count=each) for name, each in years.items()]


def test_every_year_stands_in_its_decade_with_its_exact_count() -> None:
    view = timeline_view(counts(y2008=3, y1968=1200, y1961=600, y1970=1), [("q", "低保")])
    assert view is not None
    assert [(each.bar.first, each.bar.count) for each in view.decades] == [
        (1960, 1800),
        (1970, 1),
        (2000, 3),
    ]
    sixties = view.decades[0]
    assert [(each.first, each.count, each.share) for each in sixties.years] == [
        (1961, 600, 50),
        (1968, 1200, 100),
    ]
    # However little it is, it is seen.
    assert view.decades[1].years[0].share == view.decades[1].bar.share == 1
    assert not view.is_open


def test_a_year_narrows_and_a_decade_takes_the_place_of_other_dates() -> None:
    view = timeline_view(counts(y1968=2, y1969=1), ASKED)
    assert view is not None
    (decade,) = view.decades
    assert decade.bar.url.endswith(
        "agency=%E6%B0%91%E6%94%BF%E5%B1%80&from=1960-01-01&to=1969-12-31"
    )
    assert "year=" not in decade.bar.url
    assert decade.years[1].url.endswith(
        "year=1968&from=1960-05-01&agency=%E6%B0%91%E6%94%BF%E5%B1%80&year=1969"
    )
    assert [each.is_active for each in decade.years] == [True, False]
    assert view.is_open


def test_without_dates_there_is_no_timeline() -> None:
    assert timeline_view([], ASKED) is None
