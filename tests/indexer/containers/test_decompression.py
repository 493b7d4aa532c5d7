from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from indexer.containers import decompression
from indexer.containers.decompression import BLOCK, raw_deflate, unpacked, zstd
from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.containers.decompression import Decompressor

KINDS = [
    (gzip.compress, decompression.gzip),
    (bz2.compress, decompression.bzip2),
    (lzma.compress, decompression.xz),
]


def pieces(content: bytes, size: int) -> list[bytes]:
    return [content[at : at + size] for at in range(0, len(content), size)]


@pytest.mark.parametrize(("pack", "new"), KINDS)
@given(content=st.binary(max_size=3000), times=st.integers(1, 500), size=st.integers(1, 700))
def test_what_was_packed_comes_back(
    pack: Callable[[bytes], bytes],
    new: Callable[[], Decompressor],
    content: bytes,
    times: int,
    size: int,
) -> None:
    packed = pack(content * times)
    assert b"".join(unpacked(pieces(packed, size), new)) == content * times


@pytest.mark.parametrize(("pack", "new"), KINDS)
def test_streams_one_after_another_are_one_and_what_follows_is_none(
    pack: Callable[[bytes], bytes], new: Callable[[], Decompressor]
) -> None:
    packed = pack(b"A") + pack(b"B") + b"\0" * 100
    assert b"".join(unpacked([packed], new)) == b"AB"
    assert b"".join(unpacked([pack(b"A") + b"something else"], new)) == b"A"


@pytest.mark.parametrize(("pack", "new"), KINDS)
def test_a_block_is_never_larger_than_a_block(
    pack: Callable[[bytes], bytes], new: Callable[[], Decompressor]
) -> None:
    blocks = list(unpacked([pack(b"\0" * 3_000_000)], new))
    assert max(map(len, blocks)) <= BLOCK
    assert sum(map(len, blocks)) == 3_000_000


@pytest.mark.parametrize(("pack", "new"), KINDS)
def test_what_is_cut_short_or_damaged_is_refused(
    pack: Callable[[bytes], bytes], new: Callable[[], Decompressor]
) -> None:
    packed = pack(bytes(range(256)) * 100)
    middle = len(packed) // 2
    flipped = bytes([packed[middle] ^ 0xFF])
    for broken in (packed[:-9], packed[:middle] + flipped + packed[middle + 1 :]):
        with pytest.raises(ExtractionError) as refused:
            list(unpacked([broken], new))
        assert refused.value.reason == Reason.DAMAGED


def test_one_stream_ends_where_it_ends() -> None:
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(b"A" * 100) + packer.flush()
    assert b"".join(unpacked([packed + packed], raw_deflate, streams=1)) == b"A" * 100


def test_zstandard_comes_back_or_is_refused() -> None:
    packed = zstandard.compress(b"A" * 1_000_000)
    assert b"".join(zstd(pieces(packed, 7))) == b"A" * 1_000_000
    with pytest.raises(ExtractionError):
        list(zstd([b"\x28\xb5\x2f\xfd" + b"\xff" * 50]))
