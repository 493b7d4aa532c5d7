from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from indexer.commands.indexing import verify_index_command
from tests.search_api.commands.test_reindexing import archive

if TYPE_CHECKING:
    from click.testing import Result

    from tests.fixtures.archive import SmallArchive

__all__ = ["archive"]  # the fixture


def verify() -> Result:
    return CliRunner().invoke(verify_index_command, catch_exceptions=False)


@pytest.mark.usefixtures("archive")
def test_an_index_that_agrees_is_said_to() -> None:
    sound = verify()
    assert (sound.exit_code, "一致。" in sound.stdout) == (0, True)


def test_a_text_that_is_lost_is_named(archive: SmallArchive) -> None:
    for path in archive.settings.texts.rglob("*"):
        if path.is_file():
            path.unlink()
    broken = verify()
    assert broken.exit_code == 1
    assert "处不一致" in broken.stdout
