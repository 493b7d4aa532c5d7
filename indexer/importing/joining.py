"""The steps by which rows and files come together, one ground after another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from indexer.catalogue import BadRow
from indexer.importing.codes_in_names import IMAGES, code_in, is_long_enough, tokens_of
from indexer.importing.places import Places, loosened, loosened_parts, natural
from indexer.records import FileRole
from indexer.storage.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from indexer.catalogue import CatalogueRow
    from indexer.catalogue.manifest import Catalogue
    from indexer.importing.codes_in_names import Tokens


class Ground(StrEnum):
    """Why a row and its files belong together."""

    PATH = "path"  # the row names them
    CODE = "code"  # its 档号 stands in their names or folders
    NAME = "name"  # they are called as its document number or title
    ORDER = "order"  # they have the same place in their folder, as a profile says


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A row and its files."""

    sheet: str
    number: int
    ground: Ground
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """Rows and files of which more than one could be meant.

    Attributes:
        ground: What they have in common. rows: Sheets and numbers. paths: Candidates.
    """

    ground: Ground
    rows: tuple[tuple[str, int], ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnevenFolder:
    """A folder whose rows and files are not as many, and so were not joined by their order."""

    folder: str
    rows: int
    files: int


@dataclass(slots=True)
class FoundRow:
    """A row on its way to a record.

    Attributes:
        row: As far as it could be read. problem: Why it cannot be used.
        files: What it was joined to, with roles.
        claims: Files that may be its own besides: kept back if it cannot be used.
    """

    row: CatalogueRow
    problem: BadRow | None = None
    files: list[tuple[str, FileRole]] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it names no file and has none yet."""
        return not (self.files or self.claims or self.row.files or self.row.folder)


class Joining:
    """Brings the rows of a catalogue and the files of a folder together.

    Args:
        folder: What is imported. base: What paths of the catalogue are relative to.
        catalogue: Its rows. paths: Keys of the files.
        inner: Of these, opened archives and what is attached to others: found by path and 档号
            alone, since they do not stand for themselves.
    """

    def __init__(
        self,
        folder: Path,
        base: Path,
        catalogue: Catalogue,
        paths: Sequence[str],
        *,
        inner: frozenset[str] = frozenset(),
    ) -> None:
        problems = {(each.row.sheet, each.row.number): each.problem for each in catalogue.unusable}
        self.rows = [
            FoundRow(row=row, problem=problems.get((row.sheet, row.number)))
            for row in catalogue.in_order
        ]
        self.matches: list[Match] = []
        self.ambiguous: list[Ambiguity] = []
        self.uneven: list[UnevenFolder] = []
        self._paths = paths
        self._inner = inner
        self._taken: set[str] = set()
        places = Places(folder, base, paths)
        for found in self.rows:
            self._by_path(found, places)
        self._by_code()
        self._by_name()
        if catalogue.rules.join_by_order:
            self._by_order()
        self._claims = {
            (found.row.sheet, found.row.number): [path for path, _ in found.files] + found.claims
            for found in self.rows
        }

    def claimed_by(self, row: BadRow | CatalogueRow) -> list[str]:
        """The files that belong, or may belong, to a row."""
        return self._claims.get((row.sheet, row.number), [])

    def _by_path(self, found: FoundRow, places: Places) -> None:
        row = found.row
        for file in row.files:
            paths = places.find(file.path, row.folder)
            if len(paths) == 1:
                role = FileRole.ATTACHMENT if file.is_attachment else FileRole.TEXT
                if paths[0] not in {path for path, _ in found.files}:
                    found.files.append((paths[0], role))
                continue
            found.claims += paths
            word = "file_ambiguous" if paths else "file_missing"
            if not paths and places.is_outside(file.path):
                word = "outside_folder"
            found.problem = found.problem or BadRow(
                number=row.number, problem=word, value=file.path
            )
        if row.folder and not row.files:
            inside = places.within(row.folder)
            if inside:
                found.files = _in_roles(inside)
            else:
                found.problem = found.problem or BadRow(
                    number=row.number, problem="file_missing", value=row.folder
                )
        self._take(found, Ground.PATH)

    def _by_code(self) -> None:
        rows: defaultdict[Tokens, list[FoundRow]] = defaultdict(list)
        for found in self.rows:
            code = tokens_of(found.row.texts.get("archival_code", ""))
            if is_long_enough(code):
                rows[code].append(found)
        met: defaultdict[Tokens, list[tuple[int, str]]] = defaultdict(list)
        for path in self._free():
            hit = code_in(path, rows) if rows else None
            if hit is not None:
                met[hit.tokens].append((hit.page, path))
        for code, files in met.items():
            paths = [
                path for _, path in sorted(files, key=lambda each: (each[0], natural(each[1])))
            ]
            waiting = [found for found in rows[code] if found.is_open]
            if len(rows[code]) > 1:
                self._leave_apart(Ground.CODE, waiting or rows[code], paths)
            elif waiting:
                waiting[0].files = _in_roles(paths)
                self._take(waiting[0], Ground.CODE)

    def _by_name(self) -> None:
        waiting = [found for found in self.rows if found.is_open]
        rows: defaultdict[str, list[FoundRow]] = defaultdict(list)
        for found in waiting:
            texts = found.row.texts
            names = {_letters(texts.get(each, "")) for each in ("document_number", "title")}
            for name in names - {""}:
                rows[name].append(found)
        met: defaultdict[str, list[str]] = defaultdict(list)
        for path in self._standing():
            name = _letters(PurePosixPath(shown(path)).stem)
            if name in rows:
                met[name].append(path)
        claims: defaultdict[int, set[str]] = defaultdict(set)
        for name, paths in met.items():
            for found in rows[name]:
                claims[id(found)].update(paths)
        for name, paths in met.items():
            several = [found for found in rows[name] if found.is_open]
            if not several:
                continue
            if len(rows[name]) > 1 or len(paths) > 1 or len(claims[id(several[0])]) > 1:
                self._leave_apart(Ground.NAME, rows[name], paths)
            else:
                several[0].files = _in_roles(paths)
                self._take(several[0], Ground.NAME)

    def _by_order(self) -> None:
        """Rows and files that are left over, folder by folder, where they are as many."""
        files: defaultdict[str, list[str]] = defaultdict(list)
        for path in self._standing():
            files[str(PurePosixPath(path).parent)].append(path)
        rows: defaultdict[str, list[FoundRow]] = defaultdict(list)
        for found in self.rows:
            if found.is_open:
                rows[self._folder_of(found.row, files)].append(found)
        for folder, waiting in rows.items():
            paths = sorted(files.get(folder, ()), key=natural)
            if len(paths) != len(waiting):
                self.uneven.append(
                    UnevenFolder(folder=shown(folder), rows=len(waiting), files=len(paths))
                )
                continue
            for found, path in zip(waiting, paths, strict=True):
                found.files = _in_roles([path])
                self._take(found, Ground.ORDER)

    def _folder_of(self, row: CatalogueRow, files: Iterable[str]) -> str:
        """The folder in which a row's file would stand: the only one, or that of its volume."""
        folders = list(files)
        if len(folders) == 1:
            return folders[0]
        for word in (row.place.volume, row.sheet, row.place.year):
            named = [
                each for each in folders if word and loosened_parts(each)[-1:] == (loosened(word),)
            ]
            if len(named) == 1:
                return named[0]
        return "."

    def _leave_apart(self, ground: Ground, rows: list[FoundRow], paths: Sequence[str]) -> None:
        known = {path for each in self.ambiguous for path in each.paths}
        if known.issuperset(paths):
            return
        self.ambiguous.append(
            Ambiguity(
                ground=ground,
                rows=tuple((found.row.sheet, found.row.number) for found in rows),
                paths=tuple(paths),
            )
        )
        for found in rows:
            found.claims += paths

    def _take(self, found: FoundRow, ground: Ground) -> None:
        if not found.files:
            return
        paths = tuple(path for path, _ in found.files)
        self._taken.update(paths)
        if found.problem is None:
            self.matches.append(
                Match(sheet=found.row.sheet, number=found.row.number, ground=ground, paths=paths)
            )

    def _standing(self) -> list[str]:
        return [path for path in self._free() if path not in self._inner]

    def _free(self) -> list[str]:
        return [path for path in self._paths if path not in self._taken]


def _in_roles(paths: Sequence[str]) -> list[tuple[str, FileRole]]:
    """Files of one record, ordered: its text, its page images, its attachments."""
    is_series = len(paths) > 1
    roles = [(path, _role(path, is_series=is_series)) for path in paths]
    order = (FileRole.TEXT, FileRole.PAGE_IMAGE, FileRole.ATTACHMENT)
    return sorted(roles, key=lambda each: order.index(each[1]))


def _role(path: str, *, is_series: bool) -> FileRole:
    name = PurePosixPath(shown(path))
    if "附件" in name.stem or any("附件" in part for part in name.parts[:-1]):
        return FileRole.ATTACHMENT
    if is_series and name.suffix.lower() in IMAGES:
        return FileRole.PAGE_IMAGE
    return FileRole.TEXT


def _letters(text: str) -> str:
    """The words of a title or number, without marks and spaces."""
    return "".join(tokens_of(text))
