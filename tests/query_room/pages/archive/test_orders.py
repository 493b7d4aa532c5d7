from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from indexer.catalogue.profiles import Profile
from query_room.accounts import Role
from query_room.opening import room_on
from query_room.settings import RoomSettings
from search_api.log import EventKind
from tests.fixtures.passwords import CHEAP
from tests.query_room.archive.conftest import kinds, work
from tests.query_room.conftest import text_of
from tests.query_room.one_app import app_of
from tests.query_room.pages.people import Person, person

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import TestResponse

    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def room(archive: SmallArchive) -> Room:
    """A room whose pages may import from the archive's folder."""
    archive.folder.mkdir(parents=True)
    archive.settings = replace(archive.settings, import_roots=(archive.folder.resolve(),))
    settings = RoomSettings(
        indexer=archive.settings,
        organ="清河区人民政府",
        searches_per_minute=100_000,
        upload_mb=2,
        upload_files=5,
    )
    room = room_on(archive.engine, settings, CHEAP)
    room.organs.ensure_default(settings.organ)
    return room


@pytest.fixture
def keeper(room: Room) -> Person:
    return person(room, "li", Role.ARCHIVIST, "李档案")


def send(
    keeper: Person,
    *files: tuple[str, bytes],
    catalogue: tuple[str, bytes] | None = None,
    **form: str,
) -> TestResponse:
    """Files sent with a form."""
    token = _TOKEN.search(keeper.get("/archive/batches/new").text)
    assert token is not None
    fields: list[tuple[str, object]] = [("csrf_token", token[1]), ("source", "民政局上传")]
    fields = [(name, form.pop(str(name), value)) for name, value in fields] + list(form.items())
    fields += [("files", named(name, content)) for name, content in files]
    if catalogue is not None:
        fields.append(("catalogue", named(*catalogue)))
    # Encoded here: the client would leave a temporary file open.
    boundary, body = encode_multipart(MultiDict(fields))
    return keeper.client.post(
        "/archive/batches/new/upload",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
        # As the server says it: the stream ends where the body does.
        environ_overrides={"wsgi.input_terminated": True},
    )


def named(name: str, content: bytes) -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name, content_type="text/plain")


def uploads_left(archive: SmallArchive) -> list[Path]:
    folder = archive.settings.uploads
    return list(folder.iterdir()) if folder.is_dir() else []


def test_a_folder_is_tried_imported_and_undone_from_the_pages(
    keeper: Person, archive: SmallArchive
) -> None:
    folder = archive.folder / "2008"
    folder.mkdir()
    (folder / "低保.txt").write_text("低保申请条件")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "目录.csv").write_text("题名,文件\n低保名册,低保.txt\n缺的,没有.txt\n", "utf-8")
    page = text_of(keeper.get("/archive/batches/new/folder?root=0").text)
    assert "2008" in page
    assert "目录.csv" in keeper.get("/archive/batches/new/folder?root=0&key=2008").text
    answer = keeper.post(
        "/archive/batches/new/folder",
        root="0",
        key="2008",
        catalogue="2008/目录.csv",
        level="public",
        source="民政局 2008",
        originals="copied",
    )
    assert answer.headers["Location"] == "/archive/orders/1"
    assert kinds(archive, "order-1") == [EventKind.BATCH_TRIED]
    assert 'data-follow="/archive/orders/1/progress"' in keeper.get("/archive/orders/1").text
    work(archive)
    page = text_of(keeper.get("/archive/orders/1").text)
    for said in ("发现文件 2", "新增 2", "已对应文件的行 1", "有误的行 1", "目录未列的文件 1"):
        assert said in page, said
    assert "没有.txt" in page
    answer = keeper.post("/archive/orders/1/start")
    assert answer.headers["Location"] == "/archive/orders/2"
    assert keeper.post("/archive/orders/1/start").status_code == 409
    assert "排队等候" in text_of(keeper.get("/archive/batches").text)
    work(archive)
    assert "data-follow" not in keeper.get("/archive/orders/2").text
    progress = text_of(keeper.get("/archive/orders/2/progress").text)
    assert "100 %" in progress
    assert "已损坏" in progress
    assert "不是可读的 PDF" in progress
    assert "民政局 2008" in keeper.get("/archive/batches/1").text
    archive.index()
    assert archive.titles("低保") == ["低保名册"]
    assert keeper.post("/archive/batches/1/undo", ground="导错").status_code == 302
    work(archive)
    archive.index()
    assert archive.titles("低保") == []


def test_a_catalogue_is_looked_at_and_imported_by_the_profile_that_was_kept(
    keeper: Person, room: Room, archive: SmallArchive
) -> None:
    (archive.folder / "低保.txt").write_text("低保申请条件")
    (archive.folder / "目录.csv").write_text("题名,随便,文件\n低保名册,甲某,低保.txt\n", "utf-8")
    by = room.accounts.load("li")
    room.archive.catalogues.save(
        Profile(name="民政局", signature=frozenset({"别的"}), columns={"随便": "agency"}), by=by
    )
    folder = keeper.get("/archive/batches/new/folder?root=0").text
    assert "自动" in text_of(folder)
    preview = links(folder, "/archive/catalogues/preview")[0]
    shown = keeper.get(f"{preview}&profile=民政局").text
    begin = links(shown, "/archive/batches/new/folder")[0]
    form = keeper.get(begin).text
    assert '<option value="民政局" selected>' in form
    assert '<option value="目录.csv" selected>' in form
    wishes = {"root": "0", "key": "", "catalogue": "目录.csv", "level": "public"}
    gone = keeper.post("/archive/batches/new/folder", **wishes, profile="没有的")
    assert gone.status_code == 400
    assert 'id="profile-problem"' in gone.text
    keeper.post("/archive/batches/new/folder", **wishes, profile="民政局")
    work(archive)
    assert "配置 民政局" in text_of(keeper.get("/archive/orders/1").text)
    keeper.post("/archive/orders/1/start")
    work(archive)
    archive.index()
    (hit,) = archive.ask("低保").hits
    assert hit.record.description.agency == "甲某"


def links(html: str, path: str) -> list[str]:
    """Addresses below a path that a page leads to."""
    return [unescape(each) for each in re.findall(rf'href="({path}[^"]*)"', html)]


def test_uploaded_files_become_records_and_leave_nothing_behind(
    keeper: Person, archive: SmallArchive
) -> None:
    answer = send(
        keeper,
        ("低保.txt", "低保申请条件".encode()),
        ("密件.txt", "机密★长期\n关于某事的通知".encode()),
        ("密件.txt", "同名的另一件。".encode() * 60_000),
        catalogue=("C:\\我的文档\\目录.csv", "题名,文件\n低保名册,低保.txt\n".encode()),
        level="public",
    )
    assert answer.headers["Location"] == "/archive/orders/1", answer.text
    work(archive)
    assert "发现文件 3" in text_of(keeper.get("/archive/orders/1").text)
    keeper.post("/archive/orders/1/start")
    work(archive)
    assert uploads_left(archive) == []
    page = text_of(keeper.get("/archive/batches/1").text)
    assert "隔离 1" in page
    archive.index()
    assert archive.titles("低保") == ["低保名册"]
    assert archive.titles("同名的另一件") == ["密件 (2)"]
    assert keeper.post("/archive/orders/1/start").status_code == 409


@pytest.mark.parametrize(
    ("files", "form", "status"),
    [
        ([], {}, 400),
        ([("a.txt", b"x")], {"source": " "}, 400),
        ([("a.txt", b"x")], {"level": "everybody"}, 400),
        ([(f"{number}.txt", b"x") for number in range(6)], {}, 400),
        ([(f"{number}.txt", b"x") for number in range(60)], {}, 400),
        ([("a.txt", b"x" * 2_200_000)], {}, 413),
        ([("a.txt", b"x")], {"csrf_token": "not-the-token"}, 400),
    ],
)
def test_what_cannot_be_taken_is_refused_and_not_kept(
    keeper: Person,
    archive: SmallArchive,
    files: list[tuple[str, bytes]],
    form: dict[str, str],
    status: int,
) -> None:
    assert send(keeper, *files, catalogue=None, **form).status_code == status
    assert uploads_left(archive) == []
    assert kinds(archive, "order-1") == []


def test_a_catalogue_of_another_kind_is_refused(keeper: Person, archive: SmallArchive) -> None:
    answer = send(keeper, ("a.txt", b"x"), catalogue=("目录.exe", b"MZ"))
    assert answer.status_code == 400
    assert 'id="catalogue-problem"' in answer.text
    assert uploads_left(archive) == []


def test_a_body_that_breaks_off_leaves_nothing(keeper: Person, archive: SmallArchive) -> None:
    half = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nhalf a fi"
    )
    for headers in ({}, {"CONTENT_LENGTH": "900000"}):
        answer = keeper.client.post(
            "/archive/batches/new/upload",
            input_stream=io.BytesIO(half),
            content_type="multipart/form-data; boundary=x",
            environ_overrides={"CONTENT_LENGTH": str(len(half))} | headers,
        )
        assert answer.status_code in {400, 413}
        assert uploads_left(archive) == []


def test_nobody_else_sends_anything_and_nothing_is_read_of_it(
    room: Room, archive: SmallArchive
) -> None:
    staff = person(room, "wang", Role.STAFF)
    nobody = app_of(room).test_client()
    for client, status in ((staff.client, 403), (nobody, 302)):
        answer = client.post(
            "/archive/batches/new/upload",
            data={"files": (io.BytesIO(b"x" * 9_000), "a.txt")},
            content_type="multipart/form-data",
        )
        assert answer.status_code == status
    assert uploads_left(archive) == []
    for path in ("batches/new", "batches/new/folder?root=0", "orders/1", "watches"):
        assert staff.get(f"/archive/{path}").status_code == 403


@pytest.mark.parametrize(
    "way",
    [
        *("root=1", "root=-1", "root=x", "root=", "root=0&key=..", "root=0&key=/etc", "root=99999"),
        *("root=0&key=%00", "root=0&key=a.txt", "root=0&key=link", "root=0&key=nothing"),
    ],
)
def test_a_way_out_of_the_roots_is_no_way(
    keeper: Person, archive: SmallArchive, way: str, tmp_path: Path
) -> None:
    (archive.folder / "a.txt").touch()
    (archive.folder / "link").symlink_to(tmp_path)
    assert keeper.get(f"/archive/batches/new/folder?{way}").status_code == 404
    fields = dict(each.split("=", 1) for each in way.replace("%00", "\0").split("&"))
    assert keeper.post("/archive/batches/new/folder", **fields).status_code == 404
    assert kinds(archive, "order-1") == []


def test_an_order_is_paused_continued_and_cancelled_with_a_ground(
    keeper: Person, archive: SmallArchive
) -> None:
    (archive.folder / "a.txt").write_text("正文")
    keeper.post("/archive/batches/new/folder", root="0", key="")
    assert keeper.post("/archive/orders/1/pause").status_code == 409
    work(archive)
    keeper.post("/archive/orders/1/start")
    assert keeper.post("/archive/orders/2/continue").status_code == 409
    keeper.post("/archive/orders/2/pause")
    assert "已暂停" in text_of(keeper.get("/archive/orders/2").text)
    work(archive)
    assert keeper.get("/archive/batches/1").status_code == 404
    keeper.post("/archive/orders/2/continue")
    assert keeper.get("/archive/orders/2/cancel").status_code == 200
    refused = keeper.post("/archive/orders/2/cancel", ground=" ")
    assert refused.status_code == 400
    assert 'id="ground-problem"' in refused.text
    keeper.post("/archive/orders/2/cancel", ground="选错了文件夹")
    assert "已取消" in text_of(keeper.get("/archive/orders/2").text)
    work(archive)
    assert keeper.get("/archive/batches/1").status_code == 404
    assert keeper.post("/archive/orders/2/cancel", ground="再取消").status_code == 409
    assert kinds(archive, "order-2") == [
        EventKind.BATCH_ORDERED,
        EventKind.BATCH_PAUSED,
        EventKind.BATCH_CONTINUED,
        EventKind.BATCH_CANCELLED,
    ]
    assert keeper.get("/archive/orders/9").status_code == 404
    # Cancelled before it began: the trial can be started anew.
    assert keeper.post("/archive/orders/1/start").status_code == 302


def test_a_page_that_looks_again_by_itself_keeps_no_session_alive(
    keeper: Person, archive: SmallArchive
) -> None:
    (archive.folder / "a.txt").write_text("正文")
    keeper.post("/archive/batches/new/folder", root="0", key="")
    assert "Set-Cookie" in keeper.get("/archive/orders/1").headers
    assert "Set-Cookie" not in keeper.get("/archive/orders/1/progress").headers
    assert "Set-Cookie" not in keeper.get("/archive/orders/1?again=1").headers
    assert '<noscript><meta http-equiv="refresh"' in keeper.get("/archive/orders/1").text


def test_a_folder_is_followed_and_no_longer(keeper: Person, archive: SmallArchive) -> None:
    (archive.folder / "a.txt").write_text("正文")
    keeper.post("/archive/batches/new/folder", root="0", key="")
    assert keeper.post("/archive/orders/1/watch").status_code == 409
    work(archive)
    assert keeper.post("/archive/orders/1/watch").status_code == 302
    assert str(archive.folder) in keeper.get("/archive/watches").text
    assert "正在监视 1 个文件夹" in text_of(keeper.get("/archive/batches").text)
    assert keeper.post("/archive/orders/1/watch").status_code == 409
    keeper.post("/archive/watches/1/end")
    assert "没有监视的文件夹" in text_of(keeper.get("/archive/watches").text)
    assert keeper.post("/archive/watches/1/end").status_code == 404
    assert kinds(archive, "watch-1") == [EventKind.WATCH_BEGUN, EventKind.WATCH_ENDED]
