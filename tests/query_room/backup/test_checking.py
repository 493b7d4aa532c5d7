from __future__ import annotations

import hashlib
import json
import random
import tarfile
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import zstandard

from indexer.errors import QueryRoomError, StorageFullError
from query_room.backup import back_up, restore
from query_room.backup.checking import check
from query_room.backup.writing import BackupWriter
from query_room.errors import BackupDamagedError, RestoreRefusedError
from tests.query_room.backup.conftest import empty_room, room_of
from tests.query_room.backup.opened import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fixtures.archive import SmallArchive

HASH = hashlib.sha256(b"x").hexdigest()
LISTED = "listed"


@pytest.fixture
def whole(small: SmallArchive, tmp_path: Path) -> Path:
    path = tmp_path / "whole.qrb"
    back_up(small.engine, room_of(small), path, environ={"QUERY_ROOM_ORGAN": "青山区"})
    return path


def refused(path: Path, folder: Path) -> QueryRoomError:
    """Why a backup is not restored; nothing at all may have been made for it."""
    with pytest.raises(QueryRoomError) as error:
        restore(path, empty_room(folder))
    assert not folder.exists()
    return error.value


def test_a_whole_backup_is_found_whole(whole: Path, tmp_path: Path) -> None:
    seen: list[int] = []
    found = check(whole, tmp_path / "there", lambda at: seen.append(at.done))
    assert found.digest == hashlib.sha256(whole.read_bytes()).hexdigest()
    assert found.manifest.tables["record"].rows == 13
    assert found.settings["QUERY_ROOM_ORGAN"] == "青山区"
    assert seen == sorted(seen)
    assert not (tmp_path / "there").exists()


def test_wherever_a_bit_is_turned_nothing_is_put_in_place(whole: Path, tmp_path: Path) -> None:
    random.seed(1)
    content = whole.read_bytes()
    members = unpacked(whole)
    harmless = 0
    for place in (*range(64), *random.sample(range(64, len(content) * 8), 120)):
        changed = bytearray(content)
        changed[place // 8] ^= 1 << place % 8
        path = tmp_path / "changed.qrb"
        path.write_bytes(changed)
        try:
            check(path, tmp_path / "there")
        except BackupDamagedError:
            refused(path, tmp_path / "there")
        else:
            # Some bits of zstd mean nothing, or the same either way: a larger window, say.
            harmless += 1
            assert unpacked(path) == members, place
    assert harmless < 20


def test_wherever_it_is_cut_nothing_is_put_in_place(whole: Path, tmp_path: Path) -> None:
    random.seed(2)
    content = whole.read_bytes()
    sizes = (
        *random.sample(range(len(content)), 60),
        *(len(content) - left for left in range(1, 9)),
    )
    for size in sizes:
        path = tmp_path / "cut.qrb"
        path.write_bytes(content[:size])
        error = refused(path, tmp_path / "there")
        assert isinstance(error, BackupDamagedError), size


def test_what_follows_the_end_is_refused(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "longer.qrb"
    for more in (b"\x00", b"more", whole.read_bytes()):
        path.write_bytes(whole.read_bytes() + more)
        error = refused(path, tmp_path / "there")
        assert isinstance(error, BackupDamagedError)
        assert error.reason == "trailing"


class Forged(NamedTuple):
    """A change that somebody makes who knows the format, and what it is refused for.

    Attributes:
        change: Of the members. reason: Of the refusal.
        relisted: The sums and the manifest are made to fit.
    """

    change: Callable[[dict[str, bytes]], object]
    reason: str
    relisted: bool = True


def manifest_with(**changes: Any) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps(
            json.loads(members["manifest.json"]) | changes
        ).encode()

    return change


def first(members: dict[str, bytes], beginning: str) -> str:
    return next(name for name in members if name.startswith(beginning))


def put_before(name: str, content: bytes, before: str) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        place = first(members, before)
        parts = list(members.items())
        at = [each for each, _ in parts].index(place)
        members.clear()
        members.update([*parts[:at], (name, content), *parts[at:]])

    return change


def replace(beginning: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({first(members, beginning): content})


def drop(beginning: str) -> Callable[[dict[str, bytes]], object]:
    return lambda members: members.pop(first(members, beginning))


FORGERIES = {
    "a member outside": Forged(put_before("../../etc/cron.d/x", b"x", "SHA"), "foreign_member"),
    "an absolute path": Forged(put_before("/etc/cron.d/x", b"x", "SHA"), "foreign_member"),
    "keys": Forged(put_before("keys/vault.json", b"x", "SHA"), "foreign_member"),
    "an original nobody counted": Forged(
        put_before(f"originals/{HASH[:2]}/{HASH}", b"x", "texts"), "foreign_member"
    ),
    "an original under another hash": Forged(replace("originals/", b"other"), "manifest_differs"),
    "an original that is gone": Forged(drop("originals/"), "manifest_differs"),
    "a text that is gone": Forged(drop("texts/"), "manifest_differs"),
    "a text that is no text": Forged(replace("texts/", b'{"pages": 1}'), "changed"),
    "a text nested too deep": Forged(replace("texts/", b"[" * 200_000), "changed"),
    "words that are none": Forged(
        put_before(f"words/{HASH}/ocr.json", b'{"1": [[1, 0]]}', "SHA"), "changed"
    ),
    "words without pages": Forged(put_before(f"words/{HASH}/ocr.json", b"[]", "SHA"), "changed"),
    "words nobody counted": Forged(
        put_before(f"words/{HASH}/ocr.json", b"{}", "SHA"), "manifest_differs"
    ),
    "rows that are gone": Forged(drop("database/record/"), "manifest_differs"),
    "rows that are no rows": Forged(replace("database/record/", b"[1]\n"), "changed"),
    "a piece left out": Forged(
        put_before("database/visit/000002.jsonl", b"", "settings"), "foreign_member"
    ),
    "a table come back to": Forged(
        put_before("database/source/000002.jsonl", b"", "settings"), "foreign_member"
    ),
    "rows after the files": Forged(
        put_before("database/visit/000001.jsonl", b"", "SHA"), "foreign_member"
    ),
    "settings that are none": Forged(replace("settings", b"[]"), "changed"),
    "sums that are not those": Forged(replace("originals/", b"other"), "changed", relisted=False),
    "a text changed and not relisted": Forged(
        lambda members: members.update(
            {
                first(members, "texts/"): members[first(members, "texts/")].replace(
                    "通知".encode(), "通告".encode(), 1
                )
            }
        ),
        "changed",
        relisted=False,
    ),
    "no manifest": Forged(drop("manifest"), "cut_short", relisted=False),
    "no sums": Forged(drop("SHA"), "manifest_differs", relisted=False),
    "no format": Forged(drop("format"), "no_backup"),
    "a manifest with more": Forged(manifest_with(more=1), "changed"),
    "a manifest of other tables": Forged(manifest_with(tables={}), "manifest_differs"),
    "a newer format": Forged(replace("format", b'{"format": 3, "product": "9"}'), "newer_format"),
    "a newer schema": Forged(
        manifest_with(
            schema_versions={"indexer": "9999", "search_api": "0001", "query_room": "0001"}
        ),
        "newer_schema",
    ),
}


def forge(whole: Path, path: Path, forged: Forged) -> None:
    members = unpacked(whole)
    forged.change(members)
    with path.open("wb") as file:
        writer = BackupWriter(file, at=0)
        for name, content in members.items():
            if forged.relisted and name == "SHA256SUMS":
                sums = writer.add_sums()
            elif forged.relisted and name == "manifest.json":
                writer.add(name, json.dumps(json.loads(content) | {"sums": sums}).encode())
            else:
                _add(writer, name, content)
        writer.finish()


def _add(writer: BackupWriter, name: str, content: bytes) -> None:
    if name != "SHA256SUMS":
        writer.add(name, content)
        return
    kept = list(writer._sums)
    writer.add(name, content)
    writer._sums[:] = kept


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_backup_is_refused_and_nothing_is_put_in_place(
    whole: Path, tmp_path: Path, forged: Forged
) -> None:
    path = tmp_path / "forged.qrb"
    forge(whole, path, forged)
    error = refused(path, tmp_path / "there")
    assert isinstance(error, BackupDamagedError | RestoreRefusedError)
    assert error.reason == forged.reason


def test_the_way_of_forging_alone_is_not_what_is_refused(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "same.qrb"
    for relisted in (True, False):
        forge(whole, path, Forged(lambda _: None, "", relisted=relisted))
        check(path, tmp_path / "there")


def test_a_bomb_is_refused_before_it_unfolds(whole: Path, tmp_path: Path) -> None:
    members = unpacked(whole)
    info = tarfile.TarInfo(f"originals/{HASH[:2]}/{HASH}")
    info.size = 1 << 60
    header = info.tobuf(tarfile.GNU_FORMAT)
    opening = tarfile.TarInfo("format.json")
    opening.size = len(members["format.json"])
    plain = opening.tobuf(tarfile.USTAR_FORMAT) + members["format.json"].ljust(512, b"\0") + header
    path = tmp_path / "bomb.qrb"
    path.write_bytes(zstandard.ZstdCompressor().compress(plain + bytes(50_000_000)))
    assert path.stat().st_size < 10_000
    assert isinstance(refused(path, tmp_path / "there"), StorageFullError)
