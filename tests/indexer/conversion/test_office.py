"""Small programs that do what an office program may do wrong, and the real LibreOffice.

That one takes more room than all else together, so that CI goes without it.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from indexer.conversion import Conversion, ConversionJob
from indexer.conversion.office import CONVERTED, Office
from indexer.conversion.pool import ConvertingPool
from indexer.conversion.room import office_program
from indexer.extraction import Extracted, Quarantined, Reason
from indexer.extraction.old_formats import WORD_2
from indexer.extraction.pool import ExtractionPool
from indexer.storage.text_store import FolderTextStore
from tests.indexer.conversion.programs import excel_3, office, open_text, word_2, writes
from tests.indexer.extraction.test_pool import job, outcomes, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = open_text("关于知青档案的通知")
_OPENOFFICE = "http://openoffice.org/2000"


@pytest.fixture
def converted(tmp_path: Path) -> Callable[..., Conversion]:
    """What becomes of a file with a program of these lines."""
    path = tmp_path / "a.doc"
    (tmp_path / "out").mkdir()

    def convert(*lines: str, content: bytes = word_2()) -> Conversion:
        path.write_bytes(content)
        program = Office(office(tmp_path, *lines), tmp_path / "out")
        return program.convert(ConversionJob(path=path, name=path.name))

    return convert


def failed(reason: Reason, detail: str) -> Conversion:
    return Conversion(media_type=WORD_2, reason=reason, detail=detail)


@pytest.mark.parametrize("code", [81, 1])
def test_one_that_wants_to_be_started_again_with_its_new_profile_is(
    tmp_path: Path, converted: Callable[..., Conversion], code: int
) -> None:
    used = '"$out/profile-1/used"'
    again = f'test -e "$out/profile-2/used" || {{ touch {used}; exit {code}; }}'
    assert converted(again, writes(TEXT)) == Conversion(media_type=WORD_2)
    assert (tmp_path / "out" / CONVERTED).read_bytes() == TEXT


@pytest.mark.parametrize(
    ("line", "reason", "detail"),
    [
        # It ends well whether or not it has written anything.
        ("exit 0", Reason.DAMAGED, "LibreOffice has written nothing"),
        ("exit 81", Reason.DAMAGED, "LibreOffice has written nothing"),
        ("kill -KILL $$", Reason.MEMORY, "LibreOffice was ended by SIGKILL"),
        ("kill -XCPU $$", Reason.TIMEOUT, "LibreOffice was ended by SIGXCPU"),
        ("kill -SEGV $$", Reason.DAMAGED, "LibreOffice was ended by SIGSEGV"),
        ("exit 134", Reason.DAMAGED, "LibreOffice was ended by SIGABRT"),
        ("exit 250", Reason.DAMAGED, "LibreOffice ended with code 250"),
    ],
)
def test_one_that_fails_says_how(
    converted: Callable[..., Conversion], line: str, reason: Reason, detail: str
) -> None:
    assert converted(line) == failed(reason, detail)


def test_what_it_has_written_before_it_died_is_not_believed(
    converted: Callable[..., Conversion],
) -> None:
    assert converted(writes(TEXT), "kill -SEGV $$").reason == Reason.DAMAGED


def test_a_file_of_another_format_is_not_given_to_it(
    converted: Callable[..., Conversion],
) -> None:
    kind = "application/vnd.sqlite3"
    found = converted(writes(TEXT), content=b"SQLite format 3\0")
    assert found == Conversion(media_type=kind, reason=Reason.UNSUPPORTED, detail=kind)


def openoffice_text(*lines: str) -> bytes:
    """A document of OpenOffice 1."""
    body = "".join(f"<text:p>{line}</text:p>" for line in lines)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.sun.xml.writer")
        package.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{_OPENOFFICE.replace("2000", "2001")}/manifest"><m:file-entry'
            ' m:media-type="application/vnd.sun.xml.writer" m:full-path="/"/><m:file-entry'
            ' m:media-type="text/xml" m:full-path="content.xml"/></m:manifest>',
        )
        package.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{_OPENOFFICE}/office"'
            f' xmlns:text="{_OPENOFFICE}/text" office:class="text" office:version="1.0">'
            f"<office:body>{body}</office:body></office:document-content>",
        )
    return file.getvalue()


def test_real_files_are_read(tmp_path: Path) -> None:
    kept = settings(tmp_path / "data", processes=2, extraction_timeout_s=120)
    program = office_program(kept)
    if program is None:
        pytest.skip("LibreOffice is not installed: no file of an old format was converted")
    files = {
        "a.xls": excel_3("关于知青档案的通知", "1995"),
        "b.xls": excel_3("关于知青档案的通知", code_page=None),
        "c.xls": excel_3("机密", "关于知青档案的通知", code_page=None),
        "d.sxw": openoffice_text("关于知青档案的通知", "一九九五年"),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with ExtractionPool(kept, kept.texts) as extraction:
        pool = ConvertingPool(extraction, program, kept, kept.texts)
        jobs = {name: job(tmp_path / name) for name in files}
        found = outcomes(pool.run(jobs.values()))
    texts = FolderTextStore(kept.texts)
    read = {
        name: texts.pages(jobs[name].file_hash, outcome.extractor)
        for name, outcome in found.items()
        if isinstance(outcome, Extracted)
    }
    assert read == {
        "a.xls": ("关于知青档案的通知\n1995",),
        "b.xls": ("关于知青档案的通知",),
        "d.sxw": ("关于知青档案的通知\n一九九五年",),
    }
    assert isinstance(found["c.xls"], Quarantined)
