"""``query-room letters``: check the office's templates, try one."""

from __future__ import annotations

from pathlib import Path

import click

from query_room.letters import LetterError, LetterKind, Letters
from query_room.letters.samples import sample_letter
from query_room.settings import RoomSettings
from query_room.statute.codes import ReplyType

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("letters")
def letters_group() -> None:
    """Templates of letters: check them, try one."""


@letters_group.command("check")
def check_command() -> None:
    """Fill every template with sample letters; 1 when one is broken."""
    problems = Letters(RoomSettings.from_env().letters).problems()
    for problem in problems:
        click.echo(f"{problem.template}：{problem.detail}", err=True)
    if problems:
        raise SystemExit(1)
    click.echo("文书模板均可使用。")


@letters_group.command("sample")
@click.argument("kind", type=click.Choice([kind.value for kind in LetterKind]))
@click.option(
    "--reply",
    type=click.Choice([reply.value for reply in ReplyType]),
    default=ReplyType.IN_PART.value,
    help="Which reply; for the kind reply.",
)
@click.option("--out", type=_FILE, required=True, help="A file ending in .docx or .html.")
def sample_command(kind: str, reply: str, out: Path) -> None:
    """Draw a sample of the letter KIND, about nobody."""
    letters = Letters(RoomSettings.from_env().letters)
    letter = sample_letter(LetterKind(kind), ReplyType(reply))
    try:
        if out.suffix == ".html":
            out.write_text(letters.html(letter), "utf-8")
        else:
            out.write_bytes(letters.docx(letter))
    except LetterError as error:
        raise click.ClickException(f"{error.template}：{error.detail}") from error
    click.echo(f"已写入 {out}。")
