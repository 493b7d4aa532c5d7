"""Maps of fonts: those of a real font, and of each form by hand."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
import reportlab
from hypothesis import given
from hypothesis import strategies as st

from indexer.rendering.glyph_maps import glyph_map, has_postscript_outlines, is_sfnt

VERA = (Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes()


def font_with(table: bytes, kind: tuple[int, int] = (3, 1)) -> bytes:
    """A font that is its map and nothing else."""
    cmap = struct.pack(">HHHHI", 0, 1, *kind, 12) + table
    head = struct.pack(">4sHHHH", b"\0\1\0\0", 1, 0, 0, 0)
    return head + struct.pack(">4sIII", b"cmap", 0, 28, len(cmap)) + cmap


def test_a_real_font_has_its_letters() -> None:
    found = glyph_map(VERA)
    assert is_sfnt(VERA)
    assert not has_postscript_outlines(VERA)
    assert found[ord("A")] + 1 == found[ord("B")]
    assert ord("低") not in found


def test_segments_with_steps_and_with_lists() -> None:
    ends, starts = (0x41, 0x4E2D, 0xFFFF), (0x41, 0x4E2C, 0xFFFF)
    # The second segment lists its glyphs behind the offsets: two rows on.
    table = struct.pack(">HHHHHHH", 4, 0, 0, 6, 0, 0, 0) + struct.pack(">3H", *ends) + b"\0\0"
    table += struct.pack(">3H", *starts) + struct.pack(">3H", 0x10000 - 0x40, 0, 1)
    table += struct.pack(">3H", 0, 4, 0) + struct.pack(">2H", 7, 9)
    assert glyph_map(font_with(table)) == {0x41: 1, 0x4E2C: 7, 0x4E2D: 9}


def test_groups() -> None:
    table = struct.pack(">HHIII", 12, 0, 28, 0, 1) + struct.pack(">III", 0x20000, 0x20002, 5)
    assert glyph_map(font_with(table, (3, 10))) == {0x20000: 5, 0x20001: 6, 0x20002: 7}


def test_a_trimmed_list() -> None:
    table = struct.pack(">HHHHH", 6, 0, 0, 0x30, 3) + struct.pack(">3H", 4, 0, 6)
    assert glyph_map(font_with(table, (0, 3))) == {0x30: 4, 0x32: 6}


def test_bytes_of_a_symbol_font() -> None:
    table = struct.pack(">HHHHH", 6, 0, 0, 0xF041, 1) + struct.pack(">H", 3)
    assert glyph_map(font_with(table, (3, 0))) == {0xF041: 3, 0x41: 3}


def test_a_list_of_bytes() -> None:
    table = struct.pack(">HHH", 0, 262, 0) + bytes(65) + b"\x09" + bytes(190)
    assert glyph_map(font_with(table, (0, 0))) == {0x41: 9}


@pytest.mark.parametrize("font", [b"", b"\0\1\0\0", b"OTTO" + bytes(8), b"ttcf", VERA[:40]])
def test_a_font_without_a_map_has_none(font: bytes) -> None:
    assert glyph_map(font) == {}


@given(st.lists(st.tuples(st.integers(0, len(VERA) - 1), st.integers(0, 255)), max_size=20))
def test_a_damaged_font_has_a_map_or_none(changes: list[tuple[int, int]]) -> None:
    font = bytearray(VERA)
    for at, value in changes:
        font[at % 4096] = value
    assert all(isinstance(glyph, int) for glyph in glyph_map(bytes(font)).values())
