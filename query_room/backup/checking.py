"""Look a backup through, from its first byte to its last, before anything of it is put in place."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from indexer.errors import StorageFullError
from indexer.storage.word_store import words_from_json
from query_room.backup.members import MemberKind
from query_room.backup.model import FORMAT, Format, Manifest, Progress, Stage
from query_room.backup.reading import open_backup
from query_room.errors import BackupDamagedError, RestoreRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from indexer.page_words import PageWord
    from query_room.backup.reading import Member

_Part = TypeVar("_Part", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBackup:
    """A backup that is whole.

    Attributes:
        path: Where it is. digest: SHA-256 of the file.
        manifest: What it says of itself, found to be true. settings: Of the room it was made of.
    """

    path: Path
    digest: str
    manifest: Manifest
    settings: dict[str, str]


def check(
    path: Path, data: Path, progress: Callable[[Progress], None] = lambda _: None
) -> CheckedBackup:
    """Read a backup whole and compare everything with what it says of itself.

    Args:
        path: The backup.
        data: Where it is to go: there must be room for it.
        progress: Told how far it is, in bytes.

    Raises:
        BackupDamagedError: It is no backup, or not as it was written.
        RestoreRefusedError: A newer version wrote it.
        StorageFullError: There is less space than it needs.
        StorageError: It cannot be read.
    """
    space = shutil.disk_usage(_existing(data)).free
    walk = _Walk(space)
    with open_backup(path) as backup:
        total = path.stat().st_size
        for member in backup:
            walk.take(member)
            progress(Progress(stage=Stage.CHECKING, done=backup.read_bytes, total=total))
    manifest = walk.finish()
    return CheckedBackup(path=path, digest=backup.digest, manifest=manifest, settings=walk.settings)


def rows_of(content: bytes) -> Iterator[dict[str, object]]:
    """The rows of a piece of a table.

    Raises:
        ValueError: It is not made of rows.
    """
    for line in content.splitlines():
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError  # noqa: TRY004 - what is wrong is the content
        yield row


def pages_of(content: bytes) -> list[str]:
    """The pages of a text.

    Raises:
        ValueError: It is not made of pages.
    """
    pages = json.loads(content.decode(errors="surrogatepass"))
    if not isinstance(pages, list) or not all(isinstance(page, str) for page in pages):
        raise ValueError
    return pages


def words_of(content: bytes) -> dict[int, tuple[PageWord, ...]]:
    """The words of the pages of a text.

    Raises:
        ValueError: It is not made of words.
    """
    pages = json.loads(content)
    if not isinstance(pages, dict):
        raise ValueError  # noqa: TRY004 - what is wrong is the content
    return {int(number): words_from_json(words) for number, words in pages.items()}


class _Walk:
    """What was seen so far."""

    def __init__(self, space: int) -> None:
        self._space = space
        self._sums: list[str] = []
        self._last: tuple[MemberKind, str] | None = None
        self._piece: tuple[str, int] = ("", 0)
        self._tables: list[str] = []
        self._rows: dict[str, int] = {}
        self._counts = dict.fromkeys(MemberKind, 0)
        self._unlike: list[str] = []
        self._sums_digest = ""
        self._manifest: Manifest | None = None
        self.settings: dict[str, str] = {}

    def take(self, member: Member) -> None:
        """Look at the next member."""
        name = member.name
        self._expect(member)
        # Before it is read: a small file can unfold into more than there is.
        self._space -= member.size
        if self._space < 0:
            raise StorageFullError("the backup needs more space than there is")
        self._counts[name.kind] += 1
        match name.kind:
            case MemberKind.ORIGINAL:
                digest = hashlib.sha256()
                for block in member.blocks():
                    digest.update(block)
                if digest.hexdigest() != name.file_hash:
                    self._unlike.append(name.file_hash)
                self._sums.append(f"{digest.hexdigest()}  {name.text}\n")
            case MemberKind.SUMS:
                self._sums_digest = self._compare_sums(member)
            case MemberKind.MANIFEST:
                self._manifest = _parsed(Manifest, member.content(), name.text)
            case _:
                content = member.content()
                self._sums.append(f"{hashlib.sha256(content).hexdigest()}  {name.text}\n")
                self._look_into(member, content)

    def finish(self) -> Manifest:
        """The manifest, if everything is as it says."""
        manifest = self._manifest
        if manifest is None:
            raise BackupDamagedError("cut_short")
        found = (
            self._sums_digest,
            self._counts[MemberKind.ORIGINAL],
            self._counts[MemberKind.TEXT],
            self._counts[MemberKind.WORDS],
            self._rows,
            frozenset(self._unlike),
        )
        said = (
            manifest.sums,
            manifest.originals,
            manifest.texts,
            manifest.words,
            {name: table.rows for name, table in manifest.tables.items() if table.rows},
            manifest.damaged_originals,
        )
        if found != said:
            raise BackupDamagedError("manifest_differs")
        return manifest

    def _expect(self, member: Member) -> None:
        """Refuse what does not follow what came before."""
        name = member.name
        place = (name.kind, name.text)
        if self._last is None and name.kind is not MemberKind.FORMAT:
            raise BackupDamagedError("no_backup")
        if self._last is not None:
            if name.kind is MemberKind.ROWS:
                follows = self._last[0] <= MemberKind.ROWS and self._is_next_piece(member)
            else:
                follows = self._last < place and self._last[0] is not MemberKind.MANIFEST
            if not follows:
                raise BackupDamagedError("foreign_member", name.text)
        self._last = place

    def _is_next_piece(self, member: Member) -> bool:
        table, number = member.name.subject, int(member.name.detail)
        last_table, last_number = self._piece
        self._piece = (table, number)
        if table == last_table:
            return number == last_number + 1
        is_new = table not in self._tables
        self._tables.append(table)
        return is_new and number == 1

    def _look_into(self, member: Member, content: bytes) -> None:
        name = member.name
        try:
            match name.kind:
                case MemberKind.FORMAT:
                    made = _parsed(Format, content, name.text)
                    if made.format > FORMAT:
                        raise RestoreRefusedError("newer_format", made.product)
                case MemberKind.SETTINGS:
                    self.settings = _strings(json.loads(content))
                case MemberKind.ROWS:
                    count = sum(1 for _ in rows_of(content))
                    self._rows[name.subject] = self._rows.get(name.subject, 0) + count
                case MemberKind.TEXT:
                    pages_of(content)
                case MemberKind.WORDS:
                    words_of(content)
        except (ValueError, RecursionError) as error:
            raise BackupDamagedError("changed", name.text) from error

    def _compare_sums(self, member: Member) -> str:
        """Find the member that is not as it was written."""
        if member.size != sum(len(line) for line in self._sums):
            raise BackupDamagedError("manifest_differs")
        content = b"".join(member.blocks())
        lines = content.decode("ascii", "replace").splitlines(keepends=True)
        for said, found in zip(lines, self._sums, strict=False):
            if said != found:
                raise BackupDamagedError("changed", found.split()[1])
        return hashlib.sha256(content).hexdigest()


def _parsed(model: type[_Part], content: bytes, name: str) -> _Part:
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        raise BackupDamagedError("changed", name) from error


def _strings(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise ValueError
    return value


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
