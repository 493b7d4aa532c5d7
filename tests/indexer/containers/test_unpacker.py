"""Containers in a process of their own, whatever becomes of it."""

from __future__ import annotations

import bz2
import gzip
import signal
from typing import TYPE_CHECKING

import pytest

from indexer.containers import EntryKind
from indexer.containers.unpacker import Unpacker
from indexer.errors import SettingsError
from indexer.extraction import Reason
from indexer.settings import IndexerSettings
from tests.indexer.containers.archives import seven_zipped, shown, tarred, zipped
from tests.indexer.containers.test_document_attachments import with_attachments
from tests.indexer.containers.test_mail_attachments import attached, message
from tests.indexer.containers.test_msg_attachments import DATA, FIRST
from tests.indexer.extraction.test_msg import msg

if TYPE_CHECKING:
    from pathlib import Path


def settings(tmp_path: Path, **changed: float) -> IndexerSettings:
    return IndexerSettings(data=tmp_path / "data", database_url="", **changed)  # type: ignore[arg-type]


def test_a_container_is_listed_and_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"内.zip": zipped({"甲.txt": b"A"}), "乙.txt": b"B"}))
    spool = tmp_path / "data" / "spool"
    out = spool / "1"
    with Unpacker(settings(tmp_path), tmp_path, spool) as unpacker:
        assert list(shown(unpacker.list_members(path, "a.zip"))) == [
            "",
            "内.zip",
            "内.zip/甲.txt",
            "乙.txt",
        ]
        problems = unpacker.unpack(path, "a.zip", {"内.zip/甲.txt": out, "没有": spool / "2"})
        assert out.read_bytes() == b"A"
    assert {place: reason for place, (reason, _) in problems.items()} == {"没有": Reason.UNREADABLE}
    assert not spool.exists()


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.zip", zipped({"甲.txt": b"A" * 5000}), "甲.txt"),
        ("a.7z", seven_zipped({"甲.txt": b"A" * 5000}), "甲.txt"),
        ("a.tar", tarred({"甲.txt": b"A" * 5000}), "甲.txt"),
        ("a.tar.xz", tarred({"甲.txt": b"A" * 5000}, "w:xz"), "甲.txt"),
        ("甲.txt.gz", gzip.compress(b"A" * 5000), "甲.txt"),
        ("甲.txt.bz2", bz2.compress(b"A" * 5000), "甲.txt"),
    ],
    # Some formats hold the time of day: a name from their bytes would be another in each process.
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_format_is_read_behind_the_fence(
    tmp_path: Path, name: str, content: bytes, place: str
) -> None:
    path, spool = tmp_path / name, tmp_path / "data" / "spool"
    path.write_bytes(content)
    with Unpacker(settings(tmp_path), tmp_path, spool) as unpacker:
        assert shown(unpacker.list_members(path, name)) == {"": "archive", place: "file"}
        assert unpacker.unpack(path, name, {place: spool / "1"}) == {}
        assert (spool / "1").read_bytes() == b"A" * 5000


def test_what_is_attached_to_documents_is_read_behind_the_fence(tmp_path: Path) -> None:
    with_attachments(tmp_path / "a.pdf", ("甲.txt", b"A"))
    (tmp_path / "b.eml").write_bytes(message(attached(b"Content-Disposition: attachment")))
    msg(tmp_path, {f"{FIRST}/{DATA}": b"A" * 5000})
    with Unpacker(settings(tmp_path), tmp_path) as unpacker:
        for name in ("a.pdf", "b.eml", "a.msg"):
            first, *others = unpacker.list_members(tmp_path / name, name).entries
            assert (first.kind, len(others)) == (EntryKind.DOCUMENT, 1), name


def test_without_a_spool_it_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"甲.txt": b"A"}))
    with Unpacker(settings(tmp_path), tmp_path) as unpacker:
        assert len(unpacker.list_members(path, "a.zip").entries) == 2
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    with Unpacker(settings(tmp_path), tmp_path) as unpacker:
        (entry,) = unpacker.list_members(tmp_path / "gone.zip", "gone.zip").entries
    assert (entry.kind, entry.reason) == (EntryKind.ARCHIVE, Reason.UNREADABLE)


def test_one_that_takes_too_long_is_refused_and_the_next_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"甲.txt": b"A"}))
    with Unpacker(settings(tmp_path, extraction_timeout_s=0), tmp_path) as hurried:
        program = hurried._ready_program()
        program._program.send_signal(signal.SIGSTOP)  # a fast one could answer in no time
        (entry,) = hurried.list_members(path, "a.zip").entries
        assert entry.reason == Reason.TIMEOUT
        hurried._settings = settings(tmp_path)
        assert len(hurried.list_members(path, "a.zip").entries) == 2


def test_a_process_that_died_while_it_was_idle_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"甲.txt": b"A"}))
    with Unpacker(settings(tmp_path), tmp_path) as unpacker:
        unpacker.list_members(path, "a.zip")
        program = unpacker._program
        assert program is not None
        program._program.send_signal(signal.SIGKILL)
        program._program.wait()
        assert len(unpacker.list_members(path, "a.zip").entries) == 2


def test_a_process_that_cannot_start_names_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.touch()
    with (
        Unpacker(settings(tmp_path, extraction_memory_mb=10), tmp_path) as unpacker,
        pytest.raises(SettingsError, match="QUERY_ROOM_EXTRACTION_MEMORY_MB"),
    ):
        unpacker.list_members(path, "a.zip")
