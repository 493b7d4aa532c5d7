from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.rtf import RtfExtractor
from tests.indexer.extraction.damage import damaged, read_or_refused

if TYPE_CHECKING:
    from pathlib import Path

FONTS = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset136 M;}}"


def escaped(text: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def page(tmp_path: Path, body: str | bytes, header: str = r"\ansi\ansicpg936") -> str:
    path = tmp_path / "a.rtf"
    content = body.encode("latin-1") if isinstance(body, str) else body
    path.write_bytes(rf"{{\rtf1{header}{FONTS}".encode("ascii") + content + b"}")
    (text,) = RtfExtractor().pages(path)
    return text


def test_characters_in_code_pages(tmp_path: Path) -> None:
    gb, big5 = escaped("关于低保的通知", "gb18030"), escaped("關於低保的通知", "big5")
    assert page(tmp_path, rf"\f1 {gb}\par\f2 {big5}") == "关于低保的通知\n關於低保的通知"
    # A Latin font named for Chinese text, and no font at all.
    assert page(tmp_path, rf"\f0 {gb} 2008") == "关于低保的通知 2008"
    assert page(tmp_path, gb) == "关于低保的通知"


def test_characters_as_unicode_with_something_for_old_programs(tmp_path: Path) -> None:
    body = r"\uc1\u20851?\u20110?{\uc2\u20302\'b5\'cd}\uc0\u20445 \u-10179\u-8704!"
    assert page(tmp_path, body) == "关于低保😀!"
    assert page(tmp_path, r"\u-10179 x") == "\N{REPLACEMENT CHARACTER}"


def test_characters_as_they_are_even_where_a_byte_is_a_brace(tmp_path: Path) -> None:
    text = "關於" + b"\x81\x7d\x81\x5c".decode("gb18030") + "通知"
    assert page(tmp_path, text.encode("gb18030") + b"\\par end") == f"{text}\nend"


def test_what_is_no_text(tmp_path: Path) -> None:
    body = (
        r"{\info{\title T}}{\*\generator W;}{\stylesheet{\s1 heading;}}{\pict\bin3 }}x\par a}"
        r"{\field{\*\fldinst HYPERLINK}{\fldrslt link}}{\v hidden}{\deleted gone}\v1 no\v0  yes"
        r"{\upr{ansi}{\*\ud unicode}}{\object{\*\objdata 0102}{\result shown}}"
    )
    assert page(tmp_path, body) == "link yesunicodeshown"


def test_headers_first_and_footers_last(tmp_path: Path) -> None:
    secret = escaped("机密★10年", "gb18030")
    body = (
        rf"text{{\footer foot}}{{\header\f1 {secret}\par}}{{\headerf\f1 {secret}\par}}\par more"
        r"{\footnote note}"
    )
    assert page(tmp_path, body) == "机密★10年\ntext\nmorenote\nfoot"


def test_tables_boxes_and_signs(tmp_path: Path) -> None:
    body = (
        r"a\cell b\cell\row{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt box\par}}{\shprslt again}}"
        r"x\~y\_z\-w\\\{\}\emdash\line tab\tab end"
    )
    assert page(tmp_path, body) == "a\tb\nbox\nx y-zw\\{}—\ntab\tend"


def test_a_document_cut_short_gives_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi{\b first\par sec")
    assert list(RtfExtractor().pages(path)) == ["first\nsec"]


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError) as refused:
        page(tmp_path, "{" * 1_000_000)
    assert refused.value.reason == Reason.DAMAGED


def test_sizes_that_lie(tmp_path: Path) -> None:
    assert page(tmp_path, r"a\uc999999999\u20851?\bin-5 b\bin9999999999 c") == "a关bc"


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.rtf"
    sound = (
        rf"{{\rtf1\ansi\ansicpg936{FONTS}{{\header h}}\f1 {escaped('通知', 'gbk')}\u20851?\par}}"
    )
    path.write_bytes(damaged(sound.encode("ascii"), data))
    read_or_refused(RtfExtractor(), path)
