from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from indexer.importing.places import Places, loosened, natural
from indexer.storage.names import key_of

FOLDER = Path("/archive/docs")
PATHS = [
    "2011/永久/a.pdf",
    "2011/30年/a.pdf",
    "2012/通知（一）.docx",
    "2012/B.TIF",
    "独一.pdf",
    "卷1/001.tif",
    "卷1/内/002.tif",
    "卷2/001.tif",
]


def places(paths: list[str] | None = None, base: Path = FOLDER) -> Places:
    return Places(FOLDER, base, PATHS if paths is None else paths)


@pytest.mark.parametrize(
    ("named", "folder", "found"),
    [
        ("2011/永久/a.pdf", "", "2011/永久/a.pdf"),
        ("2011\\永久\\A.PDF", "", "2011/永久/a.pdf"),
        ("D:\\扫描\\2011\\永久\\a.pdf", "", "2011/永久/a.pdf"),
        ("2011/永久/a", "", "2011/永久/a.pdf"),
        ("a.pdf", "2011/永久", "2011/永久/a.pdf"),
        ("a", "２０１１\\永久", "2011/永久/a.pdf"),
        ("通知(一)", "", "2012/通知（一）.docx"),
        ("b.tif", "", "2012/B.TIF"),
        ("独 一.pdf", "", "独一.pdf"),
        ("别处/独一.pdf", "", "独一.pdf"),
    ],
)
def test_a_file_is_found_however_its_name_is_written(named: str, folder: str, found: str) -> None:
    assert places().find(named, folder) == (found,)


def test_of_several_with_one_name_none_is_chosen() -> None:
    assert places().find("a.pdf") == ("2011/永久/a.pdf", "2011/30年/a.pdf")
    assert places().find("2011/a.pdf") == ("2011/永久/a.pdf", "2011/30年/a.pdf")


@pytest.mark.parametrize("named", ["../独一.pdf", "/etc/独一.pdf", "x/../../独一.pdf", "独" * 5000])
def test_what_leads_out_finds_nothing_inside(named: str) -> None:
    assert places().find(named) == ()
    assert places().is_outside(named) is not named.startswith("独")


def test_paths_are_relative_to_the_catalogue_or_to_the_folder() -> None:
    above = places(base=FOLDER.parent)
    assert above.find("docs/独一.pdf") == ("独一.pdf",)
    assert above.find("2012/B.TIF") == ("2012/B.TIF",)


def test_a_folder_of_another_name_is_another_folder() -> None:
    found = places(["移交/2008/通知.txt"])
    assert found.find("2008/通知.txt") == ("移交/2008/通知.txt",)
    assert found.find("D:\\档案\\移交\\2008\\通知.txt") == ("移交/2008/通知.txt",)
    assert found.find("移交/2009/通知.txt") == ()
    assert found.find("2009/通知.txt") == ()


def test_a_folder_gives_all_that_lies_in_it() -> None:
    assert places().within("卷1") == ("卷1/001.tif", "卷1/内/002.tif")
    assert places().within("D:\\扫描\\卷2") == ("卷2/001.tif",)
    assert places().within("2011") == ("2011/永久/a.pdf", "2011/30年/a.pdf")
    assert places().within("卷3") == ()
    assert places().within("") == ()
    assert places(["a/x/1.tif", "b/x/2.tif"]).within("x") == ()


def test_names_in_gbk_and_decomposed_ones_are_the_same() -> None:
    gbk = key_of(Path(os.fsdecode("低保.txt".encode("gb18030"))))
    found = places([gbk, unicodedata.normalize("NFD", "é.txt")])
    assert found.find("低保") == (gbk,)
    assert found.find("É.txt") == (unicodedata.normalize("NFD", "é.txt"),)


def test_names_are_loosened_and_ordered_as_people_do() -> None:
    assert loosened("Ａ—1 •．TIF") == "a-1·.tif"
    assert sorted(["10.tif", "2.tif", "1.tif"], key=natural) == ["1.tif", "2.tif", "10.tif"]
