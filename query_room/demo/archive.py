"""Write the sample archive: originals in folders by fonds and year, and their catalogue."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from indexer.storage.atomic import write_atomically
from query_room.demo.docx_layout import docx_bytes
from query_room.demo.manuscripts import COLUMNS, ManuscriptError, load_manuscripts
from query_room.demo.papers import paper_of
from query_room.demo.pdf_layout import pdf_bytes
from query_room.demo.plain_layout import plain_text
from query_room.demo.web_layout import web_page

if TYPE_CHECKING:
    from pathlib import Path

    from query_room.demo.manuscripts import Manuscript, ManuscriptFile

CATALOGUE: Final = "归档文件目录.csv"
_DAMAGED_BYTES: Final = 900
"""What is left of a damaged file: enough to be taken for what it was."""


def write_sample_archive(folder: Path) -> Path:
    """Write the sample archive into ``folder``; files that stand there already are not touched.

    Files and bytes are the same on every run and every machine, so that importing the folder again
    finds nothing new. The catalogue is written last: where it stands, the archive is whole.

    Args:
        folder: Made if it is missing.

    Returns:
        The catalogue (归档文件目录, CSV); its file paths are relative to its own folder.

    Raises:
        StorageError: The folder cannot be written; :class:`StorageFullError` if the disk is full.
    """
    catalogue = folder / CATALOGUE
    rows: list[dict[str, str]] = []
    for manuscript in load_manuscripts():
        paths: dict[str, list[str]] = {"文件": [], "附件": []}
        for file in manuscript.files:
            path = _path(manuscript, file)
            paths["附件" if file.is_attachment else "文件"].append(path)
            if not (folder / path).exists():
                write_atomically(folder / path, _content(manuscript, file), incoming=folder)
        rows.append(manuscript.row | {column: "；".join(each) for column, each in paths.items()})
    content = _catalogue(rows)
    if not catalogue.exists() or catalogue.read_bytes() != content:
        write_atomically(catalogue, content, incoming=folder)
    return catalogue


def _path(manuscript: Manuscript, file: ManuscriptFile) -> str:
    row = manuscript.row
    return f"{row['全宗号']} {row['全宗名称']}/{row['日期'][:4]}/{file.name}"


def _content(manuscript: Manuscript, file: ManuscriptFile) -> bytes:
    paper = paper_of(manuscript, file)
    parts = file.parts
    encoding = parts.get("编码", "utf-8")
    match file.name.rpartition(".")[2]:
        case "docx":
            content = docx_bytes(paper)
        case "pdf":
            content = pdf_bytes(paper, password=parts.get("口令", ""))
        case "txt":
            content = plain_text(paper, encoding=encoding, wrap=int(parts.get("折行", "0")))
        case "html":
            content = web_page(
                paper,
                column=parts.get("栏目", "法定主动公开内容"),
                index_number=parts.get("索引号", ""),
                encoding=encoding,
            )
        case suffix:
            raise ManuscriptError(f"{file.name}: no layout for {suffix}")
    return content[:_DAMAGED_BYTES] if "损坏" in parts else content


def _catalogue(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    # With a byte-order mark, or the office's spreadsheet program shows mojibake.
    return text.getvalue().encode("utf-8-sig")
