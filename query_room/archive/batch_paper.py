"""The account of a batch as a report for the head of the archive, and every file of it as a table.

Of what is in quarantine stands how much it is and where it lay, never a word of it. In Chinese, as
all papers are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.commands.words import NEXT_STEPS, REASONS, china_time
from indexer.records import TextState
from indexer.repositories.batches import BatchState
from query_room.archive.catalogue_paper import catalogue_blocks
from query_room.archive.paper_blocks import LISTED, body, heading, item, more, table
from query_room.letters.document import Document, Paragraph, Role
from query_room.sheets import SheetFormat, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.repositories.outcomes import FileLine
    from query_room.archive.model import BatchAccount, ReasonLine
    from query_room.letters.document import Block

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
        heading("一、导入情况"),
        *_origin(account),
        heading("二、文件"),
        *_files(account),
        heading("三、档案"),
        *_records(account),
        heading("四、未能提取文本的文件"),
        *_failures(account.reasons),
        heading("五、与目录核对"),
        *catalogue_blocks(account),
        heading("六、隔离"),
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
    blocks: list[Block] = [table(("项目", "内容"), rows)]
    if batch.state is BatchState.UNDONE:
        blocks.append(body("本批已整批撤销，以下为撤销前的情况。"))
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
    if report.archives:
        parts_of = (
            f"其中打开压缩包 {report.archives} 个，包内和附件文件 {report.members} 个计入上数。"
        )
    else:
        parts_of = f"其中附件文件 {report.members} 个。" if report.members else ""
    return [
        body(f"发现文件 {report.found} = {parts}，{verdict}。"),
        *([body(parts_of)] if parts_of else []),
        *(body(f"{label} {count}。") for label, count in aside if count),
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
    blocks: list[Block] = [body(said)]
    if levels:
        blocks.append(table(("新增或更改的档案，按现在可查范围", "件数"), levels))
    if texts:
        blocks.append(body(f"其中{texts}。"))
    return blocks


def _failures(reasons: Sequence[ReasonLine]) -> list[Block]:
    if not reasons:
        return [body("每个文件均已提取文本。")]
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
    return [table(("原因", "文件", "最多已试", "举例", "处理办法"), rows)]


def _quarantine(paths: Sequence[str]) -> list[Block]:
    if not paths:
        return [body("没有文件被隔离。")]
    return [
        body(f"因密级标志或目录定密而隔离、未保留任何内容的文件 {len(paths)}：{more(paths)}"),
        *(item(path) for path in paths[:LISTED]),
    ]
