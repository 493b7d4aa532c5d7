"""Rich text as Outlook packs it."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.compressed_rtf import MAX_BYTES, decompressed

# Source: [MS-OXRTFCP] section 4.1.1 and 4.2.1, the examples of the specification.
SIMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c09002062770"
    "5b06c647d0a800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def packed(content: bytes) -> bytes:
    """Content as it is, in the frame of the format."""
    return struct.pack("<IIII", len(content) + 12, len(content), 0x414C454D, 0) + content


def test_the_examples_of_the_specification() -> None:
    assert decompressed(SIMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompressed(CROSSING) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_what_is_not_packed_is_taken_as_it_is() -> None:
    assert decompressed(packed(b"{\\rtf1 x}")) == b"{\\rtf1 x}"
    assert decompressed(b"") == b""


def test_what_is_cut_off_gives_what_is_there() -> None:
    assert b"{\\rtf1\\ansi\\ansicpg1252".startswith(decompressed(SIMPLE[:30]))


def test_bombs_and_unknown_packings_are_refused() -> None:
    with pytest.raises(ExtractionError) as bomb:
        decompressed(struct.pack("<IIII", 16, MAX_BYTES + 1, 0x75465A4C, 0))
    assert bomb.value.reason == Reason.MEMORY
    with pytest.raises(ExtractionError) as unknown:
        decompressed(struct.pack("<IIII", 16, 1, 7, 0))
    assert unknown.value.reason == Reason.DAMAGED


@given(st.binary(max_size=200), st.integers(0, 5000))
def test_anything_unpacks_to_no_more_than_it_says(content: bytes, size: int) -> None:
    made = decompressed(struct.pack("<IIII", 16, size, 0x75465A4C, 0) + content)
    assert len(made) <= size
