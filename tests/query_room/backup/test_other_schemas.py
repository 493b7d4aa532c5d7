"""Backups of an older and of a newer version of the room."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, Table, Text, select

from indexer.database import migrate, reading, utc_now, writing
from query_room.backup import back_up, repository, restore
from query_room.errors import RestoreRefusedError
from query_room.opening import ROOMS
from search_api.log import verify
from tests.query_room.backup.conftest import answers, empty_room, opened, room_of

if TYPE_CHECKING:
    from pathlib import Path

    from query_room.settings import RoomSettings
    from tests.fixtures.archive import SmallArchive

_NUMBERS = itertools.count()


class OldRoom:
    """A package with a table of its own that has since got a second column."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        # Of its own name each time: Python remembers where it found a package.
        self.name = f"oldroom{next(_NUMBERS)}"
        self._folder = folder / self.name
        self._patch = monkeypatch
        (self._folder / "migrations").mkdir(parents=True)
        (self._folder / "__init__.py").touch()
        monkeypatch.syspath_prepend(folder)
        self._write(
            "0001",
            None,
            'op.create_table("thing", sa.Column("name", sa.Text(), primary_key=True), '
            'sa.Column("made_at", sa.DateTime(timezone=True)), sa.Column("more", sa.JSON()))',
        )
        self._know()

    def grow(self) -> None:
        """The package of a later version: what was written is taken on."""
        self._write(
            "0002",
            "0001",
            'op.add_column("thing", sa.Column("length", sa.Integer()))\n'
            '    op.execute("UPDATE thing SET length = length(name)")',
        )
        self._know(Column("length", Integer))

    def shrink(self) -> None:
        """The package of the earlier version again."""
        (self._folder / "migrations" / "0002.py").unlink()
        self._know()

    def _know(self, *columns: Column[Any]) -> None:

        from indexer.database.types import UtcDateTime  # noqa: PLC0415

        thing = Table(
            "thing",
            MetaData(),
            Column("name", Text, primary_key=True),
            Column("made_at", UtcDateTime),
            Column("more", JSON),
            *columns,
        )
        self.table = thing
        known = {name: table for name, table in repository.TABLES.items() if name != "thing"}
        self._patch.setattr(repository, "TABLES", {**known, "thing": thing})
        for module in ("backing_up", "restoring"):
            self._patch.setattr(f"query_room.backup.{module}.ROOMS", (*ROOMS, self.name))

    def _write(self, revision: str, before: str | None, step: str) -> None:
        (self._folder / "migrations" / f"{revision}.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = {revision!r}\ndown_revision = {before!r}\n"
            f"def upgrade() -> None:\n    {step}\n",
            "utf-8",
        )


def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    small: SmallArchive, empty: RoomSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = OldRoom(tmp_path / "packages", monkeypatch)
    migrate(small.engine, old.name)
    at = utc_now()
    with writing(small.engine) as connection:
        connection.execute(
            old.table.insert(),
            [
                {"name": "四个汉字", "made_at": at, "more": {"甲": 1}},
                {"name": "", "made_at": None, "more": None},
            ],
        )
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})

    old.grow()
    restore(path, empty)
    restored = opened(empty, small)
    with reading(restored.engine) as connection:
        things = connection.execute(select(old.table).order_by(old.table.c.length)).all()
    assert [tuple(thing) for thing in things] == [
        ("", None, None, 0),
        ("四个汉字", at, {"甲": 1}, 4),
    ]
    assert answers(restored) == answers(small)
    assert verify(restored.engine).is_whole
    assert [path.name for path in empty.indexer.data.glob("restoring*")] == []
    restored.engine.dispose()


def test_a_backup_of_a_newer_schema_is_refused(
    small: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = OldRoom(tmp_path / "packages", monkeypatch)
    room.grow()
    migrate(small.engine, room.name)
    path = tmp_path / "room.qrb"
    back_up(small.engine, room_of(small), path, environ={})
    room.shrink()
    with pytest.raises(RestoreRefusedError, match=f"newer_schema {room.name} 0002"):
        restore(path, empty_room(tmp_path / "there"))
    monkeypatch.undo()
    with pytest.raises(RestoreRefusedError, match="newer_schema"):
        restore(path, empty_room(tmp_path / "there"))
    assert not (tmp_path / "there").exists()
