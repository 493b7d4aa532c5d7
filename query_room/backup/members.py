"""Names inside a backup. A name that is none of these is refused, whatever it would lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from urllib.parse import quote, unquote

from indexer.records import FileHash
from query_room.errors import BackupDamagedError


class MemberKind(IntEnum):
    """Kinds of members, in the order in which they stand."""

    FORMAT = 0
    ROWS = 1
    SETTINGS = 2
    ORIGINAL = 3
    TEXT = 4
    WORDS = 5
    SUMS = 6
    MANIFEST = 7


_MEBIBYTE: Final = 1 << 20
MAX_BYTES: Final = {
    MemberKind.FORMAT: _MEBIBYTE,
    MemberKind.ROWS: 512 * _MEBIBYTE,
    MemberKind.SETTINGS: _MEBIBYTE,
    MemberKind.TEXT: 1024 * _MEBIBYTE,
    MemberKind.WORDS: 1024 * _MEBIBYTE,
    MemberKind.MANIFEST: 64 * _MEBIBYTE,
}
"""Of members that are read into memory; the others are streamed."""

FORMAT_NAME: Final = "format.json"
SETTINGS_NAME: Final = "settings.json"
SUMS_NAME: Final = "SHA256SUMS"
MANIFEST_NAME: Final = "manifest.json"

_FIXED: Final = {
    FORMAT_NAME: MemberKind.FORMAT,
    SETTINGS_NAME: MemberKind.SETTINGS,
    SUMS_NAME: MemberKind.SUMS,
    MANIFEST_NAME: MemberKind.MANIFEST,
}
_ROWS: Final = re.compile(r"database/(?P<subject>[a-z_]{1,60})/(?P<detail>[0-9]{6})\.jsonl")
_ORIGINAL: Final = re.compile(
    r"originals/(?P<shard>[0-9a-f]{2})/(?P<subject>(?P=shard)[0-9a-f]{62})"
)
_TEXT: Final = re.compile(
    r"texts/(?P<subject>[0-9a-f]{64})/(?P<detail>[A-Za-z0-9%._~-]{1,90})\.json"
)
_WORDS: Final = re.compile(
    r"words/(?P<subject>[0-9a-f]{64})/(?P<detail>[A-Za-z0-9%._~-]{1,90})\.json"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberName:
    """A name, understood.

    Attributes:
        text: The name. kind: Of what.
        subject: Table or file hash, else ``""``. detail: Number of the piece or extractor.
    """

    text: str
    kind: MemberKind
    subject: str = ""
    detail: str = ""

    @property
    def file_hash(self) -> FileHash:
        """Whose original, text or words it is."""
        return FileHash(self.subject)

    @property
    def extractor(self) -> str:
        """Which extractor made the text."""
        return unquote(self.detail)


def rows_name(table: str, number: int) -> str:
    """The name of a piece of a table; pieces count from 1."""
    return f"database/{table}/{number:06d}.jsonl"


def original_name(file_hash: FileHash) -> str:
    """The name of an original."""
    return f"originals/{file_hash[:2]}/{file_hash}"


def text_name(file_hash: FileHash, extractor: str) -> str:
    """The name of a text."""
    return f"texts/{file_hash}/{quote(extractor, safe='')}.json"


def words_name(file_hash: FileHash, extractor: str) -> str:
    """The name of the words of a text."""
    return f"words/{file_hash}/{quote(extractor, safe='')}.json"


def parse_name(text: str) -> MemberName:
    """The name, understood.

    Raises:
        BackupDamagedError: No backup of ours has such a member.
    """
    if text in _FIXED:
        return MemberName(text=text, kind=_FIXED[text])
    for pattern, kind in (
        (_ROWS, MemberKind.ROWS),
        (_ORIGINAL, MemberKind.ORIGINAL),
        (_TEXT, MemberKind.TEXT),
        (_WORDS, MemberKind.WORDS),
    ):
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            return MemberName(
                text=text, kind=kind, subject=found["subject"], detail=found.get("detail", "")
            )
    raise BackupDamagedError("foreign_member", text)
