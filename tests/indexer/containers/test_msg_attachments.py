from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from indexer.containers.budget import Budget, Limits, Workplace
from indexer.containers.msg_attachments import read_msg
from indexer.containers.names import places_of
from tests.indexer.containers.archives import content_of, names
from tests.indexer.extraction.test_msg import msg, properties

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from indexer.containers import Contents

FIRST, SECOND = "__attach_version1.0_#00000000", "__attach_version1.0_#00000001"
DATA = "__substg1.0_37010102"


def attachments(
    tmp_path: Path, streams: Mapping[str, bytes], numbers: Mapping[int, int] | None = None
) -> Contents:
    path = msg(tmp_path, streams, numbers)
    return read_msg(path, Workplace(tmp_path, Budget(Limits(), 1)))


def test_attachments_come_out_under_their_long_names(tmp_path: Path) -> None:
    found = attachments(
        tmp_path,
        {
            f"{FIRST}/__substg1.0_3707001F": "预算表.xlsx\0".encode("utf-16-le"),
            f"{FIRST}/__substg1.0_3704001F": b"Y\0S\0",
            f"{FIRST}/{DATA}": b"A" * 5000,
            f"{SECOND}/__substg1.0_3704001E": "通知.doc".encode("gbk"),
            f"{SECOND}/{DATA}": b"B" * 5000,
        },
        {0x3FFD: 936},
    )
    assert places_of(names(found)) == ["预算表.xlsx", "通知.doc"]
    assert content_of(found).startswith(b"A" * 5000)


def test_attachments_of_a_message_within_are_its_own(tmp_path: Path) -> None:
    inner = f"{FIRST}/__substg1.0_3701000D"
    found = attachments(
        tmp_path,
        {
            f"{inner}/__properties_version1.0": properties({}, head=24),
            f"{inner}/{FIRST}/__substg1.0_3707001F": "表.doc".encode("utf-16-le"),
            f"{inner}/{FIRST}/{DATA}": b"A" * 5000,
        },
    )
    assert places_of(names(found)) == ["表.doc"]


def test_what_only_the_text_shows_is_no_attachment(tmp_path: Path) -> None:
    hidden = bytes(8) + struct.pack("<HHIQ", 0x000B, 0x7FFE, 6, 1)
    found = attachments(
        tmp_path,
        {f"{FIRST}/__properties_version1.0": hidden, f"{FIRST}/{DATA}": b"A" * 5000},
    )
    assert found.members == ()


def test_what_has_no_name_is_called_an_attachment(tmp_path: Path) -> None:
    assert names(attachments(tmp_path, {f"{FIRST}/{DATA}": b"A" * 5000})) == ["附件"]
