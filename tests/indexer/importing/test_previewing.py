from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ImportRefusedError
from indexer.importing.previewing import preview
from tests.fixtures.archive import settings_in

if TYPE_CHECKING:
    from pathlib import Path


def test_a_catalogue_is_shown_with_its_folder_or_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).touch()
    path = tmp_path / "目录.csv"
    path.write_text("题名,文件\n甲,a.txt\n乙,c.txt\n", encoding="utf-8")
    settings = settings_in(tmp_path / "room", "sqlite://")
    joined = preview(path, tmp_path, settings)
    assert [each.problem for each in joined.bad_rows] == ["file_missing"]
    assert joined.unlisted == ("b.txt",)
    assert joined.account.joined_by == {"path": 1}
    alone = preview(path, None, settings)
    assert alone.bad_rows == ()
    assert alone.unlisted == ()
    with pytest.raises(ImportRefusedError):
        preview(tmp_path / "gone.csv", None, settings)
