from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from indexer.commands import indexing
from indexer.commands.indexing import verify_index_command
from indexer.commands.verification_words import DEEDS, PROBLEMS, WHY
from indexer.importing.lock import import_lock
from indexer.importing.mending import Deed, Why
from indexer.indexing.findings import Problem
from indexer.records import FileHash
from indexer.storage.text_store import FolderTextStore
from tests.indexer.damage import hash_of, index_of, named, publish, text_file

if TYPE_CHECKING:
    from click.testing import Result

    from tests.fixtures.archive import SmallArchive


@pytest.fixture(autouse=True)
def environment(house: SmallArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the archive by their environment."""
    monkeypatch.setenv("QUERY_ROOM_DATA", str(house.settings.data))
    monkeypatch.setenv("QUERY_ROOM_DATABASE_URL", house.settings.database_url)
    monkeypatch.setenv("QUERY_ROOM_PROCESSES", "1")


def verify(*arguments: str) -> Result:
    return CliRunner().invoke(verify_index_command, arguments, catch_exceptions=False)


def test_an_index_that_agrees_is_said_to() -> None:
    sound = verify()
    assert (sound.exit_code, sound.stdout) == (0, "档案 3 件，文本 2 份，索引 3 件：一致。\n")


def test_what_does_not_agree_is_told_by_kind_the_most_urgent_first(house: SmallArchive) -> None:
    file_hash, secret = hash_of(house, "open"), named(house, "staff")
    text_file(house, "open").unlink()
    publish(house, secret)
    broken = verify()
    assert broken.exit_code == 1
    assert broken.stdout.splitlines() == [
        "【越权】索引中有无权查到的内容：1",
        f"　{secret.record_id}　公开索引",
        "文本缺失的文件：1",
        f"　{file_hash}　{named(house, 'open').files[0].extractor}",
        "档案 3 件，文本 1 份，索引 3 件：2 处不一致。",
    ]


def test_many_of_one_kind_are_counted(house: SmallArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SHOWN", 1)
    with index_of(house) as writer:
        writer.delete(
            {
                named(house, "open").record_id: writer.position,
                named(house, "staff").record_id: writer.position,
            }
        )
    lines = verify().stdout.splitlines()
    assert lines[0] == "未编入索引的档案：3"
    assert lines[2] == "　其余 2 处未列出，--json 可列出全部"


def test_repairing_says_what_it_did_and_leaves_nothing(house: SmallArchive) -> None:
    text_file(house, "open").unlink()
    with index_of(house) as writer:
        writer.delete({named(house, "staff").record_id: writer.position})
    repaired = verify("--repair")
    assert repaired.exit_code == 0
    assert "　→ 重新编入索引：1" in repaired.stdout
    assert "　→ 由原件重新读出文本：1" in repaired.stdout
    assert verify().exit_code == 0


def test_what_is_left_is_said_with_its_reason(house: SmallArchive) -> None:
    FolderTextStore(house.settings.texts).put(FileHash("ab" * 32), "plain/1", ["无主"])
    left = verify("--repair")
    assert left.exit_code == 1
    assert "　→ 未处理（只列出，不删除；确认无用后可加 --prune 删除）：1" in left.stdout
    assert verify("--repair", "--prune").exit_code == 0
    assert verify().exit_code == 0
    assert verify("--prune").exit_code == 2


def test_programs_get_one_finding_a_line_and_the_sums_last(house: SmallArchive) -> None:
    gone = named(house, "staff").record_id
    with index_of(house) as writer:
        writer.delete({gone: writer.position})
    first, last = map(json.loads, verify("--json").stdout.splitlines())
    assert first == {"problem": "not_indexed", "subject": gone, "pair": "full", "detail": ""}
    assert (last["records"], last["indexed"], last["counts"]) == (3, 2, {"not_indexed": 1})
    mended, _ = map(json.loads, verify("--repair", "--json").stdout.splitlines())
    assert (mended["deed"], mended["reason"]) == ("queued", "")


def test_while_an_import_runs_the_stores_are_not_judged(house: SmallArchive) -> None:
    FolderTextStore(house.settings.texts).put(FileHash("ab" * 32), "plain/1", ["在途"])
    with import_lock(house.settings.data):
        told = verify()
    assert told.exit_code == 0
    assert "正在导入" in told.stdout


def test_every_word_has_its_meaning() -> None:
    assert set(PROBLEMS) == set(Problem)
    assert set(DEEDS) == set(Deed)
    assert set(Why) <= set(WHY)
