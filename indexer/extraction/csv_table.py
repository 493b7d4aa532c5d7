"""Tables as text, in any Chinese encoding: each row a line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from indexer.extraction.encoding import decode
from indexer.extraction.page_text import page_of, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DELIMITERS: Final = ",\t;|，"
_SAMPLE_LINES: Final = 20


class CsvExtractor:
    """Reads CSV and TSV."""

    name: Final = "csv/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page; the text as it is where it turns out to be no table.

        Raises:
            ExtractionError: It is no text.
        """
        text = decode(path.read_bytes())
        try:
            yield page_of(_rows(text))
        except csv.Error:  # a quotation mark that never closes
            yield text


def _rows(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
        yield row_of(row)


def _delimiter(text: str) -> str:
    """The one that stands in most of the first lines."""
    lines = text[:100_000].splitlines()[:_SAMPLE_LINES]
    return max(_DELIMITERS, key=lambda mark: sum(mark in line for line in lines))
