"""Containers within containers, and those that are made to hurt."""

from __future__ import annotations

import bz2
import gzip
import io
import random
import struct
import tarfile
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.containers import EntryKind
from indexer.containers.traversal import Task, go_through
from indexer.extraction import Reason
from tests.indexer.containers.archives import (
    listing,
    seven_zipped,
    shown,
    small,
    tarred,
    unpacked,
    zipped,
)
from tests.indexer.extraction.damage import damaged

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.containers import Listing

MANY = 100_001


def test_archives_within_archives_are_opened_and_their_names_are_chinese(tmp_path: Path) -> None:
    inner = zipped({"知青名册.txt": b"A", "2008/通知.txt": b"B"}, encoding="gbk")
    content = zipped(
        {"内部.zip": inner, "公社/甲.tar.gz": tarred({"甲.txt": b"C"}, "w:gz")}, encoding="gbk"
    )
    found = listing(tmp_path, content, "资料.zip")
    assert shown(found) == {
        "": "archive",
        "内部.zip": "archive",
        "内部.zip/知青名册.txt": "file",
        "内部.zip/2008/通知.txt": "file",
        "公社/甲.tar.gz": "archive",
        "公社/甲.tar.gz/甲.txt": "file",
    }
    assert found.is_container
    assert found.is_whole


def test_members_are_unpacked_where_they_are_wanted(tmp_path: Path) -> None:
    inner = zipped({"甲.txt": b"A" * 10_000, "乙.txt": b"B"})
    content = seven_zipped({"内.zip": inner, "丙.txt": b"C"})
    wanted = ["内.zip/甲.txt", "丙.txt", "内.zip", "没有.txt"]
    assert unpacked(tmp_path, content, "a.7z", wanted) == {
        "内.zip/甲.txt": b"A" * 10_000,
        "丙.txt": b"C",
        "内.zip": inner,
        "没有.txt": Reason.UNREADABLE,
    }


def test_a_file_that_is_no_container_is_a_file(tmp_path: Path) -> None:
    found = listing(tmp_path, "通知".encode(), "a.txt")
    assert shown(found) == {"": "file"}
    assert not found.is_container


def test_a_document_with_attachments_is_read_itself(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "通知", "a@example.cn", "b@example.cn"
    mail.set_content("正文")
    mail.add_attachment(
        zipped({"表.txt": b"A"}), maintype="application", subtype="zip", filename="附件.zip"
    )
    assert shown(listing(tmp_path, mail.as_bytes(), "a.eml")) == {
        "": "document",
        "附件.zip": "archive",
        "附件.zip/表.txt": "file",
    }


def test_what_is_hidden_or_temporary_is_passed_over(tmp_path: Path) -> None:
    content = zipped({"甲.txt": b"A", "__MACOSX/._甲.txt": b"x", "Thumbs.db": b"x", "~$a.doc": b""})
    found = listing(tmp_path, content, "a.zip")
    assert shown(found) == {"": "archive", "甲.txt": "file"}
    assert found.passed_over == 3


def test_an_archive_without_a_file_is_empty(tmp_path: Path) -> None:
    (entry,) = listing(tmp_path, zipped({"folder/": b""}), "a.zip").entries
    assert (entry.kind, entry.reason) == (EntryKind.ARCHIVE, Reason.EMPTY)


def test_members_that_are_encrypted_are_refused_one_by_one(tmp_path: Path) -> None:
    content = zipped({"甲.txt": b"A", "乙.txt": b"B"}, encrypted=["乙.txt"])
    assert shown(listing(tmp_path, content, "a.zip")) == {
        "": "archive",
        "甲.txt": "file",
        "乙.txt": "encrypted",
    }


def test_what_must_not_be_looked_into_stays_shut(tmp_path: Path) -> None:
    content = zipped({"密.zip": zipped({"名单.txt": b"A"}), "甲.txt": b"B"})
    path, workplace = tmp_path / "a.zip", tmp_path / "work"
    path.write_bytes(content)
    workplace.mkdir()
    task = Task(
        path=path,
        name="a.zip",
        workplace=workplace,
        limits=small(),
        sealed=frozenset({"密.zip"}),
    )
    found = go_through(task)
    assert shown(found) == {"": "archive", "密.zip": "file", "甲.txt": "file"}  # type: ignore[arg-type]


# What is made to hurt.


def test_archives_beyond_the_depth_are_refused_and_the_others_stay(tmp_path: Path) -> None:
    content = zipped({"底.txt": b"A"})
    for level in range(7):
        content = zipped({f"{level}.zip": content, f"{level}.txt": b"B"})
    found = listing(tmp_path, content, "a.zip", small(depth=5))
    refused = [each for each in found.entries if each.reason]
    assert [each.name for each in refused] == ["6.zip/5.zip/4.zip/3.zip/2.zip"]
    assert (refused[0].reason, refused[0].detail) == (
        Reason.MEMORY,
        "more than 5 within one another",
    )
    assert sum(each.kind is EntryKind.FILE for each in found.entries) == 5
    assert not found.is_whole


def test_an_archive_that_holds_itself_ends(tmp_path: Path) -> None:
    # A stored member may be the archive up to there, again and again: what a quine does.
    content = zipped({"a.txt": b"x"}, method=zipfile.ZIP_STORED)
    for _ in range(30):
        content = zipped({"r.zip": content}, method=zipfile.ZIP_STORED)
    found = listing(tmp_path, content, "r.zip", small())
    assert [each.reason for each in found.entries if each.reason] == [Reason.MEMORY]
    assert len(found.entries) == 6


def refusal(found: Listing) -> tuple[str, str]:
    (entry,) = found.entries
    assert entry.kind is EntryKind.ARCHIVE
    return entry.reason, entry.detail


def test_a_flat_bomb_is_refused_by_what_it_says(tmp_path: Path) -> None:
    content = zipped({f"{number}.txt": b"\0" * 600_000 for number in range(10)})
    reason, detail = refusal(listing(tmp_path, content, "a.zip", small(ratio=10)))
    assert reason == Reason.MEMORY
    assert detail == "unpacks to more than 1 MiB, out of all proportion"


def test_a_bomb_that_lies_of_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"\0" * 5_000_000})
    lying = content.replace(struct.pack("<L", 5_000_000), struct.pack("<L", 10))
    assert unpacked(tmp_path, lying, "a.zip", ["a.txt"]) == {"a.txt": Reason.DAMAGED}


def test_a_nested_bomb_counts_against_the_outermost(tmp_path: Path) -> None:
    bottom = zipped({"0.txt": b"\0" * 500_000})
    for _ in range(3):
        bottom = zipped({f"{number}.zip": bottom for number in range(8)})
    reason, _ = refusal(listing(tmp_path, bottom, "42.zip", small(ratio=10)))
    assert reason == Reason.MEMORY


def test_entries_over_one_another_are_refused(tmp_path: Path) -> None:
    # The directory names one packed entry a hundred times.
    content = zipped({"a.txt": b"\0" * 100_000})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.start_dir
    directory, end = content[start:-22], content[-22:]
    count = 100
    fields = list(struct.unpack("<4s4H2LH", end))
    fields[3] = fields[4] = count
    fields[5] = len(directory) * count
    bomb = content[:start] + directory * count + struct.pack("<4s4H2LH", *fields)
    assert refusal(listing(tmp_path, bomb, "a.zip")) == (
        Reason.MEMORY,
        "members lie over each other",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.gz", gzip.compress(b"\0" * 30_000_000)),
        ("a.bz2", bz2.compress(b"\0" * 30_000_000)),
        ("a.tar.gz", tarred({"a": b"\0" * 30_000_000}, "w:gz")),
        ("a.tar.xz", tarred({"a": b"\0" * 30_000_000}, "w:xz")),
    ],
)
def test_a_compressed_bomb_is_refused_on_the_way(tmp_path: Path, name: str, content: bytes) -> None:
    reason, detail = refusal(listing(tmp_path, content, name, small()))
    assert (reason, detail[:21]) == (Reason.MEMORY, "unpacks to more than ")


def test_a_7z_bomb_is_refused_by_what_it_says(tmp_path: Path) -> None:
    content = seven_zipped({"a.txt": b"\0" * 30_000_000})
    assert refusal(listing(tmp_path, content, "a.7z", small()))[0] == Reason.MEMORY


def test_a_member_larger_than_any_may_be_is_refused(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"\0" * 3_000_000})
    reason, detail = refusal(
        listing(tmp_path, content, "a.zip", small(ratio=10_000, member_bytes=1 << 20))
    )
    assert (reason, detail) == (Reason.MEMORY, "a member of more than 1 MiB")


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    content = zipped([(f"{number}", b"") for number in range(MANY)], method=zipfile.ZIP_STORED)
    assert refusal(listing(tmp_path, content, "a.zip")) == (
        Reason.MEMORY,
        "more than 100000 members",
    )


def test_members_of_all_archives_within_count_together(tmp_path: Path) -> None:
    inner = zipped({f"{number}.txt": b"" for number in range(8)})
    content = zipped({f"{number}.zip": inner for number in range(8)})
    reason, _ = refusal(listing(tmp_path, content, "a.zip", small(members=50)))
    assert reason == Reason.MEMORY


def test_links_and_devices_lead_nowhere(tmp_path: Path) -> None:
    link, device, hard = (tarfile.TarInfo(name) for name in ("link", "device", "again.txt"))
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    device.type = tarfile.CHRTYPE
    hard.type, hard.linkname = tarfile.LNKTYPE, "a.txt"
    wrong = tarfile.TarInfo("wrong.txt")
    wrong.type, wrong.linkname = tarfile.LNKTYPE, "/etc/passwd"
    content = tarred({"a.txt": b"A"}, others=[link, device, hard, wrong])
    found = listing(tmp_path, content, "a.tar")
    assert shown(found) == {"": "archive", "a.txt": "file", "again.txt": "file"}
    assert found.passed_over == 3


def test_names_that_lead_elsewhere_stay_below(tmp_path: Path) -> None:
    content = tarred({"../../etc/passwd": b"A", "/etc/shadow": b"B", "C:\\资料\\甲.txt": b"C"})
    assert list(shown(listing(tmp_path, content, "a.tar"))) == [
        "",
        "etc/passwd",
        "etc/shadow",
        "C/资料/甲.txt",
    ]


def test_a_cut_archive_gives_what_is_whole_and_says_that_more_is_missing(tmp_path: Path) -> None:
    noise = random.Random(1)
    members = {f"{number}.txt": noise.randbytes(3_000) for number in range(5)}
    for name, content in (
        ("a.zip", zipped(members)),
        ("a.tar", tarred(members)),
        ("a.tar.gz", tarred(members, "w:gz")),
    ):
        folder = tmp_path / name
        folder.mkdir()
        found = listing(folder, content[: len(content) * 2 // 3], name)
        whole, *rest = found.entries
        assert (whole.kind, whole.reason) == (EntryKind.ARCHIVE, Reason.DAMAGED), name
        assert [each.name for each in rest][:3] == ["0.txt", "1.txt", "2.txt"], name
        assert not found.is_whole


def test_damage_in_one_member_leaves_the_others(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"A" * 100, "b.txt": b"B" * 100}, method=zipfile.ZIP_STORED)
    broken = content.replace(b"A" * 100, b"A" * 99 + b"x")
    assert unpacked(tmp_path, broken, "a.zip", ["a.txt", "b.txt"]) == {
        "a.txt": Reason.DAMAGED,
        "b.txt": b"B" * 100,
    }


SOUND = {
    "a.zip": zipped({"甲.txt": b"A" * 500, "b/乙.txt": b"B"}, encoding="gbk"),
    "a.tar": tarred({"甲.txt": b"A" * 500, "b/乙.txt": b"B"}),
    "a.tar.gz": tarred({"甲.txt": b"A" * 500}, "w:gz"),
    "a.7z": seven_zipped({"甲.txt": b"A" * 500, "乙.txt": b"B"}),
    "a.gz": gzip.compress(b"A" * 500),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(SOUND)))
def test_damage_ends_in_members_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, name: str
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    found = listing(folder, damaged(SOUND[name], data), name, small())
    assert all(not each.reason or each.reason in set(Reason) for each in found.entries)
    names = [each.name for each in found.entries]
    assert len(names) == len(set(names))
