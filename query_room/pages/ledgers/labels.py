"""Words for old registers, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from query_room.ledgers import LedgerKind

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[LedgerKind, LazyString]] = {
    LedgerKind.REQUESTS: lazy_gettext("Register of requests"),
    LedgerKind.BALANCES: lazy_gettext("Carried over from the year before"),
    LedgerKind.VISITS: lazy_gettext("Register of visits"),
}
BAD_CELLS: Final[Mapping[str, LazyString]] = {
    "missing": lazy_gettext("Empty, or a formula without a stored result"),
    "not_a_day": lazy_gettext("Not a day"),
    "not_a_month": lazy_gettext("Not a month"),
    "not_a_year": lazy_gettext("Not a year"),
    "not_a_count": lazy_gettext("Not a number of things"),
    "unknown_word": lazy_gettext("Not a category or outcome that is known"),
    "in_future": lazy_gettext("Later than today"),
    "before_receipt": lazy_gettext("Before the day of receipt"),
    "result_without_day": lazy_gettext("A result without the day of the reply"),
    "day_without_result": lazy_gettext("A day of the reply without a result"),
    "twice": lazy_gettext("There twice"),
}
VALUE_CLASSES: Final[Mapping[str, LazyString]] = {
    "empty": lazy_gettext("empty"),
    "text": lazy_gettext("text"),
    "number": lazy_gettext("number"),
    "date": lazy_gettext("date"),
    "other": lazy_gettext("something else"),
}
