from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.containers.unpacker import Unpacker
from indexer.errors import ImportRefusedError, ManifestError
from indexer.importing.looking import Memory
from indexer.importing.plan import BatchRequest, make_plan
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.importing.plan import Plan


def planned(request: BatchRequest, data: Path | None = None) -> Plan:
    settings = IndexerSettings(data=request.folder / "data", database_url="")
    with Unpacker(settings, request.folder) as unpacker:
        return make_plan(request, unpacker, Memory(), data)


def test_the_catalogue_inside_the_folder_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").touch()
    manifest = tmp_path / "catalogue.csv"
    manifest.write_text("题名,文件\n甲,a.txt\n", encoding="utf-8")
    plan = planned(BatchRequest(folder=tmp_path, manifest=manifest))
    assert [item.key for item in plan.joined.items] == ["file:a.txt", "path:b.txt"]
    assert plan.unlisted == ("b.txt",)
    assert planned(BatchRequest(folder=tmp_path)).unlisted == ()


def test_the_data_folder_inside_the_folder_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "data" / "originals").mkdir(parents=True)
    (tmp_path / "data" / "originals" / "x").touch()
    plan = planned(BatchRequest(folder=tmp_path), tmp_path / "data")
    assert [file.path for file in plan.walk.files] == ["a.txt"]
    with pytest.raises(ImportRefusedError, match="data folder"):
        planned(BatchRequest(folder=tmp_path / "data" / "originals"), tmp_path / "data")


def test_a_catalogue_that_cannot_be_read_stops_the_batch_before_it_starts(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="is not a file"):
        planned(BatchRequest(folder=tmp_path, manifest=tmp_path / "gone.csv"))
    manifest = tmp_path / "catalogue.csv"
    manifest.write_text("no,header\n", encoding="utf-8")
    with pytest.raises(ManifestError, match="题名"):
        planned(BatchRequest(folder=tmp_path, manifest=manifest))
