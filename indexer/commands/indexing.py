"""``query-room verify index``."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console

from indexer.commands.verification_words import DEEDS, PAIRS, PROBLEMS, WHY
from indexer.commands.wiring import open_archive
from indexer.importing.lock import import_holder
from indexer.importing.mending import Deed, Mended, Mender
from indexer.indexing.catching_up import catch_up
from indexer.indexing.findings import Problem
from indexer.indexing.verification import Verification

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.commands.wiring import Archive
    from indexer.indexing.findings import Finding, IndexReport

SHOWN: Final = 20
"""Findings of one kind that are named on the screen."""

_AT_ONCE: Final = 500
_IN_HAND: Final = frozenset({Deed.QUEUED, Deed.REMOVED})
_NOT_MENDED: Final = frozenset({Deed.MARKED, Deed.LEFT})
_console = Console()


@click.command("index")
@click.option("--repair", "is_repair", is_flag=True, help="Put right what can be.")
@click.option(
    "--prune", "is_prune", is_flag=True, help="With --repair: delete what nobody knows of."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, the sums last.")
@click.pass_context
def verify_index_command(
    context: click.Context,
    *,
    is_repair: bool = False,
    is_prune: bool = False,
    as_json: bool = False,
) -> None:
    """Compare database, originals, texts and index, and name what does not agree."""
    if is_prune and not is_repair:
        raise click.UsageError("--prune goes with --repair")
    archive = open_archive()
    told = _Told(as_json=as_json)
    with _console.status("") as shown:
        verification = Verification(
            archive.engine,
            archive.settings,
            is_importing=import_holder(archive.settings.data) is not None,
            progress=lambda report: shown.update(f"已核对 {report.records} 件档案"),
        )
        if is_repair:
            for done in _mended(archive, verification, prune=is_prune):
                told.add(verification.report, done.finding, done)
        else:
            for finding in verification.findings():
                told.add(verification.report, finding)
    told.end(verification.report)
    is_mended = is_repair and not told.left
    if not (verification.report.is_sound or is_mended):
        context.exit(1)


def _mended(archive: Archive, verification: Verification, *, prune: bool) -> Iterator[Mended]:
    mender = Mender(archive.engine, archive.settings, prune=prune)
    found = verification.findings()
    is_changed = False
    while some := list(islice(found, _AT_ONCE)):
        for done in mender.mend(some):
            is_changed |= done.deed in _IN_HAND
            yield done
    for done in mender.finish():
        is_changed |= done.deed is Deed.READ
        yield done
    if is_changed:
        catch_up(archive.engine, archive.settings)


class _Told:
    """Tells what was found: as it comes to programs, by kind at the end to people."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._deeds: Counter[tuple[Problem, Deed, str]] = Counter()

    @property
    def left(self) -> int:
        """How many findings stand as they were."""
        return sum(count for (_, deed, _), count in self._deeds.items() if deed in _NOT_MENDED)

    def add(self, report: IndexReport, finding: Finding, done: Mended | None = None) -> None:
        """Take in one finding, with what was done about it."""
        report.add(finding)
        if done is not None:
            self._deeds[finding.problem, done.deed, done.reason] += 1
        if self._as_json:
            known = {
                "problem": finding.problem,
                "subject": finding.subject,
                "pair": finding.pair,
                "detail": finding.detail,
            }
            if done is not None:
                known |= {"deed": done.deed, "reason": done.reason}
            click.echo(json.dumps(known, ensure_ascii=False))

    def end(self, report: IndexReport) -> None:
        """Tell what it comes to."""
        if self._as_json:
            sums = {
                "records": report.records,
                "texts": report.texts,
                "indexed": report.indexed,
                "waiting": report.waiting,
                "is_importing": report.is_importing,
                "counts": report.counts,
            }
            click.echo(json.dumps(sums, ensure_ascii=False))
            return
        for problem in Problem:
            if report.counts[problem]:
                self._say_problem(report, problem)
        _say(
            f"档案 {report.records} 件，文本 {report.texts} 份，索引 {report.indexed} 件"
            + (f"，另有 {report.waiting} 项变更待编入" if report.waiting else "")
            + "："
            + ("一致。" if report.is_sound else f"{report.counts.total()} 处不一致。")
        )
        if report.is_importing:
            _say("正在导入：存储中是否有多余的文件，这次没有核对。")

    def _say_problem(self, report: IndexReport, problem: Problem) -> None:
        count = report.counts[problem]
        _say(f"{PROBLEMS[problem]}：{count}")
        named = [each for each in report.findings if each.problem is problem][:SHOWN]
        for finding in named:
            pair = "" if finding.pair is None else PAIRS[finding.pair]
            _say("　" + "　".join(filter(None, (finding.subject, pair, finding.detail))))
        if count > len(named):
            _say(f"　其余 {count - len(named)} 处未列出，--json 可列出全部")
        for (of, deed, reason), number in self._deeds.items():
            if of is problem:
                why = f"（{WHY.get(reason, reason)}）" if reason else ""
                _say(f"　→ {DEEDS[deed]}{why}：{number}")


def _say(text: str) -> None:
    _console.print(text, markup=False, highlight=False, soft_wrap=True)
