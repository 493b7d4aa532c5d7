"""When a file is read again, and when what is known of it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.extraction import Reason
from indexer.importing.quarantine import MARKED_MEMBER
from indexer.repositories.failures import RETRY
from indexer.repositories.files import CATALOGUE_SECRET, ContentState, PathState

if TYPE_CHECKING:
    from indexer.importing.walk import FoundFile
    from indexer.records import FileHash
    from indexer.repositories.files import ContentRow, PathRow

BAD_ROW: Final = "bad_row"
"""Reason of a path that only an unusable catalogue row names."""

MAX_TRIES: Final = 3
"""How often a content that ran out of time or memory is tried, one batch after another."""

_MAY_PASS: Final = frozenset({Reason.TIMEOUT, Reason.MEMORY, Reason.INTERNAL})
# Cheap to try again, and a newer version of this program or a mended catalogue may get further.
_TRY_AGAIN: Final = frozenset(
    {Reason.UNREADABLE, Reason.UNSUPPORTED, Reason.NEEDS_TOOL, BAD_ROW, RETRY}
)
RETRIED_WHEN_TOLD: Final = tuple(
    each
    for each in Reason
    if each not in _TRY_AGAIN - {Reason.NEEDS_TOOL} and each is not Reason.QUARANTINED
)
"""Reasons that do not pass by themselves, and that of which somebody knows when it has passed. What
is quarantined needs a clearance, by name."""


def is_same(row: PathRow, file: FoundFile) -> bool:
    """Whether a file looks as it did when its path was noted."""
    return (row.size, row.modified_ns) == (file.size, file.modified_ns)


def must_read(
    row: PathRow,
    file: FoundFile,
    *,
    batch_number: int,
    cleared: frozenset[FileHash],
    is_secret: bool,
) -> bool:
    """Whether a batch reads a known path again.

    Args:
        row: What is known.
        file: What is there.
        batch_number: The batch; what it has settled before it was cut short stays settled.
        cleared: Contents that a reviewer has cleared.
        is_secret: The catalogue calls the file a state secret now.
    """
    if row.state in {PathState.FOUND, PathState.MISSING} or not is_same(row, file):
        return True
    if is_secret:
        return row.reason != CATALOGUE_SECRET
    if row.state is PathState.QUARANTINED:
        return row.reason != Reason.QUARANTINED or row.file_hash in cleared
    if row.state is PathState.READ:
        return row.reason == RETRY
    if row.state is PathState.FAILED and row.batch_number != batch_number:
        return _is_worth_trying(row.reason, row.tries)
    return False


def must_extract(
    content: ContentRow,
    row: PathRow,
    *,
    cleared: frozenset[FileHash],
    catalogued_secret: frozenset[FileHash],
) -> bool:
    """Whether the content met at a path is extracted, first or again.

    Args:
        content: What is known of it.
        row: The path.
        cleared: Contents that a reviewer has cleared of a marking.
        catalogued_secret: Contents that a catalogue calls a state secret at some path.
    """
    match content.state:
        case ContentState.STORED:
            return True
        case ContentState.EXTRACTED:
            return content.reason == RETRY
        case ContentState.OPENED:
            return False
        case ContentState.FAILED:
            return _is_worth_trying(content.reason, row.tries)
        case ContentState.QUARANTINED if content.reason == CATALOGUE_SECRET:
            return content.file_hash not in catalogued_secret
        case ContentState.QUARANTINED:
            # Whoever asks has found that nothing it holds is quarantined any more.
            return content.file_hash in cleared or content.reason == MARKED_MEMBER


def _is_worth_trying(reason: str, tries: int) -> bool:
    return reason in _TRY_AGAIN or (reason in _MAY_PASS and tries < MAX_TRIES)
