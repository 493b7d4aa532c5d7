"""URL arguments to a question: names, bounds and defaults, one place for pages and API."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.engine.query import Filters, Order
from indexer.errors import InvalidQueryError
from search_api.answers import Question
from search_api.limits import DEFAULT_PAGE_SIZE, MAX_FILTER_VALUES, MAX_PAGE_SIZE, MAX_QUESTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PARAMETERS: Final = frozenset(
    {
        "q", "agency", "year", "category", "audience", "fonds",
        "from", "to", "order", "page", "size", "literal", "as_typed",
    }
)  # fmt: skip
"""Every argument a search takes. ``agency``, ``year``, ``category``, ``audience`` and ``fonds`` may
be repeated: any of the values will do."""

_FIRST_YEAR, _LAST_YEAR = 1, 9999


def parse_question(arguments: Mapping[str, Sequence[str]]) -> Question:
    """The question that the arguments ask.

    Args:
        arguments: Every value of every argument, in order.

    Raises:
        InvalidQueryError: An argument is unknown or out of bounds; ``field`` names it.
    """
    for name in arguments:
        if name not in PARAMETERS:
            raise InvalidQueryError("unknown_filter", name)
    text = _only(arguments, "q")
    if len(text) > MAX_QUESTION:
        raise InvalidQueryError("too_long", "q", str(MAX_QUESTION))
    filters = Filters(
        agencies=_texts(arguments, "agency"),
        years=tuple(
            _integer(value, "year", _FIRST_YEAR, _LAST_YEAR) for value in _texts(arguments, "year")
        ),
        categories=_texts(arguments, "category"),
        audiences=tuple(_audience(value) for value in _texts(arguments, "audience")),
        fonds=_texts(arguments, "fonds"),
        date_from=_date(_only(arguments, "from"), "from"),
        date_to=_date(_only(arguments, "to"), "to"),
    )
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        raise InvalidQueryError("bad_date", "to", "before `from`")
    if not text.strip() and filters.is_empty:
        raise InvalidQueryError("empty", "q")
    return Question(
        text=text,
        literal=_flag(arguments, "literal"),
        as_typed=_flag(arguments, "as_typed"),
        filters=filters,
        order=_order(_only(arguments, "order")),
        page=_integer(_only(arguments, "page") or "1", "page", 1, 1_000_000, "page_out_of_range"),
        page_size=_integer(
            _only(arguments, "size") or str(DEFAULT_PAGE_SIZE), "size", 1, MAX_PAGE_SIZE
        ),
    )


def _only(arguments: Mapping[str, Sequence[str]], name: str) -> str:
    values = arguments.get(name, ())
    if len(values) > 1:
        raise InvalidQueryError("repeated", name)
    return values[0] if values else ""


def _flag(arguments: Mapping[str, Sequence[str]], name: str) -> bool:
    value = _only(arguments, name)
    if value not in {"", "0", "1"}:
        raise InvalidQueryError("unknown_value", name)
    return value == "1"


def _texts(arguments: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in arguments.get(name, ()) if value.strip()))
    if len(values) > MAX_FILTER_VALUES:
        raise InvalidQueryError("too_many", name, str(MAX_FILTER_VALUES))
    for value in values:
        if len(value) > MAX_QUESTION:
            raise InvalidQueryError("too_long", name, str(MAX_QUESTION))
    return values


def _integer(text: str, name: str, low: int, high: int, reason: str = "out_of_range") -> int:
    # int() alone also takes underscores, signs and digits of every script.
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(high))):
        raise InvalidQueryError(reason, name)
    value = int(text)
    if not low <= value <= high:
        raise InvalidQueryError(reason, name)
    return value


def _audience(text: str) -> Audience:
    try:
        return Audience.from_slug(text)
    except ValueError:
        raise InvalidQueryError("unknown_value", "audience") from None


def _order(text: str) -> Order:
    try:
        return Order(text or Order.RELEVANCE)
    except ValueError:
        raise InvalidQueryError("unknown_value", "order") from None


def _date(text: str, name: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidQueryError("bad_date", name) from None
