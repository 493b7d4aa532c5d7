from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.csv_table import CsvExtractor

if TYPE_CHECKING:
    from pathlib import Path


def page(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    (text,) = CsvExtractor().pages(path)
    return text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
def test_rows_are_lines(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = f'姓名{delimiter}住址\r\n张三{delimiter}"青山区{delimiter}一号"\r\n\r\n'
    # A tab within a cell would look like its end.
    inside = delimiter.replace("\t", " ")
    assert page(tmp_path, text.encode(encoding)) == f"姓名\t住址\n张三\t青山区{inside}一号"


def test_a_cell_of_many_lines_is_one_cell(tmp_path: Path) -> None:
    assert page(tmp_path, '1,"两\n行",3\n'.encode()) == "1\t两 行\t3"


def test_an_open_quotation_loses_nothing(tmp_path: Path) -> None:
    text = '甲,"乙\n' + "丙丁戊己" * 50_000
    assert page(tmp_path, text.encode()) == text


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError) as refused:
        page(tmp_path, bytes(range(256)) * 40)
    assert refused.value.reason == Reason.DAMAGED
