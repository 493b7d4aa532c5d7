from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from query_room.cli import commands
from query_room.letters import LetterError, LetterKind
from query_room.letters.model import Letter, LetterFinding, Letterhead, LetterSearch, LetterSource
from query_room.opening import open_room
from query_room.serve import serve
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from click.testing import Result

PAGE = (Path(__file__).parents[3] / "docs" / "letters.md").read_text("utf-8")


def run(data: Path, *arguments: str) -> Result:
    environment = {"QUERY_ROOM_DATA": str(data)}
    return CliRunner().invoke(commands, ["letters", *arguments], env=environment)


def test_our_templates_are_whole(tmp_path: Path) -> None:
    assert run(tmp_path, "check").exit_code == 0


def test_a_broken_template_is_named_and_keeps_the_room_closed(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "reply.txt").write_text("# {{ numer }}\n", "utf-8")
    result = run(tmp_path, "check")
    assert result.exit_code == 1
    assert "reply.txt" in result.output
    room = open_room(RoomSettings.from_env({"QUERY_ROOM_DATA": str(tmp_path)}))
    with pytest.raises(LetterError, match="numer"):
        serve(room)


@pytest.mark.parametrize("kind", LetterKind)
def test_any_letter_can_be_tried(tmp_path: Path, kind: LetterKind) -> None:
    out = tmp_path / "sample.docx"
    assert run(tmp_path, "sample", kind.value, "--out", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"PK")
    page = tmp_path / "sample.html"
    assert run(tmp_path, "sample", kind.value, "--out", str(page)).exit_code == 0
    assert "清河区人民政府" in page.read_text("utf-8")


def test_a_broken_template_cannot_be_tried(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "receipt.txt").write_text("{% if %}", "utf-8")
    result = run(tmp_path, "sample", "receipt", "--out", str(tmp_path / "x.docx"))
    assert result.exit_code == 1
    assert "第1行" in result.output


@pytest.mark.parametrize(
    "part",
    [Letter, Letterhead, LetterFinding, LetterSearch, LetterSource],
    ids=lambda it: it.__name__,
)
def test_the_page_for_the_office_names_every_field(part: type) -> None:
    for field in dataclasses.fields(part):
        assert f"`{field.name}`" in PAGE, field.name


@pytest.mark.parametrize("kind", LetterKind)
def test_the_page_for_the_office_names_every_template(kind: LetterKind) -> None:
    assert f"`{kind.value}.txt`" in PAGE
