from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import pytest

from indexer.containers.budget import LimitError
from indexer.containers.tar_archive import read_tar
from indexer.extraction import Reason
from tests.indexer.containers.archives import content_of, names, read, small, tarred

if TYPE_CHECKING:
    from pathlib import Path


def test_members_come_out_as_they_went_in(tmp_path: Path) -> None:
    found = read(read_tar, tmp_path, tarred({"a/甲.txt": b"A" * 5000, "乙.txt": b"B"}))
    assert [content_of(found, number) for number in (0, 1)] == [b"A" * 5000, b"B"]
    assert (found.problem, found.passed_over) == (None, 0)


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_names_of_old_systems_stay_bytes(tmp_path: Path, form: int) -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=form, encoding="gbk") as archive:
        archive.addfile(tarfile.TarInfo("知青.txt"))
    assert names(read(read_tar, tmp_path, written.getvalue())) == ["知青.txt".encode("gbk")]


def test_names_in_unicode_are_text(tmp_path: Path) -> None:
    long_name = "长" * 60 + ".txt"
    assert names(read(read_tar, tmp_path, tarred({long_name: b""}))) == [long_name]


def test_a_damaged_head_ends_the_archive_aloud(tmp_path: Path) -> None:
    content = bytearray(tarred({"a.txt": b"A" * 600, "b.txt": b"B"}))
    content[1536 + 10] ^= 0xFF
    found = read(read_tar, tmp_path, bytes(content))
    assert len(found.members) == 1
    assert found.problem is not None
    assert found.problem.reason == Reason.DAMAGED


def test_too_many_members_are_not_even_listed(tmp_path: Path) -> None:
    with pytest.raises(LimitError):
        read(read_tar, tmp_path, tarred({f"{n}": b"" for n in range(20)}), small(members=10))
