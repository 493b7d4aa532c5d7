"""A commune's records, and the people of a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from query_room.accounts import Role
from tests.query_room.pages.people import Person, person

if TYPE_CHECKING:
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


@pytest.fixture
def commune(archive: SmallArchive) -> None:
    """Two open records, one that staff use by approval, one for archivists alone."""
    archive.add("红旗公社知青名单", "一九七一年\f第二页\f第三页", 档号="Q012-1971-Y-0003")
    archive.add("红旗公社回城批复", "知青回城", opening="控制", 档号="Q012-1972-Y-0007")
    archive.add("红旗公社纸质卷", shelf_mark="3库2架", 档号="Q012-1973-Y-0001")
    archive.add("红旗公社来信", "来信人王小明", secrecy="工作秘密")
    archive.run()


@pytest.fixture
def staff(room: Room, commune: None) -> Person:
    """The counter."""
    del commune
    return person(room, "wang", Role.STAFF, "王窗口")


@pytest.fixture
def archivist(room: Room, commune: None) -> Person:
    """The archive."""
    del commune
    return person(room, "li", Role.ARCHIVIST, "李档案")


@pytest.fixture
def auditor(room: Room, commune: None) -> Person:
    """Whoever reads the log and no records."""
    del commune
    return person(room, "sun", Role.AUDITOR)
