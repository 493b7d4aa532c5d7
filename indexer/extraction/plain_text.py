"""Plain text in any Chinese encoding; a form feed begins a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.extraction.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class PlainTextExtractor:
    """Reads text files."""

    name: Final = "text/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page, or several where form feeds part them."""
        text = decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
        yield from text.split("\f")
