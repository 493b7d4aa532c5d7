"""Archives and messages, from the folder into records, and what is secret in them."""

from __future__ import annotations

import multiprocessing
import random
import time
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from indexer.access import Audience
from indexer.database import migrate, open_database, reading
from indexer.errors import ImportRefusedError
from indexer.extraction import Reason
from indexer.importing.clearances import clear
from indexer.importing.quarantine import COPY, MARKED_MEMBER
from indexer.importing.rereading import BAD_ROW
from indexer.importing.retrying import retry
from indexer.importing.undo import undo_batch
from indexer.records import FileRole
from indexer.repositories import holdings
from indexer.repositories.files import CATALOGUE_SECRET, PathState
from indexer.storage.originals import hash_file
from tests.indexer.containers.archives import seven_zipped, tarred, zipped
from tests.indexer.importing.shelf import Shelf
from tests.indexer.importing.test_pipeline import _rows, _settings_like

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.records import Record

FORK = multiprocessing.get_context("fork")
MARKED = "机密★10年\n名单".encode()


def mail(*attached: tuple[str, bytes], subject: str = "关于防汛的通知") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "a@example.cn", "b@example.cn"
    message.set_content("正文请查收附件")
    for name, content in attached:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def states(shelf: Shelf) -> dict[str, str]:
    return {path: row.reason or str(row.state) for path, row in shelf.paths().items()}


def files_of(record: Record) -> list[tuple[str, FileRole]]:
    return [(file.name, file.role) for file in record.files]


def test_members_are_files_of_their_own_and_the_archive_stands_apart(
    shelf_anywhere: Shelf,
) -> None:
    shelf = shelf_anywhere
    inner = zipped({"知青.txt": "知青名册".encode(), "空.txt": b""}, encoding="gbk")
    path = shelf.put("资料.zip", zipped({"内.zip": inner, "防汛.txt": "防汛".encode()}))
    shelf.put("防汛.txt", "防汛")
    report = shelf.run()
    assert (report.found, report.indexed, report.duplicate, report.failed) == (4, 2, 1, 1)
    assert (report.archives, report.members) == (2, 3)
    assert states(shelf) == {
        "资料.zip": "opened",
        "资料.zip/内.zip": "opened",
        "资料.zip/内.zip/知青.txt": "read",
        "资料.zip/内.zip/空.txt": "empty",
        "资料.zip/防汛.txt": "read",
        "防汛.txt": "read",
    }
    assert shelf.records()["知青名册"].files[0].name == "知青.txt"
    assert shelf.stores.originals.has(hash_file(path))
    assert not shelf.settings.spool.exists()
    report = shelf.run()
    assert (report.found, report.unchanged, report.failed, report.records_changed) == (4, 3, 1, 0)
    assert (report.archives, report.members) == (2, 3)


def test_what_is_known_is_not_opened_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put("a.zip", zipped({"a.txt": "防汛".encode()}))
    shelf.put("b.eml", mail())
    shelf.put("c.txt", "供暖")
    first = shelf.run()
    with monkeypatch.context() as patch:
        patch.delattr("indexer.containers.unpacker.Unpacker._ask")
        again = shelf.run()
    assert (first.indexed, again.unchanged, again.archives) == (3, 3, 1)


def test_a_message_and_what_is_attached_to_it_are_one_record(shelf: Shelf) -> None:
    attached = zipped({"表.txt": "统计表".encode()})
    shelf.put("a.eml", mail(("通知.txt", "附件正文".encode()), ("附表.zip", attached)))
    report = shelf.run()
    assert (report.found, report.indexed, report.archives, report.records_changed) == (3, 3, 1, 1)
    (record,) = shelf.records().values()
    assert files_of(record) == [
        ("a.eml", FileRole.TEXT),
        ("通知.txt", FileRole.ATTACHMENT),
        ("表.txt", FileRole.ATTACHMENT),
    ]
    assert "统计表" in shelf.text_of(record)


def test_a_row_that_names_an_archive_has_its_members(shelf: Shelf) -> None:
    shelf.put("资料.zip", zipped({"乙.txt": "二".encode(), "甲.txt": "一".encode()}))
    shelf.put("卷.7z", seven_zipped({"2008/通知.txt": "三".encode(), "2008/函.txt": "四".encode()}))
    shelf.describe(id="1", title="整包", file="资料.zip")
    shelf.describe(id="2", title="一件", file="卷.7z\\2008\\通知.txt")
    shelf.describe(id="3", title="没有", file="卷.7z/2009/通知.txt")
    report = shelf.run()
    assert [(row.number, row.problem) for row in report.bad_rows] == [(3, "file_missing")]
    assert report.unlisted == ("卷.7z/2008/函.txt",)
    found = shelf.records()
    assert [name for name, _ in files_of(found["整包"])] == ["乙.txt", "甲.txt"]
    assert [name for name, _ in files_of(found["一件"])] == ["通知.txt"]
    assert set(found) == {"整包", "一件", "函"}


def test_an_attachment_with_a_row_of_its_own_narrows_the_rest(shelf: Shelf) -> None:
    shelf.put("a.eml", mail(("名单.txt", "名单".encode()), ("表.txt", "表".encode())))
    shelf.describe(id="1", title="名单", 密级="内部", file="a.eml/名单.txt")
    shelf.run(level="public")
    found = shelf.records()
    assert files_of(found["名单"]) == [("名单.txt", FileRole.TEXT)]
    # The message shows what the row holds back.
    assert [name for name, _ in files_of(found["a"])] == ["a.eml", "表.txt"]
    assert found["a"].access.audience is Audience.ARCHIVIST


def test_archives_that_cannot_be_opened_are_failed_files(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no program that opens RAR
    shelf.put("头.7z", seven_zipped({"a.txt": b"A"}, password="x", header_encryption=True))
    shelf.put("密.zip", zipped({"a.txt": b"A"}, encrypted=["a.txt"]))
    shelf.put("坏.zip", b"PK\x05\x06")
    shelf.put("旧.rar", b"Rar!\x1a\x07\x00")
    shelf.put("空.zip", zipped({}))
    deep = zipped({"a.txt": "底".encode()})
    for _ in range(6):
        deep = zipped({"a.zip": deep})
    shelf.put("深.zip", deep)
    report = shelf.run()
    assert (report.found, report.failed) == (6, 6)
    assert report.by_reason == {
        Reason.ENCRYPTED: 2,
        Reason.DAMAGED: 1,
        Reason.NEEDS_TOOL: 1,
        Reason.EMPTY: 1,
        Reason.MEMORY: 1,
    }
    assert {each.path for each in report.problems if each.reason == Reason.ENCRYPTED} == {
        "头.7z",
        "密.zip/a.txt",
    }
    # What could not be opened is archived and described all the same.
    assert shelf.records()["头"].files[0].reason == Reason.ENCRYPTED
    assert shelf.records()["a"].files[0].reason in {Reason.ENCRYPTED, Reason.MEMORY}
    again = shelf.run()
    assert (again.failed, again.records_changed) == (6, 0)


def test_a_cut_archive_is_a_failed_file_beside_what_it_gives(shelf: Shelf) -> None:
    content = tarred({"a.txt": "一".encode() * 4000, "b.txt": "二".encode() * 4000})
    shelf.put("a.tar", content[: len(content) // 2])
    shelf.describe(id="1", title="卷", file="a.tar")
    report = shelf.run()
    assert (report.found, report.archives) == (report.indexed + report.failed, 0)
    assert states(shelf)["a.tar"] == Reason.DAMAGED
    assert states(shelf)["a.tar/a.txt"] == "read"
    # The archive stands last among the files of its record, with its reason.
    assert shelf.records()["卷"].files[-1].reason == Reason.DAMAGED
    shelf.put("a.tar", content)
    report = shelf.run()
    assert (report.failed, report.archives, report.found) == (0, 1, 2)
    assert len(shelf.records()["卷"].files) == 2


def test_retry_reads_refused_members_again(shelf: Shelf) -> None:
    shelf.put("a.zip", zipped({"a.txt": "防汛".encode()}, encrypted=["a.txt"]))
    shelf.run()
    assert retry(shelf.engine, shelf.settings, Reason.ENCRYPTED) == 1
    assert shelf.run().by_reason == {Reason.ENCRYPTED: 1}


def test_a_marked_member_takes_what_holds_it_out_and_the_others_stay(
    shelf_anywhere: Shelf,
) -> None:
    shelf = shelf_anywhere
    inner = zipped({"密.txt": MARKED, "甲.txt": "一".encode()})
    path = shelf.put("a.zip", zipped({"内.zip": inner, "乙.txt": "二".encode()}))
    report = shelf.run()
    assert (report.found, report.quarantined, report.indexed, report.archives) == (5, 3, 2, 0)
    assert states(shelf) == {
        "a.zip": MARKED_MEMBER,
        "a.zip/内.zip": MARKED_MEMBER,
        "a.zip/内.zip/密.txt": Reason.QUARANTINED,
        "a.zip/内.zip/甲.txt": "read",
        "a.zip/乙.txt": "read",
    }
    assert set(shelf.records()) == {"甲", "乙"}
    assert no_trace_of(shelf, MARKED, inner, path.read_bytes())
    assert shelf.run().quarantined == 3
    with pytest.raises(ImportRefusedError, match="clear that one"):
        clear(shelf.engine, hash_file(path), ground="误", by="档案员")
    marked = shelf.paths()["a.zip/内.zip/密.txt"].file_hash
    assert marked is not None
    clear(shelf.engine, marked, ground="已解密", by="档案员")
    report = shelf.run()
    assert (report.quarantined, report.archives, report.found) == (0, 2, 3)
    assert shelf.stores.originals.has(hash_file(path))
    assert any("名单" in shelf.text_of(each) for each in shelf.records().values())


def test_a_marked_attachment_takes_the_message_out(shelf: Shelf) -> None:
    content = mail(("密.txt", MARKED), ("甲.txt", "一".encode()))
    shelf.put("a.eml", content)
    shelf.put("b.zip", zipped({"a.eml": content}))
    report = shelf.run()
    assert report.quarantined == 5
    assert shelf.records() == {}
    assert no_trace_of(shelf, MARKED, content)
    assert len(list(shelf.stores.texts.entries())) == 1  # of the other attachment


def test_a_member_marked_at_last_takes_out_what_was_kept_before(shelf: Shelf) -> None:
    # The same content lies in an archive that was taken in while a catalogue called it nothing.
    path = shelf.put("a.zip", zipped({"名单.txt": "名单".encode(), "甲.txt": "一".encode()}))
    shelf.run(level="public")
    assert shelf.stores.originals.has(hash_file(path))
    shelf.describe(id="1", title="名单", 密级="机密", file="a.zip/名单.txt")
    report = shelf.run(level="public")
    assert states(shelf) == {
        "a.zip": MARKED_MEMBER,
        "a.zip/名单.txt": CATALOGUE_SECRET,
        "a.zip/甲.txt": "read",
    }
    assert (report.quarantined, report.found) == (2, 3)
    assert set(shelf.records()) == {"甲"}
    assert no_trace_of(shelf, "名单".encode(), path.read_bytes())


def test_an_archive_that_the_catalogue_calls_secret_is_not_opened(shelf: Shelf) -> None:
    content = zipped({"名单.txt": "名单".encode()})
    shelf.put("密件.zip", content)
    shelf.describe(id="1", title="密件", 密级="秘密", file="密件.zip")
    report = shelf.run()
    assert (report.found, report.quarantined) == (1, 1)
    assert set(shelf.paths()) == {"密件.zip"}
    # The same archive elsewhere is as secret, and all that was known to lie in it.
    shelf.put("副本.zip", content)
    report = shelf.run()
    assert shelf.records() == {}
    assert states(shelf)["副本.zip"] == COPY
    assert states(shelf)["副本.zip/名单.txt"] == COPY
    assert no_trace_of(shelf, content, "名单".encode())
    assert shelf.run().quarantined == 3
    assert shelf.records() == {}


def test_what_an_archive_held_goes_when_the_catalogue_calls_it_secret(shelf: Shelf) -> None:
    content = zipped({"名单.txt": "名单".encode()})
    shelf.put("密件.zip", content)
    shelf.put("名单.txt", "名单")
    assert shelf.run(level="public").records_changed == 2
    shelf.describe(id="1", title="密件", 密级="秘密", file="密件.zip")
    report = shelf.run(level="public")
    assert shelf.records() == {}
    assert no_trace_of(shelf, content, "名单".encode())
    assert states(shelf)["名单.txt"] == COPY
    assert report.missing == 1
    assert shelf.run(level="public").indexed == 0


def test_members_of_a_bad_row_wait_and_so_does_what_holds_them(shelf: Shelf) -> None:
    path = shelf.put("a.zip", zipped({"甲.txt": "一".encode(), "乙.txt": "二".encode()}))
    shelf.describe(id="1", title="甲", file=["a.zip/甲.txt", "gone.txt"])
    report = shelf.run()
    assert states(shelf) == {"a.zip": BAD_ROW, "a.zip/甲.txt": BAD_ROW, "a.zip/乙.txt": "read"}
    assert report.failed == 2
    assert not shelf.stores.originals.has(hash_file(path))
    shelf.rows[0]["file"] = "a.zip/甲.txt"
    report = shelf.run()
    assert (report.failed, report.archives, report.found) == (0, 1, 2)
    assert shelf.stores.originals.has(hash_file(path))


def test_an_archive_that_changed_brings_what_is_new_and_misses_what_is_gone(shelf: Shelf) -> None:
    shelf.put("a.zip", zipped({"甲.txt": "一".encode(), "乙.txt": "二".encode()}))
    shelf.run()
    shelf.put("a.zip", zipped({"甲.txt": "一".encode(), "丙.txt": "三三".encode()}))
    report = shelf.run()
    assert (report.found, report.unchanged, report.indexed, report.missing) == (2, 1, 1, 1)
    assert shelf.paths()["a.zip/乙.txt"].state is PathState.MISSING
    assert set(shelf.records()) == {"甲", "乙", "丙"}
    (shelf.folder / "a.zip").unlink()
    report = shelf.run()
    assert (report.found, report.missing, report.archives) == (0, 3, 0)


def test_undoing_takes_archive_and_members_back(shelf_anywhere: Shelf) -> None:
    shelf = shelf_anywhere
    shelf.put("a.zip", zipped({"甲.txt": "一".encode()}))
    shelf.put("b.eml", mail(("乙.txt", "二".encode())))
    first = shelf.run()
    undo_batch(shelf.engine, shelf.settings, first.batch_number)
    assert shelf.records() == {}
    assert list(shelf.stores.originals.hashes()) == []
    assert list(shelf.stores.texts.entries()) == []
    report = shelf.run()
    assert (report.indexed, report.archives, report.found) == (3, 1, 3)
    assert len(shelf.records()) == 2


def test_in_place_members_are_copied_and_archives_are_not(shelf: Shelf) -> None:
    path = shelf.put("a.zip", zipped({"甲.txt": "一".encode()}))
    report = shelf.run(in_place=True)
    assert (report.indexed, report.archives) == (1, 1)
    (member,) = shelf.stores.originals.hashes()
    with reading(shelf.engine) as connection:
        assert holdings.members_of(connection, hash_file(path)) == {member}


def test_a_batch_of_archives_killed_at_any_moment_ends_as_one_that_was_not(
    shelf: Shelf, tmp_path: Path
) -> None:
    _fill(shelf)
    began = time.monotonic()
    shelf.run(level="public", source_name="papers")
    duration = time.monotonic() - began
    other = Shelf(
        folder=shelf.folder,
        engine=open_database(f"sqlite:///{tmp_path / 'killed' / 'query_room.db'}"),
        settings=_settings_like(shelf, tmp_path / "killed"),
        rows=shelf.rows,
    )
    migrate(other.engine, "indexer")
    other.engine.dispose()
    for _ in range(4):
        process = FORK.Process(target=_import, args=(other,))
        process.start()
        time.sleep(random.uniform(0.2, 0.9) * duration)
        process.kill()
        process.join()
    other.run(level="public", source_name="papers")
    mine, theirs = _rows(shelf), _rows(other)
    assert theirs["source_file"] == mine["source_file"]
    assert theirs["record"] == mine["record"]
    assert theirs["holding"] == mine["holding"]
    assert list(other.stores.originals.hashes()) == list(shelf.stores.originals.hashes())
    assert list(other.stores.texts.entries()) == list(shelf.stores.texts.entries())
    assert not other.settings.spool.exists()
    other.engine.dispose()


def _fill(shelf: Shelf) -> None:
    inner = zipped({f"{number}.txt": f"第{number}号通知".encode() * 50 for number in range(20)})
    shelf.put("a.zip", zipped({"内.zip": inner, "密.txt": MARKED, "坏.pdf": b"%PDF-1.7 x"}))
    shelf.put("b.tar.gz", tarred({f"{n}.txt": f"乙{n}".encode() for n in range(20)}, "w:gz"))
    shelf.put("c.eml", mail(("附件.txt", "附件".encode())))
    shelf.put("d.7z", seven_zipped({"x.txt": b"x", "y.txt": b"y"}))
    shelf.describe(id="1", title="整卷", file="b.tar.gz")


def _import(shelf: Shelf) -> None:
    shelf.engine = open_database(shelf.settings.database_url)
    shelf.run(level="public", source_name="papers")


def no_trace_of(shelf: Shelf, *contents: bytes) -> bool:
    """Whether none of the contents is among the originals."""
    kept = {
        shelf.stores.originals.path(each).read_bytes() for each in shelf.stores.originals.hashes()
    }
    return not any(content in original for content in contents for original in kept)
