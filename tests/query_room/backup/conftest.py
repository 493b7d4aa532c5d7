"""A small archive to back up, and an empty room of either kind to restore it into."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text

from indexer.access import PUBLIC_VIEWER
from indexer.database import migrate, open_database
from query_room.opening import ROOMS
from query_room.settings import RoomSettings
from tests.fixtures.archive import ARCHIVIST, STAFF, SmallArchive, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = ("低保", "土地", "承包", "学校", "征收", "补偿", "名册", "通知", "标准", "办法")
QUERIES = (*WORDS, "低保 名册", '"土地承包"', "第3件", "不存在的词")


def fill(archive: SmallArchive) -> None:
    """A dozen records at every level, some without a file, one read by nobody."""
    for number, word in enumerate(WORDS):
        level = ("开放", "控制")[number % 2]
        archive.add(
            f"第{number}件{word}", f"关于{word}的通知\f土地承包{word}{number}", opening=level
        )
    archive.add("只有目录的案卷", opening="开放")
    archive.add("来信处理单", "来信人的住址", secrecy="工作秘密")
    archive.add("残缺的文件", b"\x00\x01\x02 no text", opening="开放")
    archive.run(level=None)


@pytest.fixture
def filled(archive: SmallArchive) -> SmallArchive:
    """An archive with something in it, on each kind of database."""
    fill(archive)
    return archive


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallArchive]:
    """The same where one kind of database is enough."""
    url = f"sqlite:///{tmp_path / 'data' / 'query_room.db'}"
    engine = open_database(url)
    migrate(engine, *ROOMS)
    archive = SmallArchive(
        folder=tmp_path / "papers", engine=engine, settings=settings_in(tmp_path, url)
    )
    fill(archive)
    yield archive
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RoomSettings]:
    """Where nothing is yet, on each kind of database."""
    folder = tmp_path / "restored"
    if request.param == "sqlite":
        yield empty_room(folder)
        return
    server_url: str = request.getfixturevalue("postgresql_url")
    name = f"restored_{uuid.uuid4().hex}"
    server = create_engine(server_url.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield RoomSettings(indexer=settings_in(folder, server_url.format(database=name)))
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()


def empty_room(folder: Path) -> RoomSettings:
    """Where nothing is yet."""
    return RoomSettings(
        indexer=settings_in(folder, f"sqlite:///{folder / 'data' / 'query_room.db'}")
    )


def room_of(archive: SmallArchive) -> RoomSettings:
    """The settings of an archive's room."""
    return RoomSettings(indexer=archive.settings)


def opened(room: RoomSettings, archive: SmallArchive) -> SmallArchive:
    """The restored archive, to be asked as the one it was made of."""
    return SmallArchive(
        folder=archive.folder,
        engine=open_database(room.indexer.database_url),
        settings=room.indexer,
        rows=archive.rows,
    )


def answers(archive: SmallArchive) -> list[tuple[Any, ...]]:
    """What anybody gets for a set of questions: totals, hits, their pages and marked lines."""
    found = []
    for query in QUERIES:
        for viewer in (PUBLIC_VIEWER, STAFF, ARCHIVIST):
            answer = archive.ask(query, viewer)
            hits = tuple(
                (hit.record.record_id, hit.record.content_hash, hit.title, hit.pages)
                for hit in answer.hits
            )
            found.append((query, answer.total, hits, answer.facets))
    assert any(total for _, total, *_ in found)
    return found
