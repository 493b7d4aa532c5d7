"""Writers of generations, opened when they are first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.engine.opening import open_writer

if TYPE_CHECKING:
    from indexer.engine.port import IndexWriter
    from indexer.settings import IndexerSettings


class Writers:
    """The open writers of one thread.

    Args:
        settings: Which engine, and where.
    """

    def __init__(self, settings: IndexerSettings) -> None:
        self._settings = settings
        self._open: dict[int, IndexWriter] = {}

    def of(self, files: int) -> IndexWriter:
        """The writer of a generation."""
        if files not in self._open:
            self._open[files] = open_writer(self._settings, files)
        return self._open[files]

    def close(self, files: int) -> None:
        """Let go of a generation's writer, if it is open."""
        if files in self._open:
            self._open.pop(files).close()

    def keep_only(self, files: int) -> None:
        """Let go of the writers of all other generations."""
        for each in [each for each in self._open if each != files]:
            self.close(each)

    def close_all(self) -> None:
        """Let go of all of them."""
        for each in list(self._open):
            self.close(each)
