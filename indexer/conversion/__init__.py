"""Files of old formats made into ones that our readers read, by an office program of others.

LibreOffice reads what nothing else does: Word 95 and older, Excel 4 and older, WordPerfect. It is
large, slow and written for files that one trusts. So each file has a process of its own
(:mod:`~indexer.conversion.process`), behind a fence, with a profile that is gone afterwards; what
comes out is read by the readers of OpenDocument, like any file, and shown to the same guard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionJob:
    """A file to be converted.

    Attributes:
        path: Where it is laid out.
        name: What it is called.
    """

    path: Path
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What has become of it.

    Attributes:
        media_type: What it was.
        reason: Why it was not converted, a word of :class:`~indexer.extraction.Reason`, or ``""``.
        detail: What exactly.
    """

    media_type: str
    reason: str = ""
    detail: str = ""
