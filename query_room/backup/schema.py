"""Which schemas can be restored, and how an older one is brought up to the present."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import MetaData

from indexer.database import known_versions, migrate, open_database, reading
from query_room.errors import RestoreRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Engine, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderDatabase:
    """An empty database of an older schema, to be loaded and then brought up to date.

    Attributes:
        engine: The database. tables: By name, in the order in which rows can be loaded.
    """

    engine: Engine
    tables: Mapping[str, Table]


def is_present(versions: Mapping[str, str], packages: Sequence[str]) -> bool:
    """Whether a backup has the schema of this version.

    Raises:
        RestoreRefusedError: It has one that this version does not know.
    """
    if versions.keys() != set(packages):
        raise RestoreRefusedError("newer_schema", ", ".join(sorted(versions)))
    for package in packages:
        if versions[package] not in known_versions(package):
            raise RestoreRefusedError("newer_schema", f"{package} {versions[package]}")
    return all(versions[package] == known_versions(package)[-1] for package in packages)


@contextmanager
def older_database(
    path: Path, versions: Mapping[str, str], packages: Sequence[str]
) -> Iterator[OlderDatabase]:
    """A database in a file of its own, as it was at ``versions``."""
    _remove(path)
    engine = open_database(f"sqlite:///{path}")
    try:
        migrate(engine, *packages, to=versions)
        metadata = MetaData()
        with reading(engine) as connection:
            metadata.reflect(connection)
        own = {f"{package}_schema_version" for package in packages} | {"sqlite_sequence"}
        yield OlderDatabase(
            engine=engine,
            tables={each.name: each for each in metadata.sorted_tables if each.name not in own},
        )
    finally:
        engine.dispose()
        _remove(path)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
