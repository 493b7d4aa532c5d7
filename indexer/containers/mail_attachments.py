"""What is attached to mail (EML) and to web pages saved as mail (MHTML)."""

from __future__ import annotations

from email import policy
from email.header import decode_header
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any, Final

from indexer.containers import Contents, RawMember
from indexer.containers.blocks import of_bytes
from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

    from indexer.containers.budget import Workplace

_MAX_DEPTH: Final = 20
_MAX_NAME: Final = 1_000
_WITHIN_PAGE: Final = "multipart/related"


class _AsWritten(policy.Compat32):
    """Headers as they are written: every other way loses names that break its rules."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 - asked for
        """The value, bytes that are no ASCII as surrogates."""
        return value


def read_mail(path: Path, _: Workplace) -> Contents:
    """The attachments of a message, and of messages within it, which are read where they stand.

    What a page needs to be shown (pictures, styles) is no attachment, unless it is called one.

    Raises:
        ExtractionError: It is no mail, or mails are nested beyond any use.
    """
    try:
        with path.open("rb") as file:
            message = BytesParser(policy=_AsWritten()).parse(file)
        return Contents(members=tuple(_attachments(message, "", 0)))
    except (ExtractionError, MemoryError, OSError):
        raise
    except Exception as error:
        raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error


def _attachments(part: Message[Any, Any], around: str, depth: int) -> Iterator[RawMember]:
    if depth > _MAX_DEPTH:
        raise ExtractionError(Reason.DAMAGED, "nested too deeply")
    if part.is_multipart():
        kind = part.get_content_type()
        children: list[Message[Any, Any]] = part.get_payload()  # type: ignore[assignment]
        for child in children:
            yield from _attachments(child, kind, depth + 1)
        return
    name = _name_of(part)
    is_called_one = part.get_content_disposition() == "attachment"
    if is_called_one or (name and around != _WITHIN_PAGE):
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield RawMember(
                name=name or f"附件{_suffix(part)}", size=len(content), blocks=of_bytes(content)
            )


def _name_of(part: Message[Any, Any]) -> bytes | str:
    """Its name: RFC 2231, RFC 2047 where it has no place but often stands, or bare bytes."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        value = part.get_param(parameter, header=header)
        if not value:
            continue
        if isinstance(value, tuple):
            return _rfc_2231(value)
        text = value[:_MAX_NAME].strip()
        if "=?" in text:
            return _rfc_2047(text)
        # Bytes that are no ASCII were kept aside as surrogates.
        return text if text.isascii() else text.encode("utf-8", "surrogateescape")
    return ""


def _rfc_2231(value: tuple[str | None, str | None, str]) -> bytes | str:
    encoding, _, text = value
    content = text[:_MAX_NAME].encode("latin-1", "replace")
    try:
        return content.decode("gb18030" if _is_chinese(encoding) else encoding or "ascii")
    except (UnicodeDecodeError, LookupError):
        return content


def _rfc_2047(text: str) -> bytes | str:
    parts: list[bytes] = []
    encodings: set[str] = set()
    try:
        # A character may be cut in two between words: bytes are joined first.
        for content, encoding in decode_header(text):
            parts.append(content.encode("utf-8") if isinstance(content, str) else content)
            if encoding:
                encodings.add("gb18030" if _is_chinese(encoding) else encoding)
        whole = b"".join(parts)
        return whole.decode(encodings.pop()) if len(encodings) == 1 else whole
    except (UnicodeDecodeError, LookupError):
        return b"".join(parts)
    except ValueError:
        return text


def _is_chinese(encoding: str | None) -> bool:
    return (encoding or "").lower() in {"gb2312", "gbk", "x-gbk", "gb_2312-80", "euc-cn"}


def _suffix(part: Message[Any, Any]) -> str:
    subtype = part.get_content_subtype()
    return f".{subtype}" if subtype.isalnum() and len(subtype) <= len("xhtml") else ""
