"""What an office program has made of a file of an old format, read like any OpenDocument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.kinds import ODS, ODT, media_type_of
from indexer.extraction.open_document import OdsExtractor, OdtExtractor
from indexer.extraction.western_letters import mended

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from indexer.extraction import Extractor

_READERS: Final[Mapping[str, Extractor]] = {ODT: OdtExtractor(), ODS: OdsExtractor()}


class ConvertedExtractor:
    """Reads what a file was converted to."""

    name: Final = "office/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page of a text, one per sheet of a workbook.

        Raises:
            ExtractionError: The program has written no sound OpenDocument.
        """
        reader = _READERS.get(media_type_of(path, path.name))
        if reader is None:
            raise ExtractionError(Reason.DAMAGED, "what it was converted to is no document")
        for page in reader.pages(path):
            assert isinstance(page, str)  # noqa: S101 - OpenDocument has no pages of pictures
            yield mended(page)
