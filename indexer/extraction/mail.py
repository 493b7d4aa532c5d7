"""Mail and saved web pages (EML, MHTML): who, when, what about, the text, names of attachments."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.encoding import decode
from indexer.extraction.html import decoded_page, text_of_page
from indexer.extraction.page_text import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import MIMEPart
    from pathlib import Path

    _Part = MIMEPart[Any, Any]

_HEADERS: Final = (
    ("subject", "主题"),
    ("from", "发件人"),
    ("to", "收件人"),
    ("cc", "抄送"),
    ("date", "日期"),
)
_MAX_DEPTH: Final = 20
_MAX_HEADER: Final = 10_000
_MAX_PARSED: Final = 100_000


class MailExtractor:
    """Reads EML and MHTML."""

    name: Final = "mail/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page: the headers that people see, the text, then the names of the attachments.

        Raises:
            ExtractionError: It is no mail, or mails are nested beyond any use.
        """
        try:
            with path.open("rb") as file:
                message = BytesParser(policy=policy.default).parse(file)
            page = page_of(line for text in _texts(message, 0) for line in text.splitlines())
        except (ExtractionError, MemoryError, OSError):
            raise
        except Exception as error:
            raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error
        yield page


def _texts(message: _Part, depth: int) -> Iterator[str]:
    if depth > _MAX_DEPTH:
        raise ExtractionError(Reason.DAMAGED, "nested too deeply")
    for name, shown in _HEADERS:
        value = _header(message, name)
        if value:
            yield f"{shown}：{value}"
    yield from _part(message, depth)


def _part(part: _Part, depth: int) -> Iterator[str]:
    if depth > _MAX_DEPTH:
        raise ExtractionError(Reason.DAMAGED, "nested too deeply")
    kind = part.get_content_type()
    children: list[_Part] = list(part.iter_parts()) if part.is_multipart() else []
    if kind == "message/rfc822":
        for child in children:
            yield from _texts(child, depth + 1)
    elif kind == "multipart/alternative" and children:
        yield from _part(_fullest(children), depth + 1)
    elif children:
        for child in children:
            yield from _part(child, depth + 1)
    else:
        yield from _leaf(part, kind)


def _leaf(part: _Part, kind: str) -> Iterator[str]:
    if part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
        name = _name(part)
        if name:
            yield f"附件：{name}"
    elif kind == "text/html":
        yield text_of_page(_decoded(part, is_page=True))
    elif kind == "text/plain":
        yield _decoded(part, is_page=False)


def _fullest(children: list[_Part]) -> _Part:
    """Of several forms of one text the last that can be read; the last is the fullest."""
    readable = [each for each in children if each.get_content_maintype() in {"text", "multipart"}]
    return (readable or children)[-1]


def _decoded(part: _Part, *, is_page: bool) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    label = part.get_content_charset("")
    try:
        return content.decode("gb18030" if label in {"gb2312", "gbk"} else label or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return decoded_page(content) if is_page else decode(content)


def _header(message: _Part, name: str) -> str:
    try:
        raw = next((raw for each, raw in message.raw_items() if each.lower() == name), "")
        if len(str(raw)) > _MAX_PARSED:
            # The library takes hours for what nobody writes.
            return " ".join(str(raw)[:_MAX_HEADER].split())
        value = str(message.get(name, ""))[:_MAX_HEADER]
        if "\N{REPLACEMENT CHARACTER}" in value:
            # Old programs wrote Chinese into headers as it was.
            value = decode(str(raw)[:_MAX_HEADER].encode("utf-8", "surrogateescape"))
        return " ".join(value.split())
    except Exception:  # noqa: BLE001 - the library stumbles over damaged addresses and dates
        return ""


def _name(part: _Part) -> str:
    try:
        return " ".join(str(part.get_filename("")).split())[:_MAX_HEADER]
    except Exception:  # noqa: BLE001 - same
        return ""
