from __future__ import annotations

import errno
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx.opc.packuri import PackURI

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.package import (
    main_part,
    name_in,
    opened_member,
    opened_package,
    relations,
    targets,
)
from tests.indexer.extraction import documents

if TYPE_CHECKING:
    from pathlib import Path


def test_parts_are_found_by_what_uses_them(tmp_path: Path) -> None:
    path = documents.word_package(
        tmp_path / "a",
        "",
        {"word/_rels/document.xml.rels": documents.relations(("header", "h1.xml"))},
    )
    with opened_package(path) as package:
        main = main_part(package)
        assert main == "/word/document.xml"
        (used,) = relations(package, main)
        assert (used.key, used.target) == ("r0", "/word/h1.xml")
        assert list(targets(package, main, used.kind)) == ["/word/h1.xml"]
        assert not list(relations(package, PackURI("/word/h1.xml")))


def test_links_to_elsewhere_are_no_parts(tmp_path: Path) -> None:
    link = documents.relations(("image", "http://example.org/pixel.png")).replace(
        "<Relationship ", '<Relationship TargetMode="External" ', 1
    )
    path = documents.word_package(tmp_path / "a", "", {"word/_rels/document.xml.rels": link})
    with opened_package(path) as package:
        assert not list(relations(package, main_part(package)))


def test_a_part_larger_than_it_may_be_is_not_opened(tmp_path: Path) -> None:
    path = documents.word_package(tmp_path / "a", "x" * 1000)
    with (
        pytest.raises(ExtractionError) as refused,
        opened_package(path) as package,
        opened_member(package, "word/document.xml", max_bytes=999),
    ):
        pass
    assert refused.value.reason == Reason.MEMORY


def test_a_size_that_lies_unpacks_no_more_than_it_says(tmp_path: Path) -> None:
    path = documents.word_package(tmp_path / "a", "x" * 100_000)
    with zipfile.ZipFile(path) as package:
        true_size = package.getinfo("word/document.xml").file_size
    content = path.read_bytes().replace(true_size.to_bytes(4, "little"), (50).to_bytes(4, "little"))
    path.write_bytes(content)
    with (
        pytest.raises(ExtractionError) as refused,
        opened_package(path) as package,
        opened_member(package, "word/document.xml") as stream,
    ):
        assert len(stream.read()) <= 50
    assert refused.value.reason == Reason.DAMAGED


def test_what_the_system_refuses_is_not_the_files_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing, opened_package(tmp_path / "gone"):
        pass
    assert missing.value.errno == errno.ENOENT


def test_names_count_in_their_namespace_only() -> None:
    assert name_in("{urn:a}p", ("urn:a", "urn:b")) == "p"
    assert name_in("{urn:c}p", ("urn:a",)) == ""
    assert name_in("p", ("urn:a",)) == ""
