"""The account of a batch, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.table import Table

from indexer.commands.catalogue_account import print_account
from indexer.commands.words import REASONS, ROW_PROBLEMS

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.importing.report import BatchReport

SHOWN: Final = 20
"""Lines of each kind that a report shows; ``status --failures`` lists them all."""


def print_report(console: Console, report: BatchReport) -> None:
    """Print what came of a batch, or would come of it."""
    if report.batch_number:
        _print_table(console, f"第 {report.batch_number} 批", _outcomes(report))
    else:
        _print_table(console, "试运行（未写入任何内容）", _prospects(report))
    if report.waiting_pages:
        console.print(
            f"有 {report.waiting_pages} 页等待文字识别：服务运行时自动进行，"
            "或运行 query-room recognize；进度见 query-room status"
        )
    for folder in report.unreadable:
        console.print(f"{folder}：文件夹无法读取", markup=False)
    for row in report.bad_rows[:SHOWN]:
        problem = ROW_PROBLEMS.get(row.problem, row.problem)
        place = f"{row.sheet} 第 {row.number} 行".lstrip()
        console.print(f"{place}：{problem} {row.value}".rstrip(), markup=False)
    for file in report.problems[:SHOWN]:
        reason = REASONS.get(file.reason, file.reason)
        console.print(f"{file.path}：{reason} {file.detail}".rstrip(), markup=False)
    rest = max(0, len(report.problems) - SHOWN)
    if rest:
        console.print(f"另有 {rest} 个文件，见 query-room status --failures")
    rows = max(0, len(report.bad_rows) - SHOWN)
    if rows:
        console.print(f"另有 {rows} 行有误")
    if report.catalogue is not None:
        print_account(console, report.catalogue)


def _prospects(report: BatchReport) -> list[tuple[str, int]]:
    return [
        ("发现文件", report.found),
        ("　其中压缩包内及附件", report.members),
        ("可打开的压缩包", report.archives),
        ("将成为档案", report.records_changed),
        ("略过的隐藏、临时文件和链接", report.passed_over),
        ("目录中有误的行", len(report.bad_rows)),
        ("目录未列的文件", len(report.unlisted)),
    ]


def _outcomes(report: BatchReport) -> list[tuple[str, int]]:
    return [
        ("发现文件", report.found),
        ("　已提取", report.indexed),
        ("　未变化", report.unchanged),
        ("　内容重复", report.duplicate),
        ("　失败", report.failed),
        ("　隔离", report.quarantined),
        ("其中压缩包内及附件", report.members),
        ("已打开的压缩包", report.archives),
        ("新增或更改的档案", report.records_changed),
        ("未变化的档案", report.records_unchanged),
        ("移出的档案", report.records_removed),
        ("有文件未经保密检查、暂按控制的档案", report.held_back),
        ("已不在原处的文件", report.missing),
        ("略过的隐藏、临时文件和链接", report.passed_over),
        ("目录中有误的行", len(report.bad_rows)),
        ("目录未列的文件", len(report.unlisted)),
    ]


def _print_table(console: Console, title: str, lines: list[tuple[str, int]]) -> None:
    table = Table(title=title, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in lines:
        table.add_row(name, str(value))
    console.print(table)
