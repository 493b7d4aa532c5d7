"""A folder to be imported, and the archive it goes into: every part is the real one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from indexer.access import LEVEL_PRESETS
from indexer.database import reading
from indexer.importing.pipeline import BatchRequest, run_batch
from indexer.importing.stores import Stores
from indexer.repositories import outbox, records
from indexer.repositories.files import paths_of
from indexer.tables import source

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.importing.report import BatchReport
    from indexer.records import Record
    from indexer.repositories.files import PathRow
    from indexer.settings import IndexerSettings


@dataclass
class Shelf:
    """An archivist's folder, its catalogue, and the archive."""

    folder: Path
    engine: Engine
    settings: IndexerSettings
    rows: list[dict[str, Any]] = field(default_factory=list)

    def put(self, name: str, content: str | bytes) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def describe(self, **row: Any) -> None:
        """A row in the catalogue."""
        self.rows.append(row)

    def run(self, *, level: str | None = None, listed: bool = True, **options: Any) -> BatchReport:
        """Import the folder; ``listed`` says whether the catalogue comes with it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        manifest = None
        if self.rows and listed:
            manifest = self.folder / "catalogue.jsonl"
            lines = (json.dumps(row, ensure_ascii=False) for row in self.rows)
            manifest.write_text("\n".join(lines), encoding="utf-8")
        elif (self.folder / "catalogue.jsonl").exists():
            (self.folder / "catalogue.jsonl").unlink()
        request = BatchRequest(
            folder=self.folder,
            manifest=manifest,
            level=LEVEL_PRESETS[level] if level else None,
            level_name=level,
            **options,
        )
        report = run_batch(self.engine, self.settings, request)
        assert report.adds_up, report
        return report

    @property
    def stores(self) -> Stores:
        """Originals and texts."""
        return Stores.of(self.settings)

    def records(self) -> dict[str, Record]:
        """Every present record, by title."""
        with reading(self.engine) as connection:
            ids = list(records.iter_record_ids(connection))
            found = records.load_records(connection, ids)
        return {record.description.title: record for record in found.values()}

    def paths(self) -> dict[str, PathRow]:
        """Every known path of every source."""
        with reading(self.engine) as connection:
            sources = list(connection.execute(select(source.c.source_id)).scalars())
            return {
                path: row for each in sources for path, row in paths_of(connection, each).items()
            }

    def changes(self) -> list[outbox.Change]:
        """Everything that was queued for the index."""
        with reading(self.engine) as connection:
            return outbox.changes_after(connection, 0, 10_000)

    def text_of(self, record: Record) -> str:
        """The whole text of a record."""
        return "\n".join(
            page
            for file in record.files
            if file.file_hash and file.page_count
            for page in self.stores.texts.pages(file.file_hash, file.extractor)
        )
