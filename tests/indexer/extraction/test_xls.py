from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.xls import XlsExtractor
from tests.indexer.extraction.damage import damaged, read_or_refused
from tests.indexer.extraction.ole import storage

if TYPE_CHECKING:
    from pathlib import Path

BOOK, SHEET = 0x0005, 0x0010


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def beginning(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def text(row: int, column: int, content: str) -> bytes:
    encoded = content.encode("utf-16-le")
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(content), 1) + encoded)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


END = record(0x000A)
DATE_STYLE = record(0x00E0, struct.pack("<HH16x", 0, 0)) + record(
    0x00E0, struct.pack("<HH16x", 0, 14)
)


def workbook(path: Path, sheets: dict[str, bytes], settings: bytes = b"") -> Path:
    """A workbook of Excel 97; ET of Kingsoft writes the same."""

    def beginning_of_book(places: list[int]) -> bytes:
        named = b"".join(
            record(
                0x0085,
                struct.pack("<IHBB", place, 0, len(name), 1) + name.encode("utf-16-le"),
            )
            for place, name in zip(places, sheets, strict=True)
        )
        return beginning(BOOK) + settings + DATE_STYLE + named + END

    contents = [beginning(SHEET) + cells + END for cells in sheets.values()]
    place = len(beginning_of_book([0] * len(sheets)))
    places = []
    for content in contents:
        places.append(place)
        place += len(content)
    return storage(path, {"Workbook": beginning_of_book(places) + b"".join(contents)})


def test_each_sheet_is_a_page(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xls",
        {
            "归档文件目录": text(0, 0, "题名")
            + text(0, 1, "日期")
            + text(2, 0, "关于低保的通知")
            + number(2, 1, 39522, style=1)
            + number(2, 3, 12)
            + number(2, 4, 2.5),
            "Sheet2": text(4, 4, "远处"),
        },
    )
    assert list(XlsExtractor().pages(path)) == [
        "归档文件目录\n题名\t日期\n关于低保的通知\t2008-03-15\t12\t2.5",
        "远处",
    ]


def test_a_password(tmp_path: Path) -> None:
    locked = record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    path = workbook(tmp_path / "a.xls", {"Sheet1": text(0, 0, "x")}, settings=locked)
    with pytest.raises(ExtractionError) as refused:
        list(XlsExtractor().pages(path))
    assert refused.value.reason == Reason.ENCRYPTED


def test_a_password_of_a_kind_that_the_library_does_not_know(tmp_path: Path) -> None:
    locked = record(0x002F, struct.pack("<HHH", 1, 4, 2) + bytes(194))
    path = workbook(tmp_path / "a.xls", {"Sheet1": text(0, 0, "x")}, settings=locked)
    with pytest.raises(ExtractionError) as refused:
        list(XlsExtractor().pages(path))
    assert refused.value.reason == Reason.ENCRYPTED


def test_what_is_no_workbook(tmp_path: Path) -> None:
    path = storage(tmp_path / "a.xls", {"Other": b""})
    with pytest.raises(ExtractionError) as refused:
        list(XlsExtractor().pages(path))
    assert refused.value.reason == Reason.DAMAGED


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.xls"
    sound = workbook(path, {"Sheet1": text(0, 0, "通知") + number(1, 0, 39522, style=1)})
    path.write_bytes(damaged(sound.read_bytes(), data))
    read_or_refused(XlsExtractor(), path)
