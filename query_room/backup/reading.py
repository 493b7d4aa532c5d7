"""Read the members of a backup that anybody may have made.

Not with ``tarfile`` itself: it follows extension headers of any size into memory. Here a member is
a plain file under a name of ours, or the backup is refused.
"""

from __future__ import annotations

import hashlib
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

import zstandard

from indexer.errors import StorageError
from query_room.backup.members import MAX_BYTES, MemberName, parse_name
from query_room.errors import BackupDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLOCK: Final = tarfile.BLOCKSIZE
_MAX_WINDOW: Final = 1 << 27
# Four bytes can stand for 128 KiB of the same byte: little goes in, so that little comes out.
_COMPRESSED_AT_ONCE: Final = 1 << 12
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One member, to be read before the next is asked for.

    Attributes:
        name: Its name. size: Its bytes.
    """

    name: MemberName
    size: int
    _stream: _Inflated

    def blocks(self) -> Iterator[bytes]:
        """Its content, piece by piece, once.

        Raises:
            BackupDamagedError: It ends too early, or cannot be decompressed.
        """
        left = self.size
        while left:
            block = self._stream.exactly(min(left, _PIECE))
            left -= len(block)
            yield block
        self._stream.exactly(-self.size % _BLOCK)

    def content(self) -> bytes:
        """All of it.

        Raises:
            BackupDamagedError: It is longer than any such member may be, or ends too early.
        """
        if self.size > MAX_BYTES[self.name.kind]:
            raise BackupDamagedError("too_large", self.name.text)
        return b"".join(self.blocks())


class BackupReader:
    """An open backup; see :func:`open_backup`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._stream = _Inflated(file)

    @property
    def digest(self) -> str:
        """SHA-256 of the whole file; after the last member."""
        return self._stream.digest.hexdigest()

    @property
    def read_bytes(self) -> int:
        """Bytes of the file that were read so far."""
        return self._stream.read_bytes

    def __iter__(self) -> Iterator[Member]:
        """Every member in order; each must be read to its end.

        Raises:
            BackupDamagedError: What is there is no backup, or not a whole one.
        """
        while any(header := self._stream.exactly(_BLOCK)):
            try:
                info = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
            except (tarfile.HeaderError, UnicodeDecodeError, ValueError) as error:
                raise BackupDamagedError("unreadable") from error
            if info.type != tarfile.REGTYPE or info.size < 0:
                raise BackupDamagedError("foreign_member", info.name)
            yield Member(parse_name(info.name), info.size, self._stream)
        if any(self._stream.exactly(_BLOCK)):
            raise BackupDamagedError("unreadable")
        self._stream.expect_end()


@contextmanager
def open_backup(path: Path) -> Iterator[BackupReader]:
    """A backup to be read from its beginning.

    Raises:
        StorageError: The file cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error
    with file:
        yield BackupReader(file)


class _Inflated:
    """What a zstd frame holds, in as many bytes as are asked for."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._frame = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj()
        self._held = b""
        self._at = 0
        self.digest = hashlib.sha256()
        self.read_bytes = 0

    def exactly(self, size: int) -> bytes:
        """The next ``size`` bytes."""
        parts: list[bytes] = []
        while size:
            if self._at == len(self._held) and not self._fill():
                raise BackupDamagedError("cut_short")
            part = self._held[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def expect_end(self) -> None:
        """Make sure that nothing follows and that the frame's own checksum was seen."""
        if self._at != len(self._held) or self._fill():
            raise BackupDamagedError("trailing")
        if not self._frame.eof:
            raise BackupDamagedError("cut_short")
        if self._frame.unused_data or self._read():
            raise BackupDamagedError("trailing")

    def _fill(self) -> bool:
        """Hold more; ``False`` at the end of the frame or of the file."""
        while not self._frame.eof and (block := self._read()):
            try:
                self._held, self._at = self._frame.decompress(block), 0
            except zstandard.ZstdError as error:
                reason = "unreadable" if self.read_bytes > len(block) else "no_backup"
                raise BackupDamagedError(reason) from error
            if self._held:
                return True
        return False

    def _read(self) -> bytes:
        try:
            block = self._file.read(_COMPRESSED_AT_ONCE)
        except OSError as error:
            raise StorageError(f"the backup cannot be read: {error.strerror}") from error
        self.digest.update(block)
        self.read_bytes += len(block)
        return block
