from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.compound_file import opened_storage, stream_of
from tests.indexer.extraction.ole import storage

if TYPE_CHECKING:
    from pathlib import Path


def content(path: Path, name: str) -> bytes:
    with opened_storage(path) as opened:
        return stream_of(opened, name)


def test_streams_are_found_in_any_case(tmp_path: Path) -> None:
    path = storage(tmp_path / "a", {"One": b"1" * 5000, "Two": b"2" * 9000})
    assert content(path, "one") == b"1" * 5000
    assert content(path, "Two") == b"2" * 9000


def test_a_missing_stream_is_damage(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError) as refused:
        content(storage(tmp_path / "a", {"One": b"1"}), "Two")
    assert refused.value.reason == Reason.DAMAGED


def test_a_stream_longer_than_its_file_is_not_read(tmp_path: Path) -> None:
    path = storage(tmp_path / "a", {"One": b"1" * 5000})
    size = (5000).to_bytes(8, "little")
    path.write_bytes(path.read_bytes().replace(size, (1 << 30).to_bytes(8, "little")))
    with pytest.raises(ExtractionError) as refused:
        content(path, "One")
    assert refused.value.reason == Reason.DAMAGED


def test_a_missing_file_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        content(tmp_path / "gone", "One")
