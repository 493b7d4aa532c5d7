"""What people read is what there is: commands, settings, addresses, error codes, links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

import indexer.errors
import query_room.errors
import search_api.errors
from indexer.extraction import Reason
from query_room.app import create_app
from query_room.cli import commands
from query_room.opening import open_room
from query_room.settings import RoomSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
DOCS = "\n".join(page.read_text("utf-8") for page in PAGES)
OPERATORS = (ROOT / "docs" / "operators.md").read_text("utf-8")
API = (ROOT / "docs" / "api.md").read_text("utf-8")
GENERATED_ROUTES = ("/static/", "/api/v1/static/", "/api/v1/openapi")
"""Files of the pages and of the API's own description."""
_PARAMETER = re.compile(r"<[^>]+>|\{[^}]+\}")


def leaves(command: click.Command, *words: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from leaves(child, *words, name)
    else:
        yield words, command


COMMANDS = dict(leaves(commands))


def error_classes(root: type[Exception]) -> Iterator[type[Exception]]:
    yield root
    for child in root.__subclasses__():
        yield from error_classes(child)


def error_codes() -> set[str]:
    modules = {each.__name__ for each in (indexer.errors, search_api.errors, query_room.errors)}
    return {
        str(vars(each)["code"])
        for each in error_classes(indexer.errors.QueryRoomError)
        if each.__module__ in modules and "code" in vars(each)
    }


def settings_read() -> set[str]:
    sources = (
        path.read_text("utf-8")
        for package in ("indexer", "search_api", "query_room")
        for path in (ROOT / package).rglob("*.py")
    )
    return {name for source in sources for name in re.findall(r"QUERY_ROOM_[A-Z_]*[A-Z]", source)}


def shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def shape(path: str) -> str:
    return _PARAMETER.sub("{}", path).rstrip("/") or "/"


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    data = tmp_path_factory.mktemp("room")
    room = open_room(RoomSettings.from_env({"QUERY_ROOM_DATA": str(data)}))
    rules = {rule.rule for rule in create_app(room).url_map.iter_rules()}
    room.engine.dispose()
    return {rule for rule in rules if not rule.startswith(GENERATED_ROUTES)} - {"/api/v1/"}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_is_described(words: tuple[str, ...]) -> None:
    *groups, name = words
    # Alone in its code span, after its group and its sisters, or behind the first of a list.
    first = " ".join(["query-room", *groups])
    sisters = rf"`{first} (?:[a-z]+ \\\| )*{name}\b"
    listed = rf"^\| `query-room (?:[^|]*, )?`{name}`"
    assert re.search(sisters, OPERATORS) or re.search(listed, OPERATORS, re.MULTILINE)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_is_explained_by_the_command_itself(words: tuple[str, ...]) -> None:
    command = COMMANDS[words]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help or parameter.opts[0] in DOCS, parameter.opts


def test_every_setting_is_described_and_none_that_is_not_read() -> None:
    described = set(re.findall(r"QUERY_ROOM_[A-Z_]*[A-Z]", OPERATORS))
    assert described == settings_read()


def test_every_route_of_the_api_is_described(routes: set[str]) -> None:
    described = {shape(path) for path in re.findall(r"`(?:GET|POST) (/api/v1/[^`]*)`", API)}
    assert described == {shape(rule) for rule in routes if rule.startswith("/api/")}


def test_every_page_of_the_room_is_described(routes: set[str]) -> None:
    section = OPERATORS.partition("## Addresses")[2].partition("\n## ")[0]
    described = {shape(path) for path in re.findall(r"`(/[^`]*)`", section)}
    assert described == {shape(rule) for rule in routes if not rule.startswith("/api/")}


@pytest.mark.parametrize("code", sorted(error_codes()))
def test_every_error_code_is_described(code: str) -> None:
    assert f"`{code}" in DOCS


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_why_a_file_gave_no_text_is_described(reason: Reason) -> None:
    assert f"`{reason.value}`" in (ROOT / "docs" / "archivists.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_shown_can_be_typed(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for line in shell_lines(page.read_text("utf-8")):
        program, *arguments = shlex.split(line, comments=True)
        if program == "make":
            assert set(arguments) <= targets, line
        elif program == "query-room":
            words, command = command_of(arguments)
            options = {name for each in command.params for name in each.opts}
            used = {each.strip("[]") for each in arguments if each.lstrip("[").startswith("--")}
            assert used <= options, (words, line)


def command_of(arguments: list[str]) -> tuple[tuple[str, ...], click.Command]:
    for length in (2, 1):
        words = tuple(arguments[:length])
        if words in COMMANDS:
            return words, COMMANDS[words]
    raise AssertionError(arguments)
