"""Where recognised words stand, in a folder, one container per file and extractor version.

``ab/<hash>.<extractor>.words`` is a container (:mod:`~indexer.storage.frames`) with a frame for
each page that has words; the table notes the page's number.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from indexer.page_words import Box, PageWord
from indexer.records import FileHash
from indexer.storage.atomic import in_folders, sweep, write_atomically
from indexer.storage.frames import DamagedContainerError, pack, table_of, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_SUFFIX: Final = ".words"
# A hundred-thousandth of a page: less than a dot of any scan.
_DIGITS: Final = 5
_EDGES: Final = ("left", "top", "right", "bottom")


class FolderWordStore:
    """A :class:`~indexer.storage.WordStore` on a folder.

    Args:
        root: The folder.
        incoming: Where what is written stands until it is whole; below ``root`` unless given.
    """

    def __init__(self, root: Path, incoming: Path | None = None) -> None:
        self._root = root
        self._incoming = incoming or root / "incoming"

    def put(
        self, file_hash: FileHash, extractor: str, pages: Mapping[int, Sequence[PageWord]]
    ) -> None:
        """Keep the words; see the port."""
        parts = [(words_to_json(pages[number]), number) for number in sorted(pages)]
        path = self._path(file_hash, extractor)
        write_atomically(path, pack(parts), incoming=self._incoming)

    def words(self, file_hash: FileHash, extractor: str, page: int) -> tuple[PageWord, ...]:
        """The words of one page; see the port."""
        return self._read(file_hash, extractor, only=page).get(page, ())

    def pages(self, file_hash: FileHash, extractor: str) -> dict[int, tuple[PageWord, ...]]:
        """The words of every page that has any; see the port."""
        return self._read(file_hash, extractor)

    def remove(self, file_hash: FileHash) -> None:
        """Forget the words of a file; see the port."""
        for path in self._folder(file_hash).glob(f"{file_hash}.*{_SUFFIX}"):
            path.unlink(missing_ok=True)

    def remove_version(self, file_hash: FileHash, extractor: str) -> None:
        """Forget the words of one extraction; absent is no error."""
        self._path(file_hash, extractor).unlink(missing_ok=True)

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """Every entry in the store; see the port."""
        for path in in_folders(self._root, f"*{_SUFFIX}"):
            file_hash, _, extractor = path.name.removesuffix(_SUFFIX).partition(".")
            yield FileHash(file_hash), unquote(extractor)

    def sweep(self) -> None:
        """Clear away what a killed process left half-written; only while nobody writes."""
        sweep(self._incoming)

    def _read(
        self, file_hash: FileHash, extractor: str, only: int | None = None
    ) -> dict[int, tuple[PageWord, ...]]:
        try:
            with self._path(file_hash, extractor).open("rb") as file:
                return {
                    number: words_from_json(unpack(frame)) for number, frame in _frames(file, only)
                }
        except (OSError, ValueError):
            return {}

    def _path(self, file_hash: FileHash, extractor: str) -> Path:
        return self._folder(file_hash) / f"{file_hash}.{quote(extractor, safe='')}{_SUFFIX}"

    def _folder(self, file_hash: FileHash) -> Path:
        return self._root / file_hash[:2]


def words_to_json(words: Iterable[PageWord]) -> list[list[float]]:
    """Words as plain JSON: start, end, the four edges, confidence."""
    return [
        [
            word.start,
            word.end,
            *(round(getattr(word.box, edge), _DIGITS) for edge in _EDGES),
            round(word.confidence, _DIGITS),
        ]
        for word in words
    ]


def words_from_json(value: Any) -> tuple[PageWord, ...]:  # noqa: ANN401 - it is looked at here
    """The inverse of :func:`words_to_json`.

    Raises:
        DamagedContainerError: It is not made of words.
    """
    try:
        words = tuple(_word(*each) for each in value)
    except (TypeError, ValueError, OverflowError) as error:
        raise DamagedContainerError from error
    if not all(0 <= word.start < word.end for word in words):
        raise DamagedContainerError
    return words


def _word(  # noqa: PLR0917 - in the order in which they are kept
    start: float,
    end: float,
    left: float,
    top: float,
    right: float,
    bottom: float,
    confidence: float,
) -> PageWord:
    box = Box(left=float(left), top=float(top), right=float(right), bottom=float(bottom))
    return PageWord(start=int(start), end=int(end), box=box, confidence=float(confidence))


def _frames(file: IO[bytes], only: int | None) -> Iterator[tuple[int, bytes]]:
    """The frames of all pages, or of one."""
    at = 0
    for size, number in table_of(file):
        if only is None or number == only:
            file.seek(at)
            yield number, file.read(size)
        at += size
