"""Archives and messages as offices make them, and as nobody should."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

import py7zr

from indexer.containers.budget import Budget, Limits, Workplace
from indexer.containers.traversal import Task, Unpacked, go_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from indexer.containers import Contents, Listing, Reader


class _NamedInfo(zipfile.ZipInfo):
    """An entry whose name is bytes of a code page, without a word about it."""

    encoding = "gbk"
    flags = 0

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's name
        return self.filename.encode(self.encoding), self.flag_bits | self.flags


def zipped(
    members: Mapping[str, bytes] | Iterable[tuple[str, bytes]],
    *,
    encoding: str | None = None,
    encrypted: Iterable[str] = (),
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A ZIP archive; with an encoding its names are bytes of it and no flag says so."""
    pairs = members.items() if hasattr(members, "items") else members
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in pairs:
            info = _NamedInfo(name) if encoding or name in encrypted else zipfile.ZipInfo(name)
            if isinstance(info, _NamedInfo):
                info.encoding = encoding or "utf-8"
                info.flags = name in encrypted
            info.compress_type = method
            archive.writestr(info, content)
    return written.getvalue()


def tarred(
    members: Mapping[str, bytes], mode: str = "w", *, others: Sequence[tarfile.TarInfo] = ()
) -> bytes:
    """A TAR archive, packed as ``mode`` says."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in others:
            archive.addfile(info)
    return written.getvalue()


def seven_zipped(members: Mapping[str, bytes], **options: Any) -> bytes:
    """A 7Z archive; ``password`` and ``header_encryption`` as the library has them."""
    written = io.BytesIO()
    with py7zr.SevenZipFile(written, "w", **options) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return written.getvalue()


def small(**limits: int) -> Limits:
    """Limits that a test can reach."""
    return Limits(**{"free_bytes": 1 << 20, "total_bytes": 1 << 24, **limits})


def listing(tmp_path: Path, content: bytes, name: str, limits: Limits | None = None) -> Listing:
    """What a file of this content holds."""
    task = _task(tmp_path, content, name, limits, None)
    found = go_through(task)
    assert not isinstance(found, Unpacked)
    # Whatever was unpacked on the way is gone.
    assert list(task.workplace.iterdir()) == []
    return found


def shown(found: Listing) -> dict[str, str]:
    """Kind of each entry, or the reason why not."""
    return {each.name: str(each.reason or each.kind) for each in found.entries}


def unpacked(
    tmp_path: Path, content: bytes, name: str, wanted: Iterable[str], limits: Limits | None = None
) -> dict[str, bytes | str]:
    """The bytes of each member that is wanted, or the reason why not."""
    out = tmp_path / "out"
    out.mkdir()
    places = {place: out / str(number) for number, place in enumerate(wanted)}
    found = go_through(_task(tmp_path, content, name, limits, places))
    assert isinstance(found, Unpacked)
    return {
        place: found.problems[place][0] if place in found.problems else path.read_bytes()
        for place, path in places.items()
    }


def read(reader: Reader, tmp_path: Path, content: bytes, limits: Limits | None = None) -> Contents:
    """What one reader finds."""
    path = tmp_path / "container"
    path.write_bytes(content)
    folder = tmp_path / "inner"
    folder.mkdir()
    return reader(path, Workplace(folder, Budget(limits or Limits(), len(content))))


def names(contents: Contents) -> list[bytes | str]:
    """Names as the format has them."""
    return [member.name for member in contents.members]


def content_of(contents: Contents, number: int = 0) -> bytes:
    """The bytes of one member."""
    return b"".join(contents.members[number].blocks())


def _task(
    tmp_path: Path,
    content: bytes,
    name: str,
    limits: Limits | None,
    wanted: Mapping[str, Path] | None,
) -> Task:
    path = tmp_path / "container"
    path.write_bytes(content)
    workplace = tmp_path / "workplace"
    workplace.mkdir()
    return Task(path=path, name=name, workplace=workplace, limits=limits or Limits(), wanted=wanted)
