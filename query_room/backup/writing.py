"""Write the members of a backup, one after the other, into one compressed stream."""

from __future__ import annotations

import hashlib
import tarfile
from io import RawIOBase
from typing import IO, TYPE_CHECKING, Final, cast

import zstandard

from query_room.backup.members import SUMS_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typing_extensions import Buffer

# Most of a backup is PDF and cannot be pressed further; rows and texts shrink to a fifth at once.
_LEVEL: Final = 3
_BLOCK: Final = tarfile.BLOCKSIZE
_MAX_OCTAL: Final = 1 << 33  # what the size field of POSIX 1988 holds
_END: Final = bytes(2 * _BLOCK)
_PADDING: Final = bytes(1 << 16)


class BackupWriter:
    """A tar in zstd, with the SHA-256 of every member and of the whole.

    Args:
        file: Where to. at: Seconds since the epoch, for those who unpack it by hand.
    """

    def __init__(self, file: IO[bytes], *, at: float) -> None:
        self._whole = _Hashed(file)
        compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        self._stream = compressor.stream_writer(cast("IO[bytes]", self._whole), closefd=False)
        self._at = int(at)
        self._sums: list[str] = []

    def add(self, name: str, content: bytes) -> None:
        """Add a member that is at hand."""
        self.add_blocks(name, len(content), [content])

    def add_blocks(self, name: str, size: int, blocks: Iterable[bytes]) -> str:
        """Add a member of ``size`` bytes; the SHA-256 of what was written comes back.

        What is missing is made up with zero bytes and what is too much is left off, because the
        size already stands written: the hash tells.
        """
        self._stream.write(self._header(name, size))
        digest = hashlib.sha256()
        left = size
        for block in blocks:
            part = block[:left]
            self._put(part, digest)
            left -= len(part)
        while left:
            part = _PADDING[:left]
            self._put(part, digest)
            left -= len(part)
        self._stream.write(bytes(-size % _BLOCK))
        found = digest.hexdigest()
        self._sums.append(f"{found}  {name}\n")
        return found

    def add_sums(self) -> str:
        """Add the list of all members so far; its own SHA-256 comes back."""
        content = "".join(self._sums).encode()
        self.add(SUMS_NAME, content)
        return hashlib.sha256(content).hexdigest()

    def finish(self) -> str:
        """End the stream; the SHA-256 of the whole file comes back."""
        self._stream.write(_END)
        self._stream.flush(zstandard.FLUSH_FRAME)
        return self._whole.digest.hexdigest()

    def _put(self, part: bytes, digest: hashlib._Hash) -> None:
        digest.update(part)
        self._stream.write(part)

    def _header(self, name: str, size: int) -> bytes:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self._at, 0o600
        # Only GNU's form has room for sizes of 8 GiB and more; only the other splits long names.
        if size < _MAX_OCTAL:
            return info.tobuf(tarfile.USTAR_FORMAT)
        return info.tobuf(tarfile.GNU_FORMAT)


class _Hashed(RawIOBase):
    """A file that knows the hash of what went into it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, content: Buffer, /) -> int:
        self.digest.update(content)
        return self._file.write(content)
