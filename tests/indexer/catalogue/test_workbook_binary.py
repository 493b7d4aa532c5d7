from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from indexer.catalogue.grids import DateCell, Span
from indexer.catalogue.workbook_binary import _xlsb_spans, read_binary
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from tests.indexer.extraction.ole import storage
from tests.indexer.extraction.test_xls import number, record, text, workbook

if TYPE_CHECKING:
    from pathlib import Path


def merged(*ranges: tuple[int, int, int, int]) -> bytes:
    body = b"".join(struct.pack("<4H", *each) for each in ranges)
    return record(0x00E5, struct.pack("<H", len(ranges)) + body)


def test_sheets_of_excel_97_and_of_kingsoft_come_with_their_merged_cells(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "目录.et",
        {
            "2011": text(2, 1, "题名")
            + text(2, 2, "密级")
            + text(4, 1, "甲")
            + number(4, 3, 39522, style=1)
            + number(4, 4, 7)
            + number(4, 5, 2.5)
            + merged((4, 5, 2, 2)),
            "2012": text(0, 0, "乙"),
        },
    )
    first, second = read_binary(path)
    assert (first.name, second.name) == ("2011", "2012")
    assert [(row.number, row.cells) for row in first.rows] == [
        (3, (None, "题名", "密级", None, None, None)),
        (5, (None, "甲", None, DateCell("2008-03-15", 39522.0), 7, "2.5")),
    ]
    assert first.spans == (Span(5, 6, 2, 2),)
    assert first.is_hidden is False


def test_a_password_and_damage_have_their_reasons(tmp_path: Path) -> None:
    locked = record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    path = workbook(tmp_path / "a.xls", {"Sheet1": text(0, 0, "x")}, settings=locked)
    with pytest.raises(ExtractionError) as refused:
        read_binary(path)
    assert refused.value.reason == Reason.ENCRYPTED
    with pytest.raises(ExtractionError) as refused:
        read_binary(storage(tmp_path / "b.xls", {"Other": b""}))
    assert refused.value.reason == Reason.DAMAGED


def binary_record(kind: int, body: bytes) -> bytes:
    head = bytes([kind & 0x7F | 0x80, kind >> 7]) if kind > 127 else bytes([kind])
    return head + bytes([len(body)]) + body


def wide(content: str) -> bytes:
    return struct.pack("<I", len(content)) + content.encode("utf-16-le")


def test_merged_cells_of_a_binary_workbook_of_later_years_are_found(tmp_path: Path) -> None:
    sheet = binary_record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("目录"))
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    )
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "_rels/.rels", relation.format(kind=kinds + "officeDocument", target="xl/workbook.bin")
        )
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            relation.format(kind=kinds + "worksheet", target="worksheets/sheet1.bin"),
        )
        package.writestr("xl/workbook.bin", sheet)
        package.writestr(
            "xl/worksheets/sheet1.bin",
            binary_record(0, b"abc") + binary_record(176, struct.pack("<4I", 4, 9, 2, 2)),
        )
    assert _xlsb_spans(path) == {"目录": (Span(5, 10, 2, 2),)}
