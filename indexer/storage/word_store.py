"""Where recognised words stand, one container per file and extractor version.

A container (:mod:`~indexer.storage.frames`) has a frame for each page that has words; the table
notes the page's number.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final

from indexer.page_words import Box, PageWord
from indexer.storage.containers import FolderContainers
from indexer.storage.frames import DamagedContainerError, pack, table_of, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from indexer.records import FileHash
    from indexer.storage.containers import Containers

SUFFIX: Final = ".words"
# A hundred-thousandth of a page: less than a dot of any scan.
_DIGITS: Final = 5
_EDGES: Final = ("left", "top", "right", "bottom")


class ContainerWordStore:
    """A :class:`~indexer.storage.WordStore` on containers, wherever they lie.

    Args:
        containers: Where.
    """

    def __init__(self, containers: Containers) -> None:
        self._containers = containers

    def put(
        self, file_hash: FileHash, extractor: str, pages: Mapping[int, Sequence[PageWord]]
    ) -> None:
        """Keep the words; see the port."""
        parts = [(words_to_json(pages[number]), number) for number in sorted(pages)]
        self._containers.put(file_hash, extractor, pack(parts))

    def words(self, file_hash: FileHash, extractor: str, page: int) -> tuple[PageWord, ...]:
        """The words of one page; see the port."""
        return self._read(file_hash, extractor, only=page).get(page, ())

    def pages(self, file_hash: FileHash, extractor: str) -> dict[int, tuple[PageWord, ...]]:
        """The words of every page that has any; see the port."""
        return self._read(file_hash, extractor)

    def remove(self, file_hash: FileHash) -> None:
        """Forget the words of a file; see the port."""
        self._containers.remove(file_hash)

    def remove_version(self, file_hash: FileHash, extractor: str) -> None:
        """Forget the words of one extraction; see the port."""
        self._containers.remove(file_hash, extractor)

    def entries(self) -> Iterator[tuple[FileHash, str]]:
        """Every entry in the store; see the port."""
        return self._containers.entries()

    def sweep(self) -> None:
        """Clear away what is half-written; see the port."""
        self._containers.sweep()

    def _read(
        self, file_hash: FileHash, extractor: str, only: int | None = None
    ) -> dict[int, tuple[PageWord, ...]]:
        try:
            with self._containers.open(file_hash, extractor) as file:
                return {
                    number: words_from_json(unpack(frame)) for number, frame in _frames(file, only)
                }
        except (OSError, ValueError):
            return {}


class FolderWordStore(ContainerWordStore):
    """A word store in a folder.

    Args:
        root: The folder.
        incoming: Where what is written stands until it is whole; below ``root`` unless given.
    """

    def __init__(self, root: Path, incoming: Path | None = None) -> None:
        super().__init__(FolderContainers(root, SUFFIX, incoming))


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
