from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from indexer.extraction import old_formats
from indexer.extraction.kinds import DOC, HEAD, kind_of_head, media_type_of
from tests.indexer.extraction.ole import storage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\xdb\xa5\x2d\0\x31\x40", old_formats.WORD_2),
        (b"\x09\0\x04\0\x02\0\x10\0", old_formats.EXCEL_4),
        (b"\x09\x02\x06\0\0\x03\x10\0", old_formats.EXCEL_4),
        (b"\x09\x04\x06\0\0\0\x10\0", old_formats.EXCEL_4),
        (b"\xffWPC\x95\x06\0\0\x01\x0a", old_formats.WORDPERFECT),
        (b"\x31\xbe\0\0\0\xab\0\0", old_formats.WRITE),
        (b"HWP Document File V3.00 \x1a", old_formats.HWP_3),
        (b"\t1995\t1996\r\n", "text/plain"),
        ("\t通知".encode("utf-16"), "text/plain"),
    ],
)
def test_how_files_begin(head: bytes, media_type: str) -> None:
    assert kind_of_head(head.ljust(HEAD, b" "), "a.doc") == media_type


def test_what_lies_in_storages(tmp_path: Path) -> None:
    for stream, media_type in old_formats.STREAMS:
        path = storage(tmp_path / "a", {stream: b"x"})
        assert media_type_of(path, "a.doc") == media_type


@pytest.mark.parametrize("name", ["mimetype", "META-INF/manifest.xml"])
def test_packages_of_openoffice_say_what_they_are(tmp_path: Path, name: str) -> None:
    for media_type in (old_formats.OPENOFFICE_TEXT, old_formats.OPENOFFICE_TABLE):
        with zipfile.ZipFile(tmp_path / "a", "w") as package:
            package.writestr(name, media_type)
            package.writestr("content.xml", "<x/>")
        assert media_type_of(tmp_path / "a", "a") == media_type


def test_each_has_a_filter() -> None:
    known = {kind for _, kind in (*old_formats.SIGNATURES, *old_formats.STREAMS)}
    packages = {old_formats.OPENOFFICE_TEXT, old_formats.OPENOFFICE_TABLE}
    assert set(old_formats.FILTERS) == known | packages | {old_formats.OLDER_WORD}
    assert old_formats.OLDER_WORD == DOC
    assert {each.target for each in old_formats.FILTERS.values()} == {"odt", "ods"}
