"""Letters out of templates: the room's own, or those an office put in their place."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from query_room.letters.document import ESCAPE, FilledLetter
from query_room.letters.docx import draw_docx
from query_room.letters.errors import LetterError
from query_room.letters.html import draw_html
from query_room.letters.model import LetterKind, chinese_date
from query_room.letters.samples import sample_letters

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from jinja2 import Template

    from query_room.letters.model import Letter

_MAX_TEMPLATE: Final = 64_000
_MARKS: Final = ("#", "@", ">", "-", "!", "|")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateProblem:
    """Why a template cannot be used."""

    template: str
    detail: str


class Letters:
    """Makes letters; ``folder`` holds the templates that an office has put in place of ours."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def docx(self, letter: Letter) -> bytes:
        """The letter as a document; the same letter gives the same bytes.

        Raises:
            LetterError: Its template is broken.
        """
        return draw_docx(self.fill(letter).document())

    def html(self, letter: Letter) -> str:
        """The letter as a page to print.

        Raises:
            LetterError: Its template is broken.
        """
        return draw_html(self.fill(letter).document())

    def fill(self, letter: Letter) -> FilledLetter:
        """The letter's words, by its template.

        Raises:
            LetterError: Its template is broken.
        """
        name = f"{letter.kind.value}.txt"
        try:
            text = self._template(name).render(_values(letter))
        except TemplateSyntaxError as error:
            raise LetterError(name, f"第{error.lineno}行：{error.message}") from error
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise LetterError(name, str(error)) from error
        return FilledLetter(organ=letter.letterhead.organ, text=text)

    def problems(self) -> list[TemplateProblem]:
        """What is wrong with the templates, found by filling each with sample letters."""
        found = {}
        for letter in sample_letters():
            try:
                self.docx(letter)
            except LetterError as error:
                found[error.template] = error.detail
        known = {f"{kind.value}.txt" for kind in LetterKind}
        if self._folder.is_dir():
            for path in sorted(self._folder.iterdir()):
                if path.name not in known and not path.name.startswith("."):
                    found[path.name] = "没有这个名称的文书"
        return [TemplateProblem(template=name, detail=why) for name, why in found.items()]

    def _template(self, name: str) -> Template:
        path = self._folder / name
        try:
            if path.is_file():
                if path.stat().st_size > _MAX_TEMPLATE:
                    raise LetterError(name, "文件过长")
                return _environment().from_string(path.read_text("utf-8-sig"))
        except (OSError, UnicodeError) as error:
            raise LetterError(name, "文件不能读取，或不是 UTF-8 编码") from error
        packaged = files("query_room.letters").joinpath("templates", name)
        return _environment().from_string(packaged.read_text("utf-8"))


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )  # nothing of HTML or XML here: whoever draws the document escapes
    environment.filters["日期"] = chinese_date
    return environment


def _values(letter: Letter) -> dict[str, Any]:
    """The fields of a letter for its template, each text made harmless."""
    return {field.name: _harmless(getattr(letter, field.name)) for field in fields(letter)}


def _harmless(value: Any) -> Any:  # noqa: ANN401 - whatever a letter holds
    match value:
        case str():
            return _harmless_text(value)
        case tuple():
            return [_harmless(each) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {name: _harmless(each) for name, each in asdict(value).items()}
        case _:
            day: dt.date | int | None = value
            return day


def _harmless_text(text: str) -> str:
    """A text that cannot be taken for mark-up and that XML can hold."""
    kept = "".join(
        char
        for char in text
        if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs", "Cn"}
    )
    lines = (line.strip() for line in kept.replace("|", "｜").splitlines())
    return "\n".join(f"{ESCAPE}{line}" if line.startswith(_MARKS) else line for line in lines)
