"""Which reader opens which kind of container."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.containers.compressed import read_bzip2, read_gzip, read_xz
from indexer.containers.document_attachments import read_ofd, read_pdf
from indexer.containers.mail_attachments import read_mail
from indexer.containers.msg_attachments import read_msg
from indexer.containers.rar import read_rar
from indexer.containers.seven_zip import read_7z
from indexer.containers.tar_archive import read_tar
from indexer.containers.zip_archive import read_zip
from indexer.extraction.kinds import (
    BZIP2,
    GZIP,
    MAIL,
    MSG,
    OFD,
    OLE,
    PDF,
    RAR,
    SEVEN_ZIP,
    TAR,
    XZ,
    ZIP,
    kind_of_head,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.containers import Reader


ARCHIVES: Final[Mapping[str, Reader]] = {
    ZIP: read_zip,
    TAR: read_tar,
    GZIP: read_gzip,
    BZIP2: read_bzip2,
    XZ: read_xz,
    SEVEN_ZIP: read_7z,
    RAR: read_rar,
}
"""By media type: their members stand for them."""

DOCUMENTS: Final[Mapping[str, Reader]] = {
    MAIL: read_mail,
    MSG: read_msg,
    PDF: read_pdf,
    OFD: read_ofd,
}
"""By media type: they are read themselves, and what is attached to them besides."""

COMPRESSED: Final = frozenset({GZIP, BZIP2, XZ})
"""Archives that hold one file, which often has no name of its own."""

KINDS: Final = frozenset({*ARCHIVES, *DOCUMENTS})

_HEADS: Final = KINDS | {OLE}


def may_hold_files(head: bytes, name: str) -> bool:
    """Whether a file that begins so can be a container; documents of offices are told later."""
    return kind_of_head(head, name) in _HEADS
