from __future__ import annotations

import gzip
import re
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.kinds import DOC
from indexer.extraction.old_formats import FILTERS
from indexer.extraction.registry import CONVERTED, EXTRACTORS, NAMES, Deferred, extractor_for
from tests.indexer.extraction import documents, ole
from tests.indexer.extraction.damage import read_or_refused

if TYPE_CHECKING:
    from pathlib import Path


def test_every_extractor_names_its_version() -> None:
    assert len(NAMES) == len(set(EXTRACTORS.values())) + 1
    assert all(re.fullmatch(r"[a-z]+/\d+", name) for name in NAMES)


@pytest.mark.parametrize(
    "listed", dict.fromkeys((*EXTRACTORS.values(), CONVERTED)), ids=lambda each: each.name
)
def test_the_list_says_the_version_that_the_extractor_has(listed: Deferred) -> None:
    assert listed.loaded().name == listed.name


def test_a_library_is_loaded_when_its_first_file_comes() -> None:
    program = (
        "import sys; from indexer.extraction.registry import EXTRACTORS; "
        "print(sorted({'pypdfium2', 'pdfminer', 'docx', 'PIL'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert said.stdout == b"[]\n"


@pytest.mark.parametrize(
    ("media_type", "reason"),
    [
        ("application/zip", Reason.UNSUPPORTED),
        ("application/octet-stream", Reason.UNSUPPORTED),
        ("application/x-encrypted-office", Reason.ENCRYPTED),
        ("application/vnd.rar", Reason.NEEDS_TOOL),
        ("image/jbig2", Reason.UNSUPPORTED),
    ],
)
def test_what_nobody_reads_is_named(media_type: str, reason: Reason) -> None:
    with pytest.raises(ExtractionError) as refused:
        extractor_for(media_type)
    assert refused.value.reason == reason
    assert refused.value.detail == media_type


@pytest.mark.parametrize("media_type", sorted(set(FILTERS) - {DOC}))
def test_what_a_program_reads_names_the_program(media_type: str) -> None:
    with pytest.raises(ExtractionError) as refused:
        extractor_for(media_type)
    assert (refused.value.reason, refused.value.detail) == (Reason.NEEDS_TOOL, "LibreOffice")


@pytest.fixture(scope="module")
def of_every_kind(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A sound file of each family of formats."""
    folder = tmp_path_factory.mktemp("kinds")
    documents.pdf(folder / "a.pdf", [["关于低保的通知"]])
    documents.docx(folder / "a.docx", ["关于低保的通知"])
    ole.storage(folder / "a.ole", {"WordDocument": b"\0" * 4096, "Workbook": b"\x09\x08" * 600})
    (folder / "a.png").write_bytes(documents.image().getvalue())
    (folder / "a.html").write_text("<html><body>通知</body></html>", encoding="utf-8")
    (folder / "a.rtf").write_bytes(rb"{\rtf1\ansi notice}")
    (folder / "a.txt").write_bytes("关于低保的通知".encode("gb18030"))
    letter = EmailMessage()
    letter["Subject"] = "通知"
    letter.set_content("正文")
    (folder / "a.eml").write_bytes(bytes(letter))
    (folder / "a.gz").write_bytes(gzip.compress(b"notice" * 99))
    with zipfile.ZipFile(folder / "a.zip", "w") as package:
        package.writestr("notice.txt", "notice")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("media_type", sorted(EXTRACTORS))
def test_a_file_of_another_kind_is_read_or_refused(
    media_type: str, of_every_kind: list[Path]
) -> None:
    for path in of_every_kind:
        read_or_refused(EXTRACTORS[media_type], path)
