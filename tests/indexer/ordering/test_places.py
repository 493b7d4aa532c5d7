from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.errors import ImportRefusedError
from indexer.ordering import places
from indexer.ordering.places import file_at, folder_at, open_place
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from pathlib import Path

GBK = os.fsdecode("知青".encode("gb18030"))


@pytest.fixture
def settings(tmp_path: Path) -> IndexerSettings:
    root, data = tmp_path / "档案", tmp_path / "档案" / "data"
    for folder in (root / "2008" / "民政局", root / GBK / GBK, data / "uploads", tmp_path / "别处"):
        folder.mkdir(parents=True)
    (root / "2008" / "目录.xlsx").touch()
    (root / "2008" / "a.txt").touch()
    (root / "2008" / ".hidden").touch()
    (tmp_path / "别处" / "secret.csv").touch()
    (root / "link").symlink_to(tmp_path / "别处")
    (root / "2008" / "link.csv").symlink_to(tmp_path / "别处" / "secret.csv")
    (root / "2008" / "up").symlink_to(root)
    return IndexerSettings(data=data, database_url="sqlite://", import_roots=(root.resolve(),))


def test_a_folder_shows_what_lies_in_it_with_counts(settings: IndexerSettings) -> None:
    top = open_place(settings, 0, "")
    assert [(each.name, each.files, each.folders) for each in top.inside] == [
        ("2008", 2, 1),
        ("data", 0, 1),
        ("知青", 0, 1),
    ]
    inner = open_place(settings, 0, "2008")
    assert inner.catalogues == (("2008/目录.xlsx", "目录.xlsx"),)
    assert [name for _, name in inner.way] == ["档案", "2008"]
    assert (inner.here.files, inner.here.folders, inner.here.is_whole) == (2, 1, True)


def test_a_gbk_name_is_shown_as_it_was_meant_and_leads_on(settings: IndexerSettings) -> None:
    key = open_place(settings, 0, "").inside[-1].key
    inner = open_place(settings, 0, key)
    assert inner.path.is_dir()
    assert [each.name for each in inner.inside] == ["知青"]
    deep = open_place(settings, 0, inner.inside[0].key)
    assert [name for _, name in deep.way] == ["档案", "知青", "知青"]


@pytest.mark.parametrize(
    "key",
    [
        *("..", "2008/..", "2008/../..", "../别处", "/etc", "//etc", "2008//..", "./..", "."),
        *("link", "link/secret.csv", "2008/up", "2008/up/2008", "nothing", "2008/a.txt", "\0"),
        *("2008/\0", "a" * 5000, r"\x2e\x2e", r"\x2e\x2e/别处", r"2008/\x2e\x2e", "data"),
        *("data/uploads", "2008/", "2008/."),
    ],
)
def test_nothing_beyond_a_root_is_reached(settings: IndexerSettings, key: str) -> None:
    with pytest.raises(ImportRefusedError):
        folder_at(settings, 0, key)
    with pytest.raises(ImportRefusedError):
        open_place(settings, 0, key)


@pytest.mark.parametrize("key", ["2008/link.csv", "link/secret.csv", "2008", "", "../x.csv"])
def test_a_catalogue_is_a_file_below_the_root(settings: IndexerSettings, key: str) -> None:
    with pytest.raises(ImportRefusedError):
        file_at(settings, 0, key)
    assert file_at(settings, 0, "2008/目录.xlsx").is_file()


@pytest.mark.parametrize("root", [-1, 1, 99])
def test_a_root_that_is_not_named_is_none(settings: IndexerSettings, root: int) -> None:
    with pytest.raises(ImportRefusedError):
        folder_at(settings, root, "")
    with pytest.raises(ImportRefusedError):
        folder_at(replace(settings, import_roots=()), 0, "")


def test_a_very_large_folder_is_not_counted_to_its_end(
    settings: IndexerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "COUNTED", 2)
    assert not open_place(settings, 0, "2008").here.is_whole
