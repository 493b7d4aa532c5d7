"""Values of rows in a form that no database owns, and back.

Instants stand in ISO 8601 in UTC, days as ``2008-03-15``, JSON columns as the very text they hold,
everything else as JSON has it. SQLite lets a column hold anything: what is not of the column's kind
(somebody meddled with the log, say) is kept as it stands, so that a verification still names it.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, String, TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Column

Neutral: TypeAlias = "str | int | bool | dict[str, str | int | float] | None"
"""A value as a backup holds it."""

_SQLITE_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_MAX_INTEGER: Final = (1 << 63) - 1
_RAW: Final = "raw"
_HEX: Final = "hex"


class Kind(StrEnum):
    """What a column holds."""

    INTEGER = "integer"
    TEXT = "text"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    DAY = "day"
    JSON = "json"


_KINDS: Final = (
    (Boolean, Kind.BOOLEAN),
    (Integer, Kind.INTEGER),
    (DateTime, Kind.INSTANT),
    (Date, Kind.DAY),
    (JSON, Kind.JSON),
    (String, Kind.TEXT),
)


class UnfitValueError(ValueError):
    """A value that the column cannot hold."""


def kind_of(column: Column[Any]) -> Kind:
    """What a column holds, whether its table is ours or was read from a database."""
    kind = column.type
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    for known, found in _KINDS:
        if isinstance(kind, known):
            return found
    msg = f"{column} is of a type that backups do not know: {kind!r}"
    raise TypeError(msg)


def from_sqlite(kind: Kind, value: object) -> Neutral:
    """A value as the file holds it, made neutral."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return {_HEX: value.hex()}
    assert isinstance(value, str | int | float)  # noqa: S101 - SQLite knows no other
    if isinstance(value, float):
        # Before all else: 1.0 is 1 to Python, and no value of any column of ours.
        return {_RAW: value}
    if kind is Kind.BOOLEAN and value in {0, 1}:
        neutral: str | int = bool(value)
    elif kind is Kind.INSTANT and isinstance(value, str) and _SQLITE_INSTANT.fullmatch(value):
        neutral = f"{value.replace(' ', 'T')}Z"
    else:
        neutral = value
    return neutral if _leads_back(kind, neutral, value) else {_RAW: value}


def to_sqlite(kind: Kind, value: object) -> object:
    """A neutral value as the file is to hold it.

    Raises:
        UnfitValueError: It is no such value.
    """
    match value:
        case {"raw": str() | int() | float() as raw, **rest} if not rest:
            return raw
        case {"hex": str() as digits, **rest} if not rest:
            try:
                return bytes.fromhex(digits)
            except ValueError as error:
                raise UnfitValueError(kind) from error
    found = to_python(kind, value)
    match found:
        case dt.datetime():
            return found.replace(tzinfo=None).isoformat(" ", "microseconds")
        case dt.date():
            return found.isoformat()
        case bool():
            return int(found)
    return found


def from_python(kind: Kind, value: object) -> Neutral:
    """A value as the driver of a strict database gives it, made neutral."""
    if kind is Kind.INSTANT and isinstance(value, dt.datetime):
        at = value.astimezone(dt.UTC).replace(tzinfo=None)
        return f"{at.isoformat(timespec='microseconds')}Z"
    if kind is Kind.DAY and isinstance(value, dt.date):
        return value.isoformat()
    assert value is None or isinstance(value, str | int)  # noqa: S101 - columns have kinds
    return value


def to_python(kind: Kind, value: object) -> object:
    """A neutral value as the driver of a strict database takes it.

    Raises:
        UnfitValueError: It is no such value.
    """
    if value is None:
        return None
    try:
        return _READERS[kind](value)
    except (ValueError, TypeError) as error:
        raise UnfitValueError(kind) from error


def _leads_back(kind: Kind, neutral: Neutral, value: object) -> bool:
    try:
        return to_sqlite(kind, neutral) == value
    except UnfitValueError:
        return False


def _integer(value: object) -> int:
    if type(value) is not int or not -_MAX_INTEGER - 1 <= value <= _MAX_INTEGER:
        raise ValueError
    return value


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # JSON can spell half a character; no database stores it
    return value


def _instant(value: object) -> dt.datetime:
    text = _text(value)
    if not _INSTANT.fullmatch(text):
        raise ValueError
    return dt.datetime.fromisoformat(text)


def _day(value: object) -> dt.date:
    return dt.date.fromisoformat(_text(value))


_READERS: Final[dict[Kind, Callable[[object], object]]] = {
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.TEXT: _text,
    Kind.JSON: _text,
    Kind.INSTANT: _instant,
    Kind.DAY: _day,
}
