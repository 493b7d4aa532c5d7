from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx

from indexer.importing.undo import undo_batch
from indexer.repositories.outcomes import FileLine
from query_room.archive.batch_paper import files_csv, paper_of
from query_room.archive.paper_blocks import LISTED
from query_room.letters.docx import draw_docx

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from tests.fixtures.archive import SmallArchive


def words_of(room: Room, number: int, keeper: Account) -> str:
    """Everything that stands in the DOCX of a batch's report."""
    account = room.archive.accounts.account(number, by=keeper)
    made = docx.Document(io.BytesIO(draw_docx(paper_of(account, "青山区档案馆"))))
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in made.paragraphs), *cells])


def test_the_report_says_all_that_the_head_must_know(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    archive.add("空", "\n")
    archive.add("密级有误的", "文字。", secrecy="某级")
    archive.add("低保通知", "关于低保的通知\n正文。\n民政局\n2008年3月15日", date="2009")
    (archive.folder / "未列的.txt").write_text("未列的文件。", "utf-8")
    archive.run()
    text = words_of(room, 2, keeper)
    for said in (
        "青山区档案馆",
        "第 2 批",
        "发现文件 6 = 已提取 2 + 未变化 1 + 内容重复 0 + 失败 2 + 隔离 1，相符。",
        "没有文字",
        "打开看一看",
        "空.txt",
        "密级无法识别",
        "未列的.txt",
        "目录与文件内容不一致之处 2",
        "密件.txt",
        "经办人：",
        "限工作人员",
    ):
        assert said in text, said
    for secret in ("关于某事", "机密", "长期"):
        assert secret not in text


def test_a_batch_in_which_all_went_well(room: Room, archive: SmallArchive, keeper: Account) -> None:
    (archive.folder / "密件.txt").unlink()
    archive.rows = archive.rows[:1]
    archive.run()
    text = words_of(room, 2, keeper)
    for said in ("每个文件均已提取文本", "目录各行均已使用", "没有文件被隔离", "不在原处的文件 1"):
        assert said in text, said
    undo_batch(archive.engine, archive.settings, 2)
    assert "本批已整批撤销" in words_of(room, 2, keeper)


def test_long_lists_are_cut_and_hostile_names_are_harmless(
    room: Room, archive: SmallArchive, keeper: Account
) -> None:
    for number in range(LISTED + 1):
        (archive.folder / f"未列{number:02}.txt").write_text(f"正文{number}", "utf-8")
    (archive.folder / "a\x07b.txt").write_text("正文", "utf-8")
    archive.run()
    text = words_of(room, 2, keeper)
    assert f"目录未列的文件 {LISTED + 2}：（以下列前 {LISTED}）" in text
    assert f"未列{LISTED:02}.txt" not in text


def test_every_file_as_a_table_without_formulas() -> None:
    line = FileLine(path="=1+1.txt", outcome="failed", reason="empty", detail="", tries=2)
    table = files_csv([line]).decode("utf-8-sig")
    assert table.splitlines()[1] == "'=1+1.txt,失败,没有文字,empty,,2"
