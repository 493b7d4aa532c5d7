from __future__ import annotations

import io

import pytest

from indexer.storage.frames import DamagedContainerError, pack, table_of, unpack


def test_each_frame_is_found_by_the_table() -> None:
    content = pack([(["防汛", "half \ud83d"], 2), ({"a": 1}, "b")])
    (first, one), (second, other) = table_of(io.BytesIO(content))
    assert (one, other) == (2, "b")
    assert unpack(content[:first]) == ["防汛", "half \ud83d"]
    assert unpack(content[first : first + second]) == {"a": 1}


def test_nothing_packed_is_an_empty_table() -> None:
    assert table_of(io.BytesIO(pack([]))) == []


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40, pack([(1, 1)])[:-1]])
def test_what_is_no_container_is_refused(content: bytes) -> None:
    with pytest.raises(DamagedContainerError):
        table_of(io.BytesIO(content))


@pytest.mark.parametrize("frame", [b"", b"no frame"])
def test_what_is_no_frame_is_refused(frame: bytes) -> None:
    with pytest.raises(DamagedContainerError):
        unpack(frame)
