"""The real LibreOffice, where it is installed; what it may do wrong is shown with small programs.

It takes more room than all else together, so that CI goes without it.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from indexer.conversion.pool import ConvertingPool
from indexer.conversion.room import office_program
from indexer.extraction import Extracted, Quarantined
from indexer.extraction.pool import ExtractionPool
from indexer.storage.text_store import FolderTextStore
from tests.indexer.conversion.programs import excel_3
from tests.indexer.extraction.test_pool import job, outcomes, settings

if TYPE_CHECKING:
    from pathlib import Path

_OPENOFFICE = "http://openoffice.org/2000"


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
