import datetime as dt

import pytest

from indexer.access import Audience
from indexer.engine.query import Order
from indexer.errors import InvalidQueryError
from search_api.params import parse_question


def test_defaults() -> None:
    question = parse_question({"q": ["低保"]})
    assert (question.page, question.page_size, question.order) == (1, 10, Order.RELEVANCE)
    assert question.filters.is_empty


def test_filters_may_be_repeated() -> None:
    filters = parse_question(
        {
            "q": [""],
            "agency": ["甲局", "乙局", "甲局"],
            "year": ["1968"],
            "audience": ["reading-room"],
        }
    ).filters
    assert filters.agencies == ("甲局", "乙局")
    assert filters.years == (1968,)
    assert filters.audiences == (Audience.READING_ROOM,)


def test_dates() -> None:
    filters = parse_question({"from": ["2008-01-01"], "to": ["2008-12-31"]}).filters
    assert (filters.date_from, filters.date_to) == (dt.date(2008, 1, 1), dt.date(2008, 12, 31))


@pytest.mark.parametrize(
    ("arguments", "reason", "field"),
    [
        ({}, "empty", "q"),
        ({"q": ["  "]}, "empty", "q"),
        ({"q": ["长" * 501]}, "too_long", "q"),
        ({"q": ["甲", "乙"]}, "repeated", "q"),
        ({"q": ["甲"], "colour": ["红"]}, "unknown_filter", "colour"),
        ({"q": ["甲"], "year": ["去年"]}, "out_of_range", "year"),
        ({"q": ["甲"], "year": ["٢٠٠٨"]}, "out_of_range", "year"),
        ({"q": ["甲"], "from": ["2008-02-30"]}, "bad_date", "from"),
        ({"q": ["甲"], "from": ["2009-01-01"], "to": ["2008-01-01"]}, "bad_date", "to"),
        ({"q": ["甲"], "page": ["0"]}, "page_out_of_range", "page"),
        ({"q": ["甲"], "page": ["-1"]}, "page_out_of_range", "page"),
        ({"q": ["甲"], "page": ["99999999999"]}, "page_out_of_range", "page"),
        ({"q": ["甲"], "size": ["101"]}, "out_of_range", "size"),
        ({"q": ["甲"], "order": ["best"]}, "unknown_value", "order"),
        ({"q": ["甲"], "audience": ["everybody"]}, "unknown_value", "audience"),
        ({"q": ["甲"], "agency": [f"局{n}" for n in range(51)]}, "too_many", "agency"),
    ],
)
def test_what_cannot_be_asked_is_named(
    arguments: dict[str, list[str]], reason: str, field: str
) -> None:
    with pytest.raises(InvalidQueryError) as raised:
        parse_question(arguments)
    assert (raised.value.reason, raised.value.field) == (reason, field)
