"""Workbooks of Excel 97 and Kingsoft ET, and binary ones of later years: each sheet a page."""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING, Final

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    load_workbook,
)

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.compound_file import opened_storage, stream_of
from indexer.extraction.number_formats import plain
from indexer.extraction.page_text import page_of, row_of
from indexer.extraction.xlsx import DEFAULT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RECORD: Final = struct.Struct("<HH")
_FILE_PASS: Final = 0x2F
_FIRST_RECORDS: Final = 20

_Cell = int | float | str | bool | dt.date | dt.datetime | dt.time | dt.timedelta


class XlsExtractor:
    """Reads XLS, ET and XLSB through the calamine library, which tells dates from numbers.

    How a workbook shows its numbers is not asked: dates are written as 2008-03-15.
    """

    name: Final = "xls/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page per sheet, hidden ones too: its name, then row by row.

        Raises:
            ExtractionError: Not a sound workbook, or one with a password.
        """
        try:
            workbook = load_workbook(str(path))
            for name in workbook.sheet_names:
                yield page_of(_lines(workbook, name))
        except PasswordError as error:
            raise ExtractionError(Reason.ENCRYPTED, "a password protects the workbook") from error
        except CalamineError as error:
            if has_password(path):
                raise ExtractionError(
                    Reason.ENCRYPTED, "a password protects the workbook"
                ) from error
            raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
        except BaseException as error:
            # Where its own code gives up, calamine raises what is no Exception.
            if type(error).__name__ == "PanicException":
                raise ExtractionError(Reason.DAMAGED, "PanicException") from error
            raise


def has_password(path: Path) -> bool:
    """Whether the workbook says that it is encrypted, in a way that the library does not know.

    Source: Microsoft, [MS-XLS] 2.4.117 (FilePass).
    """
    try:
        with opened_storage(path) as storage:
            name = "Workbook" if storage.exists("Workbook") else "Book"
            content = stream_of(storage, name)
    except ExtractionError:
        return False  # no storage, or a damaged one
    at = 0
    for _ in range(_FIRST_RECORDS):
        if at + _RECORD.size > len(content):
            return False
        kind, length = _RECORD.unpack_from(content, at)
        if kind == _FILE_PASS:
            return True
        at += _RECORD.size + length
    return False


def _lines(workbook: CalamineWorkbook, name: str) -> Iterator[str]:
    if not DEFAULT_NAME.fullmatch(name):
        yield name
    for row in workbook.get_sheet_by_name(name).iter_rows():
        yield row_of(map(_shown, row))


def _shown(value: _Cell) -> str:
    match value:
        case bool():
            return str(value).upper()
        case int() | float():
            return plain(value)
        case dt.datetime():
            has_time = value.time() != dt.time()
            return value.strftime("%Y-%m-%d %H:%M:%S" if has_time else "%Y-%m-%d")
        case dt.timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)
