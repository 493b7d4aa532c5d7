"""Files that an archivist uploads: streamed to the data folder, named so that no name can hurt."""

from __future__ import annotations

import io
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from indexer.catalogue.reading import SUFFIXES
from indexer.errors import StorageFullError
from indexer.ordering.uploads import new_upload, upload_folder
from query_room.errors import InvalidFieldError
from query_room.fields import optional
from query_room.settings import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from query_room.settings import RoomSettings

_FILES: Final = "files"
_INCOMING: Final = "incoming"
_NAMELESS: Final = "未命名"
_MAX_PARTS: Final = 12
_MAX_NAME_BYTES: Final = 180
_MAX_SUFFIX: Final = 20
_LEFT_FREE: Final = 512 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What was uploaded.

    Attributes:
        upload: Its name among the uploads. folder: Where its files are.
        manifest: The catalogue among them, or ``None``. files: How many besides.
    """

    upload: str
    folder: Path
    manifest: Path | None
    files: int


class Receiving:
    """Takes in one upload; leave it with nothing kept, or call :meth:`keep`.

    Args:
        settings: Where to, and how much.
        size: Bytes that are announced.

    Raises:
        StorageFullError: There is no room for them.
    """

    def __init__(self, settings: RoomSettings, size: int) -> None:
        self._limit = settings.upload_files
        self._upload = new_upload()
        self._folder = upload_folder(settings.indexer, self._upload)
        self._incoming = self._folder / _INCOMING
        self._open: list[IO[bytes]] = []
        settings.indexer.data.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(settings.indexer.data).free < size + _LEFT_FREE:
            raise StorageFullError("no space left for what is uploaded")
        self._incoming.mkdir(parents=True, mode=0o750)

    def open(self) -> IO[bytes]:
        """A file that the next part is written to.

        Raises:
            InvalidFieldError: They are too many.
        """
        # One more part: the catalogue.
        if len(self._open) > self._limit:
            raise InvalidFieldError("files", "too_many")
        file = (self._incoming / str(len(self._open))).open("w+b")
        self._open.append(file)
        return file

    def keep(
        self, files: Sequence[tuple[str, IO[bytes]]], catalogue: tuple[str, IO[bytes]] | None
    ) -> Received:
        """Everything under its own name, made safe.

        Args:
            files: Names as the browser gave them, with what :meth:`open` gave.
            catalogue: The same of the catalogue.

        Raises:
            InvalidFieldError: There are no files, too many, or the catalogue is of no kind that
                can be read.
        """
        named = [(name, file) for name, file in files if name]
        if not named and catalogue is None:
            raise InvalidFieldError("files", "required")
        if len(named) > self._limit:
            raise InvalidFieldError("files", "too_many")
        if catalogue is not None and not catalogue[0].lower().endswith(SUFFIXES):
            raise InvalidFieldError("catalogue", "unknown")
        self._close()
        folder = self._folder / _FILES
        folder.mkdir()
        for name, file in named:
            self._place(file, folder, safe_path(name))
        manifest = None
        if catalogue is not None:
            # Beside the files: what it names is read from where it stands.
            manifest = self._place(
                catalogue[1], folder, PurePosixPath(safe_path(catalogue[0]).name)
            )
        shutil.rmtree(self._incoming)
        return Received(upload=self._upload, folder=folder, manifest=manifest, files=len(named))

    def drop(self) -> None:
        """Keep nothing."""
        self._close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _close(self) -> None:
        for file in self._open:
            file.close()

    @staticmethod
    def _place(file: IO[bytes], folder: Path, name: PurePosixPath) -> Path:
        target = _free(folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        Path(file.name).rename(target)
        return target


def safe_path(name: str) -> PurePosixPath:
    r"""A relative path that stays where it is put: no way up, no control characters, not too long.

    Browsers send folders along with ``/``, old ones the whole path with ``\``.
    """
    parts = [_safe_name(part) for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part not in {"", ".", ".."}]
    return PurePosixPath(*(kept[-_MAX_PARTS:] or [_NAMELESS]))


def _safe_name(part: str) -> str:
    text = unicodedata.normalize("NFC", optional("name", part, io.DEFAULT_BUFFER_SIZE))
    text = text.replace("\n", " ").replace("\t", " ").strip()
    if len(text.encode()) <= _MAX_NAME_BYTES:
        return text
    stem, dot, suffix = text.rpartition(".")
    if not dot or len(suffix) > _MAX_SUFFIX:
        stem, dot, suffix = text, "", ""
    room = _MAX_NAME_BYTES - len(f"{dot}{suffix}".encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + suffix


def _free(folder: Path, name: PurePosixPath) -> Path:
    """A path that nothing has yet: the same name twice is two files."""
    for parent in [each for each in name.parents if each.name]:
        if (folder / parent).is_file():
            # A file and a folder of one name, which no disk ever held.
            name = PurePosixPath("_".join(name.parts))
            break
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / name.with_name(f"{name.stem} ({number}){name.suffix}")
    return target
