"""What part of a folder a batch looks at: all of it, or what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Scope:
    """Some paths below a folder, each standing for itself and for whatever lies below it.

    Attributes:
        paths: Keys (see :mod:`indexer.storage.names`) relative to the folder.
    """

    paths: frozenset[str]

    def covers(self, path: str) -> bool:
        """Whether a path is one of these, or lies below one."""
        if path in self.paths:
            return True
        return any(str(parent) in self.paths for parent in PurePosixPath(path).parents)

    def widened(self, paths: Iterable[str]) -> Scope:
        """This and more."""
        return Scope(self.paths.union(paths))

    def outermost(self) -> list[str]:
        """The paths that lie below no other of them, in order: each is looked at once."""
        return [
            path
            for path in sorted(self.paths)
            if not any(str(parent) in self.paths for parent in PurePosixPath(path).parents)
        ]
