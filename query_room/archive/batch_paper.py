"""The account of a batch as a report for the head of the archive, and every file of it as a table.

Of what is in quarantine stands how much it is and where it lay, never a word of it. In Chinese, as
all papers are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.commands.words import NEXT_STEPS, REASONS, ROW_PROBLEMS, china_time
from indexer.records import TextState
from indexer.repositories.batches import BatchState
from query_room.letters.document import Document, Paragraph, Role, TableBlock
from query_room.sheets import SheetFormat, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.repositories.outcomes import FileLine
    from query_room.archive.model import BatchAccount, ReasonLine
    from query_room.letters.document import Block

LISTED: Final = 30
"""Rows, files and paths of each list; the table of all files has the rest."""

_OUTCOMES: Final = {
    "indexed": "已提取",
    "unchanged": "未变化",
    "duplicate": "内容重复",
    "failed": "失败",
    "quarantined": "隔离",
}
_AUDIENCES: Final = {
    Audience.PUBLIC: "向社会开放",
    Audience.READING_ROOM: "查询室可查",
    Audience.STAFF: "限工作人员",
    Audience.ARCHIVIST: "限档案人员",
}
_TEXTS: Final = {
    TextState.COMPLETE: "全文可检索",
    TextState.PARTIAL: "部分文件可检索",
    TextState.MISSING: "尚无文本",
    TextState.PAPER: "仅有纸质",
}
_HEADINGS: Final = ("文件", "结果", "原因", "原因代码", "说明", "失败次数")
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANK: Final = "＿＿＿＿＿＿"


def paper_of(account: BatchAccount, organ: str) -> Document:
    """The report on a batch.

    Args:
        account: What it has to answer for.
        organ: Whose name stands at its head.
    """
    blocks: list[Block] = [
        Paragraph(role=Role.TITLE, text="电子档案导入情况报告"),
        Paragraph(role=Role.NUMBER, text=f"第 {account.batch.number} 批"),
        _heading("一、导入情况"),
        *_origin(account),
        _heading("二、文件"),
        *_files(account),
        _heading("三、档案"),
        *_records(account),
        _heading("四、未能提取文本的文件"),
        *_failures(account.reasons),
        _heading("五、与目录核对"),
        *_catalogue(account),
        _heading("六、隔离"),
        *_quarantine(account.quarantined),
        Paragraph(role=Role.SIGNATURE, text=f"经办人：{_BLANK}"),
        Paragraph(role=Role.SIGNATURE, text=f"审核人：{_BLANK}"),
        Paragraph(role=Role.SIGNATURE, text=f"档案机构负责人：{_BLANK}"),
        Paragraph(role=Role.SIGNATURE, text="　　　　年　　月　　日"),
    ]
    return Document(organ=organ, blocks=tuple(blocks))


def files_csv(files: Iterable[FileLine]) -> bytes:
    """Every file of a batch with what became of it, for office programs."""
    rows = [
        (
            each.path,
            _OUTCOMES.get(each.outcome, each.outcome),
            REASONS.get(each.reason, each.reason),
            each.reason,
            each.detail,
            each.tries,
        )
        for each in files
    ]
    return sheet(_HEADINGS, rows, SheetFormat.CSV).data


def _origin(account: BatchAccount) -> list[Block]:
    batch = account.batch
    rows = [
        ("来源", batch.source_name),
        ("文件夹", batch.root),
        ("目录", batch.manifest or "无"),
        ("原件", "留在原处" if batch.in_place else "已复制入库"),
        ("经手人", batch.started_by or "（未记）"),
        ("开始时间", china_time(batch.started_at)),
        ("完成时间", china_time(batch.finished_at) if batch.finished_at else ""),
    ]
    blocks: list[Block] = [_table(("项目", "内容"), rows)]
    if batch.state is BatchState.UNDONE:
        blocks.append(_body("本批已整批撤销，以下为撤销前的情况。"))
    return blocks


def _files(account: BatchAccount) -> list[Block]:
    report = account.report
    parts = " + ".join(f"{label} {getattr(report, name)}" for name, label in _OUTCOMES.items())
    verdict = "相符" if report.adds_up else "不相符，请查明原因"
    aside = [
        ("已不在原处的文件", report.missing),
        ("略过的隐藏、临时文件和链接", report.passed_over),
        ("无法列出的文件夹", len(report.unreadable)),
    ]
    return [
        _body(f"发现文件 {report.found} = {parts}，{verdict}。"),
        *(_body(f"{label} {count}。") for label, count in aside if count),
    ]


def _records(account: BatchAccount) -> list[Block]:
    report = account.report
    said = (
        f"新增或更改档案 {report.records_changed} 件，未变化 {report.records_unchanged} 件，"
        f"移出 {report.records_removed} 件；有文件未经保密检查、暂按控制的 {report.held_back} 件。"
    )
    levels = [(_AUDIENCES[each], str(count)) for each, count in account.levels.items()]
    texts = "，".join(
        f"{_TEXTS[each]} {count} 件" for each, count in account.texts.items() if count
    )
    blocks: list[Block] = [_body(said)]
    if levels:
        blocks.append(_table(("新增或更改的档案，按现在可查范围", "件数"), levels))
    if texts:
        blocks.append(_body(f"其中{texts}。"))
    return blocks


def _failures(reasons: Sequence[ReasonLine]) -> list[Block]:
    if not reasons:
        return [_body("每个文件均已提取文本。")]
    rows = [
        (
            REASONS.get(line.reason, line.reason),
            str(line.files),
            f"{line.tries} 次",
            "；".join(each.path for each in line.examples),
            NEXT_STEPS.get(line.reason, ""),
        )
        for line in reasons
    ]
    return [_table(("原因", "文件", "最多已试", "举例", "处理办法"), rows)]


def _catalogue(account: BatchAccount) -> list[Block]:
    report = account.report
    blocks: list[Block] = []
    if not account.batch.manifest:
        blocks.append(_body("本批没有目录，文件逐个成为档案。"))
    elif not (report.bad_rows or report.unlisted):
        blocks.append(_body("目录各行均已使用，文件均在目录之中。"))
    if report.bad_rows:
        blocks.append(_body(f"目录中有误的行 {len(report.bad_rows)}：{_more(report.bad_rows)}"))
        rows = [
            (str(row.number), ROW_PROBLEMS.get(row.problem, row.problem), row.value)
            for row in report.bad_rows[:LISTED]
        ]
        blocks.append(_table(("行", "问题", "内容"), rows))
    if report.unlisted:
        blocks.append(_body(f"目录未列的文件 {len(report.unlisted)}：{_more(report.unlisted)}"))
        blocks += [_item(path) for path in report.unlisted[:LISTED]]
    blocks.append(
        _body(f"目录与文件内容不一致之处 {account.differences}，见“著录差异”页面。")
        if account.differences
        else _body("目录与文件内容未见不一致。")
    )
    return blocks


def _quarantine(paths: Sequence[str]) -> list[Block]:
    if not paths:
        return [_body("没有文件被隔离。")]
    return [
        _body(f"因密级标志或目录定密而隔离、未保留任何内容的文件 {len(paths)}：{_more(paths)}"),
        *(_item(path) for path in paths[:LISTED]),
    ]


def _more(items: Sequence[object]) -> str:
    return f"（以下列前 {LISTED}）" if len(items) > LISTED else ""


def _heading(text: str) -> Paragraph:
    return Paragraph(role=Role.ITEM, text=text)


def _body(text: str) -> Paragraph:
    return Paragraph(role=Role.BODY, text=_plain(text))


def _item(text: str) -> Paragraph:
    return Paragraph(role=Role.ITEM, text=_plain(text))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> TableBlock:
    return TableBlock(rows=(head, *(tuple(map(_plain, row)) for row in rows)))


def _plain(text: str) -> str:
    """Names of files may hold what no document may."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
