"""The files that catalogue rows name, found among those of the folder.

A catalogue was often made on another machine: folders are parted by backslashes, a drive stands
before the path, the suffix is left out, letters are full width, names are decomposed or in GBK.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from indexer.storage.names import key_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_DRIVE: Final = re.compile(r"(?:[A-Za-z]:|//[^/]+)/")
_DASHES: Final = str.maketrans(dict.fromkeys("－—–‐‑‒―−﹣", "-"))
_DOTS: Final = str.maketrans(dict.fromkeys("•・‧∙⋅●", "·"))


class Places:
    """Finds the files that rows name.

    Args:
        folder: The folder that is imported.
        base: The catalogue's own folder, which paths are relative to; else they are tried from
            ``folder``.
        paths: Keys of the files of the folder.
    """

    def __init__(self, folder: Path, base: Path, paths: Sequence[str]) -> None:
        self._folder = folder
        self._bases = tuple(dict.fromkeys((base, folder)))
        self._known = {path: path for path in paths}
        # A catalogue and a disk may spell one name differently: decomposed, or in GBK.
        for path in paths:
            if not path.isascii() or "\\x" in path:
                self._known.setdefault(unicodedata.normalize("NFC", shown(path)), path)
        self._by_name: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._by_stem: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._folders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for path in paths:
            parts = loosened_parts(shown(path))
            self._by_name[parts[-1]].append((parts[:-1], path))
            self._by_stem[_stem(parts[-1])].append((parts[:-1], path))
            self._folders[parts[:-1]].append(path)
        self._above = {
            name[:length] for name in self._folders for length in range(1, len(name) + 1)
        }

    def find(self, named: str, in_folder: str = "") -> tuple[str, ...]:
        """The paths of the files that a name may mean: one, none, or several to choose from.

        Args:
            named: As the row names it.
            in_folder: The folder that the row names, or ``""``.
        """
        for each in _with_folder(named, in_folder):
            for base in self._bases:
                relative = self._relative(base, each)
                found = relative is not None and (
                    self._known.get(relative)
                    or self._known.get(unicodedata.normalize("NFC", relative))
                )
                if found:
                    return (found,)
        if self.is_outside(named):
            return ()
        for each in _with_folder(named, in_folder):
            found_loosely = self._loosely(_without_drive(each))
            if found_loosely:
                return found_loosely
        return ()

    def within(self, named: str) -> tuple[str, ...]:
        """The files of a folder that a row names, and of the folders below it."""
        parts = loosened_parts(_without_drive(named))
        # Of a path from another machine, as much of its end counts as is here.
        ends = (
            range(len(parts))
            if _DRIVE.match(named.replace("\\", "/"))
            else range(min(1, len(parts)))
        )
        for start in ends:
            wanted = parts[start:]
            candidates = [name for name in self._above if name[-len(wanted) :] == wanted]
            top = min(map(len, candidates), default=0)
            tops = [name for name in candidates if len(name) == top]
            if len(tops) == 1:
                return tuple(
                    path
                    for name, paths in self._folders.items()
                    if name[:top] == tops[0]
                    for path in paths
                )
            if tops:
                break
        return ()

    def is_outside(self, named: str) -> bool:
        """Whether a name leads out of the folder, from wherever it is followed."""
        plain = named.replace("\\", "/")
        if _DRIVE.match(plain):
            return False  # of another machine: it says nothing here
        return all(self._relative(base, named) is None for base in self._bases)

    def keys(self, named: str) -> tuple[str, ...]:
        """Where a name may lead within the folder, whether or not anything is there."""
        found = (self._relative(base, named) for base in self._bases)
        return tuple(each for each in found if each is not None)

    def _relative(self, base: Path, named: str) -> str | None:
        """Where a name leads within the folder, or ``None`` if it leads out of it."""
        try:
            # Catalogues made on Windows part folders by backslashes.
            path = (base / named.replace("\\", "/")).resolve()
            return key_of(path.relative_to(self._folder))
        except (ValueError, OSError):  # outside; too long for any file system
            return None

    def _loosely(self, named: str) -> tuple[str, ...]:
        """Files whose name is the same but for spelling, with as many of its folders as match.

        Folders that are named otherwise are others: those of one path must be the end of the
        other's, or the folders that are named must all be there, in this order.
        """
        parts = loosened_parts(named)
        if not parts:
            return ()
        *folders, name = parts
        candidates = self._by_name.get(name) or self._by_stem.get(name) or []
        if not candidates:
            return ()
        ranked = [
            (common, path)
            for above, path in candidates
            for common in [_in_common(tuple(folders), above)]
            if common == len(above) or _in_order(tuple(folders), above)
        ]
        best = max((common for common, _ in ranked), default=0)
        return tuple(path for common, path in ranked if common == best)


def loosened(name: str) -> str:
    """A name in one spelling: half width, lower case, one kind of dash and dot, no white space."""
    plain = "".join(unicodedata.normalize("NFKC", name.translate(_DASHES)).split()).casefold()
    return plain.translate(_DASHES).translate(_DOTS)


def loosened_parts(path: str) -> tuple[str, ...]:
    """The folders and the name of a path, each in one spelling."""
    parts = (loosened(part) for part in path.replace("\\", "/").split("/"))
    return tuple(part for part in parts if part not in {"", "."})


def natural(path: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts ``2.tif`` before ``10.tif``."""
    return tuple(_natural_parts(path))


def _natural_parts(path: str) -> Iterator[tuple[int, int, str]]:
    for part in re.findall(r"\d+|\D+", shown(path).casefold()):
        yield (0, int(part), "") if part.isdecimal() and len(part) < 19 else (1, 0, part)  # noqa: PLR2004


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _without_drive(named: str) -> str:
    return _DRIVE.sub("", named.replace("\\", "/"), count=1)


def _with_folder(named: str, in_folder: str) -> tuple[str, ...]:
    return (f"{in_folder}/{named}", named) if in_folder else (named,)


def _in_order(named: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether every named folder is met on the way, in its order."""
    way = iter(found)
    return all(folder in way for folder in named)


def _in_common(named: tuple[str, ...], found: tuple[str, ...]) -> int:
    """How many folders before the name are the same, from the name upwards."""
    count = 0
    for one, other in zip(reversed(named), reversed(found), strict=False):
        if one != other:
            break
        count += 1
    return count
