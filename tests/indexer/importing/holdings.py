"""What lies in a folder, as tests write it: files that hold no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.importing.looking import Holdings
from indexer.importing.walk import FoundFile

if TYPE_CHECKING:
    from collections.abc import Sequence


def holdings_of(paths: Sequence[str]) -> Holdings:
    """Files of these names."""
    return Holdings(files=tuple(FoundFile(path=path, size=1, modified_ns=0) for path in paths))
