from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING

import pytest

from indexer.catalogue.profiles import Profile
from indexer.errors import ImportRefusedError, ManifestError, ProfileRefusedError
from query_room.accounts import Role
from query_room.archive.catalogues import CatalogueService, CatalogueSource
from query_room.errors import PermissionDeniedError
from search_api.log import EventKind, events_of_subject
from tests.query_room.pages.people import person

if TYPE_CHECKING:
    from pathlib import Path

    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

CSV = "题名,日期,文件\n甲,2011,a.txt\n".encode()


@pytest.fixture
def keeper(room: Room) -> Account:
    return person(room, "li", Role.ARCHIVIST).account


@pytest.fixture
def catalogues(archive: SmallArchive, tmp_path: Path) -> CatalogueService:
    root = tmp_path / "imports"
    (root / "2011").mkdir(parents=True)
    (root / "2011" / "a.txt").touch()
    (root / "2011" / "目录.csv").write_bytes(CSV)
    settings = dataclasses.replace(archive.settings, import_roots=(root,))
    return CatalogueService(engine=archive.engine, settings=settings)


def test_what_was_sent_is_read_and_joined_with_a_folder_of_the_server(
    catalogues: CatalogueService, keeper: Account, tmp_path: Path
) -> None:
    called = catalogues.receive("目录.CSV", CSV, by=keeper)
    folder = str(tmp_path / "imports" / "2011")
    shown = catalogues.preview(CatalogueSource(upload=called, folder=folder), by=keeper)
    assert shown.account.joined_by == {"path": 1}
    assert shown.unlisted == ("目录.csv",)
    for name, content in (("a.exe", CSV), ("a.csv", b"")):
        with pytest.raises(ManifestError):
            catalogues.receive(name, content, by=keeper)


@pytest.mark.parametrize(
    "upload", ["../../etc/passwd.csv", "x.csv", "0" * 64 + ".exe", "0" * 64 + ".csv"]
)
def test_an_address_that_names_nothing_that_was_sent_finds_nothing(
    catalogues: CatalogueService, keeper: Account, upload: str
) -> None:
    with pytest.raises(ImportRefusedError):
        catalogues.preview(CatalogueSource(upload=upload), by=keeper)


def test_only_what_lies_below_the_roots_is_looked_at_links_followed(
    catalogues: CatalogueService, keeper: Account, archive: SmallArchive, tmp_path: Path
) -> None:
    root = tmp_path / "imports"
    (tmp_path / "别处.csv").write_bytes(CSV)
    (root / "连接.csv").symlink_to(tmp_path / "别处.csv")
    inside = CatalogueSource(path=str(root / "2011" / "目录.csv"))
    assert catalogues.preview(inside, by=keeper).account.rows == 1
    for path in (
        tmp_path / "别处.csv",
        root / "连接.csv",
        root / ".." / "别处.csv",
        "/etc/passwd",
        "\0",
    ):
        with pytest.raises(ImportRefusedError, match="import roots"):
            catalogues.preview(CatalogueSource(path=str(path)), by=keeper)
    with pytest.raises(ImportRefusedError, match="import roots"):
        catalogues.preview(dataclasses.replace(inside, folder="/etc"), by=keeper)
    closed = CatalogueService(engine=archive.engine, settings=archive.settings)
    assert closed.roots(by=keeper) == ()
    with pytest.raises(ImportRefusedError, match="import roots"):
        closed.preview(inside, by=keeper)


def test_catalogues_that_were_sent_long_ago_are_forgotten(
    catalogues: CatalogueService, keeper: Account, archive: SmallArchive
) -> None:
    called = catalogues.receive("a.csv", CSV, by=keeper)
    os.utime(archive.settings.catalogues / called, (0, 0))
    catalogues.receive("b.csv", CSV + b"\n", by=keeper)
    with pytest.raises(ImportRefusedError):
        catalogues.preview(CatalogueSource(upload=called), by=keeper)


def test_profiles_are_kept_used_and_retired_on_record(
    catalogues: CatalogueService, keeper: Account, archive: SmallArchive
) -> None:
    profile = Profile(
        name="区政府办", signature=frozenset({"题名", "日期", "文件"}), columns={"文件": ""}
    )
    assert catalogues.save(profile, by=keeper).version == 1
    called = catalogues.receive("a.csv", CSV, by=keeper)
    shown = catalogues.preview(CatalogueSource(upload=called), by=keeper)
    assert shown.account.profile == "区政府办 1"
    assert shown.catalogue.rows[0].files == ()
    assert [row.saved_by for row in catalogues.profiles(by=keeper)] == ["li"]
    catalogues.retire("区政府办", by=keeper)
    assert catalogues.profiles(by=keeper) == []
    with pytest.raises(ProfileRefusedError):
        catalogues.preview(CatalogueSource(upload=called), by=keeper, profile="区政府办")
    kinds = [each.kind for each in events_of_subject(archive.engine, "区政府办")]
    assert kinds == [EventKind.CATALOGUE_PROFILE_SAVED, EventKind.CATALOGUE_PROFILE_RETIRED]


def test_an_import_begins_where_the_catalogue_is_or_in_the_folder_it_names(
    catalogues: CatalogueService, keeper: Account, tmp_path: Path
) -> None:
    root = tmp_path / "imports"
    path = str(root / "2011" / "目录.csv")
    for folder, key in (("", "2011"), (str(root), ""), (str(root / "2011"), "2011")):
        way = catalogues.way(CatalogueSource(path=path, folder=folder), by=keeper)
        assert (way.root, way.folder, way.catalogue) == (0, key, "2011/目录.csv")
    for elsewhere in (CatalogueSource(upload="a.csv"), CatalogueSource(path="/etc/passwd")):
        with pytest.raises(ImportRefusedError):
            catalogues.way(elsewhere, by=keeper)


def test_nothing_of_our_own_folder_is_looked_at(
    catalogues: CatalogueService, keeper: Account, archive: SmallArchive
) -> None:
    called = catalogues.receive("a.csv", CSV, by=keeper)
    own = archive.settings.catalogues / called
    settings = dataclasses.replace(archive.settings, import_roots=(archive.settings.data.parent,))
    wide = CatalogueService(engine=archive.engine, settings=settings)
    with pytest.raises(ImportRefusedError, match="import roots"):
        wide.preview(CatalogueSource(path=str(own)), by=keeper)


def test_nobody_else_may(catalogues: CatalogueService, room: Room) -> None:
    staff = person(room, "wang", Role.STAFF).account
    profile = Profile(name="甲", signature=frozenset({"题名"}))
    for act in (
        lambda: catalogues.roots(by=staff),
        lambda: catalogues.profiles(by=staff),
        lambda: catalogues.receive("a.csv", CSV, by=staff),
        lambda: catalogues.preview(CatalogueSource(path="/"), by=staff),
        lambda: catalogues.way(CatalogueSource(path="/"), by=staff),
        lambda: catalogues.save(profile, by=staff),
        lambda: catalogues.retire("甲", by=staff),
    ):
        with pytest.raises(PermissionDeniedError):
            act()
