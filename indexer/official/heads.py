"""What stands above the title: 份号, 紧急程度, 签发人, and which form the paper has.

Source: GB/T 9704-2012 7.2.1, 7.2.3, 7.2.6, 10.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.official import Form
from indexer.official.lines import closed_up
from indexer.official.titles import genre_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOP_LINES: Final = 20
_COPY_LINES: Final = 3
_MAX_SIGNERS: Final = 8
_COLUMNS: Final = re.compile(r"[ 　]{3,}|\t|\|")
# Six digits, padded: a page number, a year with its month or a telephone number begins otherwise.
_COPY: Final = re.compile(r"0\d{5}")
_LABELLED_COPY: Final = re.compile(r"(?:份\s{0,4}[号號]|[Nn][Oo]\.?)\s{0,4}[:：]?\s{0,4}(\d{1,8})")
_URGENCY: Final = re.compile(
    r"(?:紧急程度|緊急程度)?\s{0,4}[:：]?\s{0,4}(?P<word>特\s{0,4}急|加\s{0,4}急|平\s{0,4}急|特\s{0,4}提)\s{0,4}件?"
)
_SIGNER: Final = re.compile(
    r"(?:签|簽)\s{0,4}(?:发|發)\s{0,4}人\s{0,4}[:：]\s{0,4}(?P<names>\S.{0,60})$"
)
_NAME: Final = re.compile(r"[㐀-鿿·]{2,4}|[㐀-鿿]{2,8}·[㐀-鿿]{2,8}")
_SPREAD: Final = re.compile(r"(?<![㐀-鿿])([㐀-鿿])[ 　]{1,4}([㐀-鿿])(?![㐀-鿿])")


def copy_number_of(lines: Sequence[str]) -> str:
    """份号 among the first lines, or ``""``."""
    for line in lines[:_COPY_LINES]:
        for part in _COLUMNS.split(line):
            label = _LABELLED_COPY.fullmatch(part.strip())
            if label:
                return label[1]
            if _COPY.fullmatch(part.strip()):
                return part.strip()
    return ""


def urgency_of(lines: Sequence[str]) -> str:
    """特急, 加急, 平急 or 特提 standing by itself near the top, or ``""``."""
    for line in lines[:_TOP_LINES]:
        for part in _COLUMNS.split(line):
            match = _URGENCY.fullmatch(part.strip())
            if match:
                return closed_up(match["word"])
    return ""


def signers_of(lines: Sequence[str]) -> tuple[str, ...]:
    """签发人 beside the number; of a joint paper every one, the rest on lines of their own."""
    top = lines[:_TOP_LINES]
    for at, line in enumerate(top):
        match = _SIGNER.search(line)
        if match is None:
            continue
        names = _names(match["names"])
        if names:
            for further in top[at + 1 :]:
                more = _names(further)
                if not more or genre_of(closed_up(further)):
                    break
                names += more
        return tuple(names[:_MAX_SIGNERS])
    return ()


def is_of_signers(line: str, signers: Sequence[str]) -> bool:
    """Whether a line below the number names signers only."""
    names = _names(line)
    return bool(names) and set(names) <= set(signers)


def form_of(document_number: str, genre: str) -> Form | None:
    """The special form of a paper, by its number and genre."""
    prefix = re.split(r"[〔﹝\[［(（【〖第]", document_number, maxsplit=1)[0]
    if genre == "纪要" or prefix.endswith(("纪要", "纪")):
        return Form.MINUTES
    if genre in {"令", "命令"} or prefix.endswith("令"):
        return Form.ORDER
    if genre in {"函", "复函"} or prefix.endswith("函"):
        return Form.LETTER
    return None


def _names(text: str) -> list[str]:
    """Names that a text holds and nothing else; a name of two characters is spread to three."""
    parts = re.split(r"[ 　\t、，,]+", _SPREAD.sub(r"\1\2", text.strip()))
    names = [part for part in parts if part]
    return names if names and all(map(_NAME.fullmatch, names)) else []
