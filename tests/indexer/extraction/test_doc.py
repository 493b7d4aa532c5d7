from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.doc import DocExtractor
from tests.indexer.extraction.damage import damaged, read_or_refused
from tests.indexer.extraction.ole import storage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEXT_AT = 1024
FORMATS_AT = 512
DELETED = struct.pack("<HB", 0x0800, 1)
HIDDEN = struct.pack("<HB", 0x083C, 1)
SHOWN_AGAIN = HIDDEN + struct.pack("<HB", 0x083C, 0)
BOLD_FONT = struct.pack("<HB", 0x0835, 1) + struct.pack("<HH", 0x4A4F, 2)


def document(
    path: Path,
    body: str,
    *,
    notes: str = "",
    headers: Sequence[str] = (),
    comments: str = "",
    endnotes: str = "",
    boxes: str = "",
    header_boxes: str = "",
    formats: Sequence[tuple[int, int, bytes]] = (),
    flags: int = 0,
    mark: int = 0xA5EC,
) -> Path:
    """A document of Word 97: Latin parts one byte a character, as Word saves space.

    Args:
        path: Where it is written.
        formats: Stretches of the body, each with its properties.
        headers: The stories of headers and footers, after the six separators.
    """
    stories = "".join(headers)
    parts = (body, notes, stories, "", comments, endnotes, boxes, header_boxes)
    pieces, content, at, start = [], b"", TEXT_AT, 0
    for part in parts:
        width = 1 if part.isascii() else 2
        place = at * 2 | 1 << 30 if width == 1 else at
        encoded = part.encode("ascii" if width == 1 else "utf-16-le")
        length = len(encoded) // width
        if length:
            pieces.append((start, start + length, place))
        content += encoded
        at += len(encoded)
        start += length
    places = [start for start, _, _ in pieces] + [start]
    table = struct.pack(f"<{len(places)}I", *places)
    table += b"".join(struct.pack("<HIH", 0, place, 0) for _, _, place in pieces)
    prefix = b"\x01" + struct.pack("<H", 2) + b"\0\0"
    clx = prefix + b"\x02" + struct.pack("<I", len(table)) + table
    ends = [0] * 7
    for story in headers:
        ends.append(ends[-1] + len(story))
    plan = struct.pack(f"<{len(ends)}I", *ends)
    pages = struct.pack("<III", TEXT_AT, at, FORMATS_AT // 512)
    block = bytearray(FORMATS_AT)
    struct.pack_into("<HH", block, 0, mark, 0xC1)
    struct.pack_into("<H", block, 10, flags | 0x0200)
    lengths = [len(each.encode("utf-16-le")) // 2 for each in parts]
    struct.pack_into("<8i", block, 76, *lengths)
    struct.pack_into("<II", block, 0x1A2, 0, len(clx))
    struct.pack_into("<II", block, 0xF2, len(clx), len(plan))
    struct.pack_into("<II", block, 0xFA, len(clx) + len(plan), len(pages))
    main = bytes(block) + format_page(formats, 1 if body.isascii() else 2) + content
    return storage(path, {"WordDocument": main, "1Table": clx + plan + pages})


def format_page(formats: Sequence[tuple[int, int, bytes]], width: int) -> bytes:
    """Stretches that follow each other, with their properties at the end of the page."""
    page = bytearray(512)
    page[511] = len(formats)
    places = [TEXT_AT + start * width for start, _, _ in formats]
    places += [TEXT_AT + end * width for _, end, _ in formats[-1:]]
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    at = 500
    for number, (_, _, properties) in enumerate(formats):
        at -= (len(properties) + 3) // 2 * 2
        page[4 * (len(formats) + 1) + number] = at // 2
        page[at] = len(properties)
        page[at + 1 : at + 1 + len(properties)] = properties
    return bytes(page)


def lines(path: Path) -> list[str]:
    (page,) = DocExtractor().pages(path)
    return page.split("\n")


def refusal(path: Path) -> str:
    with pytest.raises(ExtractionError) as refused:
        lines(path)
    return refused.value.reason


def test_all_parts_in_the_order_of_reading(tmp_path: Path) -> None:
    path = document(
        tmp_path / "a.doc",
        "关于低保的通知\rSecond\r",
        notes="\x02脚注\r",
        # Even and odd header, even and odd footer, first header, first footer.
        headers=("", "机密★10年\r", "", "page foot\r", "首页页眉\r", ""),
        comments="\x05批注\r",
        endnotes="尾注\r",
        boxes="box\r",
        header_boxes="红头\r",
    )
    assert lines(path) == [
        "机密★10年", "首页页眉", "红头", "关于低保的通知", "Second", "box", "脚注", "尾注", "批注",
        "page foot",
    ]  # fmt: skip


def test_fields_show_what_they_show(tmp_path: Path) -> None:
    body = (
        "第\x13 PAGE \x147\x15页\x13 HYPERLINK \x13 REF a \x14内\x15 \x14链接\x13 X \x15\x15"
        "\x13 TC 不见 \x15终\r\x13 开着\r"
    )
    assert lines(document(tmp_path / "a.doc", body)) == ["第7页链接终", " 开着"]


def test_tables_and_signs(tmp_path: Path) -> None:
    body = "姓名\x07住址\x07\x07张三\x07一号\x07\x07a\x1eb\x1fc\xa0d\x01\x0be\x0cf\r"
    assert lines(document(tmp_path / "a.doc", body)) == [
        "姓名\t住址", "张三\t一号", "a-bc d", "e", "f"
    ]  # fmt: skip


def test_deleted_and_hidden_text_is_not_there(tmp_path: Path) -> None:
    formats = [(0, 2, BOLD_FONT), (2, 4, BOLD_FONT + DELETED), (4, 6, HIDDEN), (6, 8, SHOWN_AGAIN)]
    path = document(tmp_path / "a.doc", "留下删去隐藏仍在文\r", formats=formats)
    assert lines(path) == ["留下仍在文"]
    path = document(tmp_path / "a.doc", "keepgoneend\r", formats=[(4, 8, DELETED)])
    assert lines(path) == ["keepend"]


def test_rare_characters_count_twice(tmp_path: Path) -> None:
    path = document(
        tmp_path / "a.doc", "𠮷𠮷吉\r", notes="注\r", formats=[(2, 4, DELETED)], boxes="框\r"
    )
    assert lines(path) == ["𠮷吉", "框", "注"]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    assert refusal(document(path, "x\r", flags=0x0100)) == Reason.ENCRYPTED
    assert refusal(document(path, "x\r", mark=0xA5DC)) == Reason.NEEDS_TOOL
    assert refusal(document(path, "x\r", mark=0x1234)) == Reason.DAMAGED
    assert refusal(document(path, "")) == Reason.DAMAGED
    assert refusal(storage(path, {"WordDocument": b""})) == Reason.DAMAGED


def test_pieces_that_share_bytes_do_not_multiply(tmp_path: Path) -> None:
    path = document(tmp_path / "a.doc", "x" * 4000)
    content = path.read_bytes()
    once = struct.pack("<II", 0, 4000)
    assert once in content
    path.write_bytes(content.replace(once, struct.pack("<II", 0, 400_000_000)))
    assert refusal(path) == Reason.DAMAGED


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.doc"
    sound = document(
        path, "通知" * 20, headers=("", "页眉\r"), formats=[(0, 3, DELETED), (3, 9, HIDDEN)]
    )
    path.write_bytes(damaged(sound.read_bytes(), data))
    read_or_refused(DocExtractor(), path)
