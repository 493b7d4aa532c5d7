from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from indexer.commands.copies import copies_command
from indexer.database import migrate, open_database
from tests.conftest import ROOMS
from tests.fixtures.archive import SmallArchive, settings_in

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TEXT = "".join(map(chr, range(0x4E00, 0x4F00)))


def test_everything_is_compared_and_the_pairs_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'query_room.db'}"
    settings = settings_in(tmp_path, url)
    monkeypatch.setenv("QUERY_ROOM_DATA", str(settings.data))
    monkeypatch.setenv("QUERY_ROOM_DATABASE_URL", url)
    engine = open_database(url)
    migrate(engine, *ROOMS)
    archive = SmallArchive(folder=tmp_path / "papers", engine=engine, settings=settings)
    archive.add("原件", TEXT)
    archive.add("另存", f"{TEXT[:90]}\n{TEXT[90:]}")
    archive.add("草案", f"{TEXT}补充")
    archive.run()
    said = CliRunner().invoke(copies_command, catch_exceptions=False).output
    assert "文本相同 1 对，文本近乎相同 2 对" in " ".join(said.split())
    engine.dispose()
