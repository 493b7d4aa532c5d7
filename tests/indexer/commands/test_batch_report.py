from __future__ import annotations

from dataclasses import replace
from io import StringIO

from rich.console import Console

from indexer.catalogue import BadRow
from indexer.commands.batch_report import SHOWN, print_report
from indexer.importing.report import BatchReport, FileProblem

REPORT = BatchReport(
    batch_number=3,
    found=26,
    indexed=1,
    unchanged=0,
    duplicate=0,
    failed=25,
    quarantined=0,
    records_changed=26,
    records_unchanged=0,
    missing=0,
    unreadable=("锁住的",),
    bad_rows=(BadRow(number=7, problem="bad_date", value="[red]?"),),
    problems=tuple(
        FileProblem(path=f"[bold]{number}.pdf", reason="damaged", detail="") for number in range(25)
    ),
)


def printed(report: BatchReport) -> str:
    console = Console(file=StringIO(), width=100)
    print_report(console, report)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_a_report_names_every_problem_in_words_up_to_a_screen() -> None:
    text = printed(REPORT)
    assert "第 3 批" in text
    assert "第 7 行：日期无法识别 [red]?" in text
    assert "[bold]0.pdf：已损坏" in text
    assert "锁住的：文件夹无法读取" in text
    assert text.count("已损坏") == SHOWN
    assert "另有 5 个文件" in text


def test_a_dry_run_says_that_nothing_was_written() -> None:
    text = printed(replace(REPORT, batch_number=0, problems=()))
    assert "未写入" in text
    assert "将成为档案" in text
    assert "已提取" not in text
