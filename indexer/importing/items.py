"""Catalogue rows and files, joined: what the records of a batch will be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from indexer.catalogue import BadRow
from indexer.records import FileRole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from indexer.catalogue import CatalogueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record to be.

    Attributes:
        key: What identifies it within its source.
        row: Its catalogue row, or ``None`` for a file that no row names.
        files: Paths relative to the folder, with their role, in order.
    """

    key: str
    row: CatalogueRow | None
    files: tuple[tuple[str, FileRole], ...]


def join(
    folder: Path, manifest: Path | None, rows: Iterable[CatalogueRow], paths: Iterable[str]
) -> tuple[list[Item], list[BadRow]]:
    """Items for every usable row, then one for every file that no row names.

    A row whose files are missing, or lie outside the folder, is bad as a whole: a record without a
    part of it would look complete.
    """
    present = list(paths)
    known = set(present)
    items: list[Item] = []
    bad: list[BadRow] = []
    named: set[str] = set()
    keys: set[str] = set()
    for row in rows:
        files: list[tuple[str, FileRole]] = []
        problem = None
        for file in row.files:
            path = _relative(folder, manifest, file.path)
            if path is None:
                problem = BadRow(number=row.number, problem="outside_folder", value=file.path)
            elif path not in known:
                problem = BadRow(number=row.number, problem="file_missing", value=file.path)
            else:
                role = FileRole.ATTACHMENT if file.is_attachment else FileRole.TEXT
                files.append((path, role))
        # Files of a bad row belong to it all the same: they must not become records of their own.
        named.update(path for path, _ in files)
        key = _key(row, files)
        if problem is None and key in keys:
            problem = BadRow(number=row.number, problem="duplicate_id", value=key)
        if problem is not None:
            bad.append(problem)
            continue
        keys.add(key)
        items.append(Item(key=key, row=row, files=tuple(files)))
    items += [
        Item(key=f"path:{path}", row=None, files=((path, FileRole.TEXT),))
        for path in present
        if path not in named
    ]
    return items, bad


def _key(row: CatalogueRow, files: list[tuple[str, FileRole]]) -> str:
    if row.external_id:
        return f"id:{row.external_id}"
    if row.texts.get("archival_code"):
        return f"code:{row.texts['archival_code']}"
    if files:
        return f"path:{files[0][0]}"
    return f"row:{row.texts.get('title', '')}|{row.date.isoformat() if row.date else ''}"


def _relative(folder: Path, manifest: Path | None, named: str) -> str | None:
    """The path of a named file within the folder, or ``None`` if it lies outside."""
    base = manifest.parent if manifest is not None else folder
    # Catalogues made on Windows part folders by backslashes.
    path = (base / named.replace("\\", "/")).resolve()
    if not path.is_relative_to(folder):
        return None
    return str(PurePosixPath(path.relative_to(folder)))
