"""What the report on a batch says of its catalogue: what came together, and what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.commands.catalogue_account import numbering_line
from indexer.commands.words import DOUBTS, GROUNDS, ROW_PROBLEMS
from query_room.archive.paper_blocks import LISTED, body, item, more, table

if TYPE_CHECKING:
    from indexer.importing.catalogue_account import CatalogueAccount
    from query_room.archive.model import BatchAccount
    from query_room.letters.document import Block


def catalogue_blocks(account: BatchAccount) -> list[Block]:
    """The part of the report that holds files and catalogue against each other."""
    report = account.report
    blocks: list[Block] = []
    if not account.batch.manifest:
        blocks.append(body("本批没有目录，文件逐个成为档案。"))
    if report.catalogue is not None:
        blocks += _joined(report.catalogue)
    if account.batch.manifest and not (report.bad_rows or report.unlisted):
        blocks.append(body("目录各行均已使用，文件均在目录之中。"))
    if report.bad_rows:
        blocks.append(body(f"目录中有误的行 {len(report.bad_rows)}：{more(report.bad_rows)}"))
        rows = [
            (_row(row.sheet, row.number), ROW_PROBLEMS.get(row.problem, row.problem), row.value)
            for row in report.bad_rows[:LISTED]
        ]
        blocks.append(table(("行", "问题", "内容"), rows))
    if report.unlisted:
        blocks.append(body(f"目录未列的文件 {len(report.unlisted)}：{more(report.unlisted)}"))
        blocks += [item(path) for path in report.unlisted[:LISTED]]
    if report.catalogue is not None:
        blocks += _leftovers(report.catalogue)
    blocks.append(
        body(f"目录与文件内容不一致之处 {account.differences}，见“著录差异”页面。")
        if account.differences
        else body("目录与文件内容未见不一致。")
    )
    return blocks


def _joined(catalogue: CatalogueAccount) -> list[Block]:
    by_ground = "，".join(
        f"{GROUNDS[name]} {count} 条" for name, count in catalogue.joined_by.items()
    )
    without = catalogue.paper + len(catalogue.without_file)
    said = f"目录 {catalogue.rows} 条，已与文件挂接：{by_ground or '无'}；没有文件 {without} 条。"
    read_by = f"按配置“{catalogue.profile}”读取。" if catalogue.profile else ""
    return [body(read_by + said)]


def _leftovers(catalogue: CatalogueAccount) -> list[Block]:
    """Rows without file, what could not be told, and 件号 that are not there."""
    blocks: list[Block] = []
    if catalogue.without_file:
        rows = catalogue.without_file
        blocks.append(body(f"目录中没有找到文件的行 {len(rows)}：{more(rows)}"))
        blocks.append(
            table(
                ("行", "档号"), [(_row(row.sheet, row.number), row.code) for row in rows[:LISTED]]
            )
        )
    if catalogue.doubts:
        doubts = catalogue.doubts
        blocks.append(body(f"目录中存疑之处 {len(doubts)}：{more(doubts)}"))
        blocks.append(
            table(
                ("行", "存疑", "内容"),
                [
                    (
                        _row(each.sheet, each.number),
                        DOUBTS.get(each.problem, each.problem),
                        each.value,
                    )
                    for each in doubts[:LISTED]
                ],
            )
        )
    if catalogue.ambiguous or catalogue.uneven:
        count = len(catalogue.ambiguous) + len(catalogue.uneven)
        blocks.append(body(f"行与文件不能确定对应关系、未予挂接的 {count} 处，见批次页面。"))
    if catalogue.numberings:
        blocks.append(
            body(f"目录所缺件号 {catalogue.missing_items} 个：{more(catalogue.numberings)}")
        )
        blocks += [item(numbering_line(each)) for each in catalogue.numberings[:LISTED]]
    return blocks


def _row(sheet: str, number: int) -> str:
    return f"{sheet} 第 {number} 行".lstrip()
