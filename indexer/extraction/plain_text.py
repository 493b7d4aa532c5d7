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
        """One page, or several where form feeds part them.

        Raises:
            ExtractionError: It is no text in any known encoding.
        """
        # A form feed at the very end ends the last page and begins none; so does the old end mark.
        text = decode(path.read_bytes()).rstrip("\x1a\f\0")
        yield from text.split("\f")
