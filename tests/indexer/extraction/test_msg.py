"""Mail of Outlook, in the code pages that offices write."""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.kinds import MSG, media_type_of
from indexer.extraction.msg import MsgExtractor
from indexer.extraction.registry import extractor_for
from tests.indexer.extraction.damage import damaged, read_or_refused
from tests.indexer.extraction.ole import storage
from tests.indexer.extraction.test_compressed_rtf import packed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SENT = dt.datetime(2008, 3, 15, 1, 30, tzinfo=dt.UTC)


def ticks(moment: dt.datetime) -> int:
    return int((moment - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)).total_seconds()) * 10_000_000


def properties(numbers: Mapping[int, int], head: int = 32) -> bytes:
    entries = [struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks(SENT))]
    entries += [struct.pack("<HHIQ", 0x0003, key, 6, value) for key, value in numbers.items()]
    return bytes(head) + b"".join(entries)


def unicode(**texts: str) -> dict[str, bytes]:
    return {f"__substg1.0_{key[1:]}001F": text.encode("utf-16-le") for key, text in texts.items()}


def msg(path: Path, streams: Mapping[str, bytes], numbers: Mapping[int, int] | None = None) -> Path:
    return storage(
        path / "a.msg", {"__properties_version1.0": properties(numbers or {}), **streams}
    )


def read(path: Path) -> str:
    (page,) = MsgExtractor().pages(path)
    return page


def test_headers_text_and_attachments_are_read(tmp_path: Path) -> None:
    attached = "__attach_version1.0_#00000000"
    path = msg(
        tmp_path,
        {
            **unicode(
                k0037="关于低保的通知", k0C1A="王局长", k0C1F="wang@example.cn", k0E04="李; 张"
            ),
            **unicode(k0E03="档案室", k1000="请于周五前报送。\r\n附件请查收。"),
            f"{attached}/__substg1.0_3707001F": "预算表.xlsx".encode("utf-16-le"),
            f"{attached}/__substg1.0_3704001F": b"Y\0S\0",
        },
    )
    assert media_type_of(path, "a.msg") == MSG
    assert extractor_for(MSG).name == "msg/1"
    assert read(path).splitlines() == [
        "主题：关于低保的通知",
        "发件人：王局长 wang@example.cn",
        "收件人：李; 张",
        "抄送：档案室",
        "日期：2008-03-15 09:30",
        "请于周五前报送。",
        "附件请查收。",
        "附件：预算表.xlsx",
    ]


@pytest.mark.parametrize(
    ("code_page", "encoding"), [(936, "gb18030"), (950, "big5"), (65001, "utf-8"), (0, "gb18030")]
)
def test_text_in_a_code_page_is_chinese(tmp_path: Path, code_page: int, encoding: str) -> None:
    words = "清河區人民政府關於印發辦法的通知"
    streams = {"__substg1.0_1000001E": words.encode(encoding)}
    assert words in read(msg(tmp_path, streams, {0x3FFD: code_page} if code_page else {}))


def test_a_wrong_code_page_is_not_believed(tmp_path: Path) -> None:
    words = "清河区人民政府关于印发低保办法的通知"
    streams = {"__substg1.0_1000001E": words.encode("gb18030")}
    assert words in read(msg(tmp_path, streams, {0x3FFD: 65001}))
    assert words in read(msg(tmp_path, streams, {0x3FFD: 99999}))


def test_a_page_or_rich_text_stands_in_for_the_text(tmp_path: Path) -> None:
    page = "<html><body><p>网页正文</p><script>x()</script></body></html>".encode()
    assert "网页正文" in read(msg(tmp_path, {"__substg1.0_10130102": page}))
    rich = packed(rb"{\rtf1\ansi\ansicpg936 \'d5\'fd\'ce\'c4\par}")
    assert "正文" in read(msg(tmp_path, {"__substg1.0_10090102": rich}))


def test_a_message_within_a_message_is_read_where_it_stands(tmp_path: Path) -> None:
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D"
    within = unicode(k0037="转发", k1000="里面")
    path = msg(
        tmp_path,
        {
            **unicode(k1000="外面"),
            f"{inner}/__properties_version1.0": properties({}, head=24),
            **{f"{inner}/{name}": value for name, value in within.items()},
            "__attach_version1.0_#00000000/__substg1.0_3001001F": "转发".encode("utf-16-le"),
        },
    )
    assert read(path).splitlines() == [
        "日期：2008-03-15 09:30",
        "外面",
        "主题：转发",
        "日期：2008-03-15 09:30",
        "里面",
        "附件：转发",
    ]


def test_messages_without_end_are_refused(tmp_path: Path) -> None:
    streams, place = {}, ""
    for _ in range(12):
        place = f"{place}/__attach_version1.0_#00000000/__substg1.0_3701000D".lstrip("/")
        streams[f"{place}/__properties_version1.0"] = properties({}, head=24)
    with pytest.raises(ExtractionError) as refused:
        read(msg(tmp_path, streams))
    assert refused.value.reason == Reason.DAMAGED


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    path = msg(folder, unicode(k0037="通知", k1000="正文"), {0x3FFD: 936})
    path.write_bytes(damaged(path.read_bytes(), data))
    read_or_refused(MsgExtractor(), path)


def test_an_address_of_a_directory_is_none_for_people(tmp_path: Path) -> None:
    path = msg(tmp_path, unicode(k0C1A="张毓伦", k0C1F="/O=FT GROUP/OU=FT/CN=RECIPIENTS/CN=ZHANG"))
    assert "发件人：张毓伦" in read(path).splitlines()
