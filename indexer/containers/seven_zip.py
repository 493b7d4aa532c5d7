"""7Z archives."""

from __future__ import annotations

import zlib
from typing import IO, TYPE_CHECKING, Any

import py7zr
from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError

from indexer.containers import Contents, RawMember
from indexer.containers.blocks import blocks_of, refused
from indexer.containers.budget import LimitError
from indexer.containers.decompression import BLOCK
from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from indexer.containers.budget import Budget, Workplace


def read_7z(path: Path, workplace: Workplace) -> Contents:
    """The members of a 7Z archive, all unpacked in one go into one nameless file.

    Members are packed together, so that the last cannot be read without the first.

    Raises:
        ExtractionError: It cannot be opened.
        LimitError: It says that it holds more than it may.
    """
    inner = workplace.new_path()
    try:
        with path.open("rb") as file, inner.open("xb") as out, py7zr.SevenZipFile(file) as archive:
            return _Unpacking(archive, file, inner, out).contents(workplace.budget)
    except (LimitError, MemoryError):
        raise
    except Exception as error:
        raise _meant(error) from error


class _Unpacking:
    """One archive on its way into one file.

    The library's own way of giving members out mixes them up where empty ones stand between
    others, joins those of one name, and stops at the first that is damaged.
    """

    def __init__(
        self, archive: py7zr.SevenZipFile, file: IO[bytes], inner: Path, out: IO[bytes]
    ) -> None:
        self._archive = archive
        self._file = file
        self._inner = inner
        self._out = out

    def contents(self, budget: Budget) -> Contents:
        infos = list(getattr(self._archive, "files", ()))
        files = [info for info in infos if not info.is_directory]
        kept = [info for info in files if info.is_file]
        budget.must_hold(members=len(kept), size=sum(map(_size, infos)))
        read = {info.id: self._member(info) for info in kept if info.emptystream}
        for folder, start, end in self._folders():
            within = [info for info in infos if not info.emptystream and info.folder is folder]
            read |= self._folder(folder, within, start, end)
        return Contents(
            members=tuple(read[info.id] for info in kept if info.id in read),
            passed_over=len(files) - len(kept),
        )

    def _folders(self) -> Iterator[tuple[Any, int, int]]:
        """What was packed together, and where it stands."""
        streams = getattr(self._archive.header, "main_streams", None)
        if streams is None:
            return
        folders = streams.unpackinfo.folders
        base = self._archive.afterheader
        positions = streams.packinfo.packpositions
        if len(folders) == 1:
            yield folders[0], base, base + positions[-1]
            return
        for number, folder in enumerate(folders):
            yield folder, base + positions[number], base + positions[number + 1]

    def _folder(
        self,
        folder: Any,  # noqa: ANN401 - an untyped library
        infos: Sequence[Any],
        start: int,
        end: int,
    ) -> dict[int, RawMember]:
        """Its members; from the first on that cannot be unpacked they have its problem."""
        read: dict[int, RawMember] = {}
        problem: ExtractionError | None = None
        self._file.seek(start)
        for info in infos:
            at = self._out.tell()
            checksum = None
            if problem is None:
                try:
                    checksum = self._unpack(folder, info, end)
                except MemoryError:
                    raise
                except Exception as error:  # noqa: BLE001 - hostile archives break it in many ways
                    problem = _meant(error)
            if problem is None and info.crc32 is not None and checksum != info.crc32:
                wrong = ExtractionError(Reason.DAMAGED, "a member is not what its checksum says")
                read[info.id] = self._member(info, at, wrong)
            else:
                read[info.id] = self._member(info, at, problem)
        return read

    def _unpack(self, folder: Any, info: Any, end: int) -> int:  # noqa: ANN401 - an untyped library
        """The checksum of a member that was added to the one file.

        The library's own loop asks the system how much memory there is, which a confined process
        may not know.
        """
        stream = folder.get_decompressor(info.compressed)
        left, checksum = info.uncompressed, 0
        while left:
            before = self._file.tell()
            block = stream.decompress(self._file, min(left, BLOCK))
            if not block and self._file.tell() in {before, end}:
                raise ExtractionError(Reason.DAMAGED, "cut short")
            checksum = zlib.crc32(block, checksum)
            self._out.write(block)
            left -= len(block)
        return checksum

    def _member(
        self,
        info: Any,  # noqa: ANN401 - an untyped library
        at: int = 0,
        problem: ExtractionError | None = None,
    ) -> RawMember:
        size = _size(info)
        inner = self._inner
        return RawMember(
            name=info.filename,
            size=size,
            blocks=refused(problem) if problem else lambda: blocks_of(inner, at, size),
            problem=problem,
        )


def _size(info: Any) -> int:  # noqa: ANN401 - an untyped library
    return 0 if info.emptystream else int(info.uncompressed)


def _meant(error: Exception) -> ExtractionError:
    match error:
        case ExtractionError():
            return error
        case PasswordRequired():
            return ExtractionError(Reason.ENCRYPTED)
        case UnsupportedCompressionMethodError():
            return ExtractionError(Reason.UNSUPPORTED, "7Z compression method")
    return ExtractionError(Reason.DAMAGED, type(error).__name__)
