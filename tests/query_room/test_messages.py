from __future__ import annotations

import datetime as dt
import re

import pytest

from indexer import errors as errors_below
from indexer.errors import InvalidQueryError, QueryRoomError, RecordNotFoundError
from query_room import errors
from query_room.messages import message
from search_api import errors as search_errors
from search_api.messages import message as message_below

HAN = re.compile("[一-鿿]")

REASONS = {
    "WeakPasswordError": ["too_short", "too_long", "is_the_name"],
    "InvalidFieldError": ["required", "too_long", "unknown", "out_of_range"],
    "RegisterRefusedError": re.findall(
        r"``(\w+)``", str(errors.RegisterRefusedError.__doc__).split("record_id:")[0]
    ),
    "OrderRefusedError": re.findall(r"``(\w+)``", str(errors.OrderRefusedError.__doc__)),
}


def every_error() -> list[QueryRoomError]:
    found: list[QueryRoomError] = [
        errors.SignInLockedError(dt.datetime(2026, 3, 2, tzinfo=dt.UTC)),
        errors.VisitAlreadyOpenError("20260302-001"),
        errors.EntryCorrectedError("20260302-001-02"),
        errors.InvalidTransitionError("take", "answered"),
        errors_below.RecognitionMissingError(),
        *[errors.OrderRefusedError(reason) for reason in REASONS["OrderRefusedError"]],
        *[errors.WeakPasswordError(reason) for reason in REASONS["WeakPasswordError"]],
        *[errors.InvalidFieldError("f", reason) for reason in REASONS["InvalidFieldError"]],
        *[errors.RegisterRefusedError(reason) for reason in REASONS["RegisterRefusedError"]],
    ]
    # Its reasons have texts of their own, shown where questions are asked.
    taken = {*(type(error) for error in found), InvalidQueryError}
    found.extend(
        kind("for the operator")
        for module in (errors, search_errors, errors_below)
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, QueryRoomError)
        and kind.__module__ == module.__name__
        and kind not in taken
        and not kind.__subclasses__()
    )
    return found


@pytest.mark.parametrize("error", every_error(), ids=repr)
def test_every_error_speaks_both_languages(error: QueryRoomError) -> None:
    chinese, english = message(error, "zh"), message(error, "en")
    assert HAN.search(chinese)
    assert english.isascii()
    assert chinese != message_below(QueryRoomError(), "zh"), "no text of its own"
    assert "operator" not in english


def test_errors_from_below_keep_their_words() -> None:
    error = RecordNotFoundError("r1")
    assert message(error, "zh") == message_below(error, "zh")
