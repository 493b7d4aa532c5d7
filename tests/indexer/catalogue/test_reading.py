from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from indexer.catalogue.reading import SUFFIXES, read_grids
from indexer.errors import ManifestError
from tests.indexer.extraction.test_xls import text, workbook

if TYPE_CHECKING:
    from pathlib import Path


def test_a_workbook_is_told_from_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("目录", 0).append(["题名", "日期"])
    book.save(tmp_path / "a.xls")
    grid, _ = read_grids(tmp_path / "a.xls")
    assert grid.rows[0].cells == ("题名", "日期")
    workbook(tmp_path / "b.xlsx", {"目录": text(0, 0, "题名")})
    (grid,) = read_grids(tmp_path / "b.xlsx")
    assert grid.rows[0].cells == ("题名",)
    page = "<html><table><tr><td>题名<td>日期</tr></table>"
    (tmp_path / "c.xls").write_text(page, encoding="utf-8")
    (grid,) = read_grids(tmp_path / "c.xls")
    assert grid.rows[0].cells == ("题名", "日期")


def test_a_bomb_ends_in_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "")
        package.writestr("_rels/.rels", b" " * (80 << 20))
    with pytest.raises(ManifestError, match="memory"):
        read_grids(path)


@pytest.mark.parametrize("suffix", [each for each in SUFFIXES if each not in {".htm", ".html"}])
def test_what_is_none_of_its_kind_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(ManifestError):
        read_grids(path)
