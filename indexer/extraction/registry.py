"""Which extractor reads which kind of file.

The libraries of all of them take a second to load, and most folders have files of a few kinds: each
is loaded when its first file comes, behind the fence that its process stands in by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.kinds import (
    CSV,
    DAMAGED_STORAGE,
    DOC,
    DOCX,
    ENCRYPTED_OFFICE,
    HTML,
    IMAGES,
    MAIL,
    MSG,
    ODP,
    ODS,
    ODT,
    OFD,
    PDF,
    PPT,
    PPTX,
    RTF,
    TEXT,
    XLS,
    XLSB,
    XLSX,
)
from indexer.extraction.old_formats import FILTERS, OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from indexer.extraction import Extractor, PicturePage


@dataclass(frozen=True, slots=True)
class Deferred:
    """An extractor that is loaded when it is first asked to read.

    Attributes:
        name: Its own name, with its version.
        where: ``module:class``, the module within :mod:`indexer.extraction`.
    """

    name: str
    where: str

    def pages(self, path: Path) -> Iterator[str | PicturePage]:
        """What the extractor gives."""
        return self.loaded().pages(path)

    def loaded(self) -> Extractor:
        """The extractor itself."""
        return _loaded(self.where)


@cache
def _loaded(where: str) -> Extractor:
    module, _, name = where.partition(":")
    extractor: Extractor = getattr(import_module(f"indexer.extraction.{module}"), name)()
    return extractor


EXTRACTORS: Final[Mapping[str, Extractor]] = {
    PDF: Deferred("pdf/4", "pdf:PdfExtractor"),
    DOCX: Deferred("docx/1", "docx:DocxExtractor"),
    HTML: Deferred("html/1", "html:HtmlExtractor"),
    TEXT: Deferred("text/1", "plain_text:PlainTextExtractor"),
    XLSX: Deferred("xlsx/1", "xlsx:XlsxExtractor"),
    **dict.fromkeys((XLS, XLSB), Deferred("xls/1", "xls:XlsExtractor")),
    PPTX: Deferred("pptx/1", "pptx:PptxExtractor"),
    ODS: Deferred("ods/1", "open_document:OdsExtractor"),
    ODT: Deferred("odt/1", "open_document:OdtExtractor"),
    ODP: Deferred("odp/1", "open_document:OdpExtractor"),
    DOC: Deferred("doc/1", "doc:DocExtractor"),
    MAIL: Deferred("mail/1", "mail:MailExtractor"),
    MSG: Deferred("msg/1", "msg:MsgExtractor"),
    RTF: Deferred("rtf/1", "rtf:RtfExtractor"),
    CSV: Deferred("csv/1", "csv_table:CsvExtractor"),
    OFD: Deferred("ofd/2", "ofd:OfdExtractor"),
    PPT: Deferred("ppt/1", "ppt:PptExtractor"),
    **dict.fromkeys(IMAGES, Deferred("image/1", "images:ImageExtractor")),
}
"""By media type. A new format is a module with its extractor and a line here."""

CONVERTED: Final = Deferred("office/1", "converted:ConvertedExtractor")
"""Reads what an office program has made of a file of any old format."""

NAMES: Final = frozenset(each.name for each in (*EXTRACTORS.values(), CONVERTED))
"""Of every extractor there is, each with its version."""

_REFUSALS: Final = {
    ENCRYPTED_OFFICE: Reason.ENCRYPTED,
    DAMAGED_STORAGE: Reason.DAMAGED,
    # No library reads RAR without a program outside Python.
    "application/vnd.rar": Reason.NEEDS_TOOL,
}


def extractor_for(media_type: str) -> Extractor:
    """The extractor of a kind.

    Raises:
        ExtractionError: None reads it; the detail names the kind, or the program that would.
    """
    if extractor := EXTRACTORS.get(media_type):
        return extractor
    if media_type in FILTERS:
        raise ExtractionError(Reason.NEEDS_TOOL, OFFICE)
    raise ExtractionError(_REFUSALS.get(media_type, Reason.UNSUPPORTED), media_type)
