from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import py7zr
import pytest

from indexer.containers.budget import LimitError
from indexer.containers.seven_zip import read_7z
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from tests.indexer.containers.archives import content_of, names, read, seven_zipped, small

if TYPE_CHECKING:
    from pathlib import Path


def test_members_come_out_as_they_went_in_empty_ones_between_them(tmp_path: Path) -> None:
    content = seven_zipped({"甲.txt": b"A" * 5000, "空.txt": b"", "乙.txt": b"B"})
    written = io.BytesIO(content)
    with py7zr.SevenZipFile(written, "a") as archive:
        archive.writestr(b"C", "a/丙.txt")  # packed apart from the others
    found = read(read_7z, tmp_path, written.getvalue())
    assert names(found) == ["甲.txt", "空.txt", "乙.txt", "a/丙.txt"]
    assert [content_of(found, number) for number in range(4)] == [b"A" * 5000, b"", b"B", b"C"]


def test_two_members_of_one_name_are_two(tmp_path: Path) -> None:
    written = io.BytesIO()
    with py7zr.SevenZipFile(written, "w") as archive:
        archive.writestr(b"A", "甲.txt")
        archive.writestr(b"B", "甲.txt")
    found = read(read_7z, tmp_path, written.getvalue())
    assert [content_of(found, number) for number in (0, 1)] == [b"A", b"B"]


def test_encrypted_members_are_named_and_an_encrypted_list_is_not(tmp_path: Path) -> None:
    (member,) = read(read_7z, tmp_path, seven_zipped({"甲.txt": b"A"}, password="x")).members
    assert member.name == "甲.txt"
    assert member.problem is not None
    assert member.problem.reason == Reason.ENCRYPTED
    whole = tmp_path / "whole"
    whole.mkdir()
    content = seven_zipped({"甲.txt": b"A"}, password="x", header_encryption=True)
    with pytest.raises(ExtractionError) as refused:
        read(read_7z, whole, content)
    assert refused.value.reason == Reason.ENCRYPTED


def test_damage_within_leaves_the_names(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(2000)
    content = bytearray(seven_zipped({"a.bin": noise, "b.bin": noise}))
    content[1000] ^= 0xFF
    found = read(read_7z, tmp_path, bytes(content))
    assert names(found) == ["a.bin", "b.bin"]
    assert all(each.problem is not None for each in found.members[1:])
    assert any(each.problem and each.problem.reason == Reason.DAMAGED for each in found.members)


def test_more_than_may_come_out_is_refused_before_it_does(tmp_path: Path) -> None:
    with pytest.raises(LimitError):
        read(read_7z, tmp_path, seven_zipped({"a": b"\0" * 5_000_000}), small())
    assert sum(path.stat().st_size for path in (tmp_path / "inner").iterdir()) == 0
