"""``query-room search`` and ``query-room verify log``."""

from __future__ import annotations

import getpass
import json
import socket

import click
from rich.console import Console
from rich.text import Text

from indexer.access import Audience, Viewer
from indexer.commands.wiring import open_archive
from indexer.database import utc_now
from indexer.errors import InvalidQueryError
from search_api.answers import AnswerHit, Fragment, LogContext, SearchAnswer
from search_api.log import verify
from search_api.messages import message
from search_api.opening import open_service
from search_api.params import parse_question
from search_api.parsing import in_words, notes_in_words
from search_api.serializers import search_model

_console = Console()


@click.command("search")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="The answer as the API gives it.")
@click.option(
    "--as",
    "audience",
    type=click.Choice([each.slug for each in Audience]),
    default="public",
    show_default=True,
    help="With whose rights.",
)
@click.option("--page", default=1, show_default=True)
@click.option("--literal", is_flag=True, help="Take operators and fields as text.")
@click.option("--as-typed", is_flag=True, help="In these very characters; correct nothing.")
def search_command(
    query: str, audience: str, page: int, *, as_json: bool, literal: bool, as_typed: bool
) -> None:
    """Search the archive for QUERY; the search is logged like any other."""
    archive = open_archive()
    circle = Audience.from_slug(audience)
    viewer = Viewer(audience=circle, all_agencies=circle is Audience.ARCHIVIST)
    context = LogContext(
        actor=getpass.getuser(),
        terminal=socket.gethostname(),
        channel="command",
        visit_id=None,
        at=utc_now(),
    )
    service = open_service(archive.engine, archive.settings)
    try:
        asked = {
            "q": [query],
            "page": [str(page)],
            "literal": ["1" if literal else ""],
            "as_typed": ["1" if as_typed else ""],
        }
        question = parse_question(asked)
        answer = service.search(question, viewer, context)
    except InvalidQueryError as error:
        raise click.UsageError(message(error, "zh")) from error
    if as_json:
        click.echo(
            json.dumps(search_model(answer, "zh").model_dump(mode="json"), ensure_ascii=False)
        )
    else:
        _print(answer)


@click.command("log")
@click.pass_context
def verify_log_command(context: click.Context) -> None:
    """Walk the chain of the log again and name whatever does not fit."""
    archive = open_archive()
    report = verify(archive.engine)
    for finding in report.findings:
        _console.print(str(finding), markup=False, highlight=False)
    _console.print("日志链完整。" if report.is_whole else "日志链有误。")
    if not report.is_whole:
        context.exit(1)


def _print(answer: SearchAnswer) -> None:
    parsed = answer.reading.parsed
    for note in notes_in_words(parsed, "zh"):
        _console.print(note, markup=False, highlight=False)
    if parsed.has_syntax:
        _console.print(f"理解为：{in_words(parsed.parts, 'zh')}", markup=False, highlight=False)
    if answer.corrected is not None:
        typed, meant = "、".join(answer.corrected.typed), "、".join(answer.corrected.meant)
        _console.print(f"没有找到“{typed}”，现按“{meant}”查找。", markup=False, highlight=False)
    for proposal in answer.proposals:
        line = f"您要找的是不是：{proposal.text}（{proposal.total} 件）"
        _console.print(line, markup=False, highlight=False)
    _console.print(
        f"共 {answer.total} 件，{answer.took_ms:.0f} 毫秒（第 {answer.generation} 代索引）"
    )
    _print_hits(answer.hits)
    if answer.nearby:
        _console.print("相近的还有（未包含全部检索内容）：")
        _print_hits(answer.nearby)


def _print_hits(hits: tuple[AnswerHit, ...]) -> None:
    for hit in hits:
        about = hit.record.description
        line = _styled(hit.title)
        for part in (about.document_number, about.agency, about.date and about.date.isoformat()):
            if part:
                line.append(f"  {part}", style="dim")
        if hit.repeal:
            line.append("  已废止", style="red")
        _console.print(f"{hit.rank:>3}. ", line, sep="")
        for page in hit.pages[:2]:
            _console.print("     ", f"第{page.page}页 ", _styled(page.fragments), sep="")
        if hit.folded:
            _console.print(f"     另有 {len(hit.folded)} 件内容相同", style="dim")


def _styled(fragments: tuple[Fragment, ...]) -> Text:
    text = Text()
    for fragment in fragments:
        text.append(fragment.text, style="bold red" if fragment.marked else "")
    return text
