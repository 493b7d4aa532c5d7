"""What extraction, or what is known already, makes of a path: pure functions to rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from indexer.extraction import Extracted, Failed, Outcome, Quarantined, Reason
from indexer.importing.quarantine import COPY, MARKED_MEMBER
from indexer.importing.rereading import BAD_ROW
from indexer.importing.spool import CHANGED
from indexer.official.as_json import parsed_to_json
from indexer.repositories.files import (
    CATALOGUE_SECRET,
    ContentState,
    PathOutcome,
    PathState,
    Settled,
)

if TYPE_CHECKING:
    from indexer.importing.bringing import Brought
    from indexer.records import FileHash
    from indexer.repositories.files import ContentRow, PathRow


_OF_COPIES: Final = {CATALOGUE_SECRET: COPY, MARKED_MEMBER: MARKED_MEMBER}


def after(outcome: Outcome, brought: Brought, place: int) -> Settled:
    """What an outcome makes of a path.

    Args:
        outcome: Of its content.
        brought: The path with its content.
        place: Its place among the paths with that content: all but the first share it.
    """
    match outcome:
        case Extracted():
            is_known = brought.row.file_hash == brought.file_hash
            shares = place > 0 and not is_known
            name = PathOutcome.DUPLICATE if shares else PathOutcome.INDEXED
            return _settled(brought, PathState.READ, name)
        case Failed():
            return _settled(
                brought, PathState.FAILED, PathOutcome.FAILED, outcome.reason, outcome.detail
            )
        case Quarantined():
            return _quarantined(brought, Reason.QUARANTINED, outcome.marking)


def like(content: ContentRow, brought: Brought) -> Settled:
    """What a content that is through already makes of a path."""
    match content.state:
        case ContentState.EXTRACTED if brought.row.file_hash == content.file_hash:
            return _settled(brought, PathState.READ, PathOutcome.UNCHANGED)
        case ContentState.EXTRACTED:
            return _settled(brought, PathState.READ, PathOutcome.DUPLICATE)
        case ContentState.QUARANTINED:
            reason = _OF_COPIES.get(content.reason, Reason.QUARANTINED)
            return _quarantined(brought, reason, content.marking)
        case ContentState.OPENED:
            # It was no archive when it was looked into.
            return unreadable(replace(brought, reason=Reason.UNREADABLE, problem=CHANGED))
        case _:
            return _settled(
                brought, PathState.FAILED, PathOutcome.FAILED, content.reason, content.detail
            )


def unreadable(brought: Brought) -> Settled:
    """What it makes of a path that its file could not be read.

    The hash that was read before stays: the record keeps what the archive already has of it.
    """
    return Settled(
        source_file_id=brought.row.source_file_id,
        file_hash=brought.row.file_hash,
        state=PathState.FAILED,
        outcome=PathOutcome.FAILED,
        size=brought.size,
        modified_ns=brought.modified_ns,
        reason=brought.reason,
        detail=brought.problem,
        tries=brought.row.tries + 1,
    )


def refused(row: PathRow, reason: str, detail: str) -> Settled:
    """What it makes of a path that what it lies in will not give it."""
    return Settled(
        source_file_id=row.source_file_id,
        file_hash=None,
        state=PathState.FAILED,
        outcome=PathOutcome.FAILED,
        size=row.size,
        modified_ns=row.modified_ns,
        reason=reason,
        detail=detail,
        tries=row.tries + 1,
    )


def opened(row: PathRow, file_hash: FileHash | None) -> Settled:
    """What it makes of an archive that all of its members could be told."""
    return Settled(
        source_file_id=row.source_file_id,
        file_hash=file_hash,
        state=PathState.OPENED,
        outcome=PathOutcome.OPENED,
        size=row.size,
        modified_ns=row.modified_ns,
    )


def refused_archive(brought: Brought, reason: str, detail: str) -> Settled:
    """What it makes of an archive that it could not be opened, or not whole."""
    return _settled(brought, PathState.FAILED, PathOutcome.FAILED, reason, detail)


def kept_back(row: PathRow, why: str) -> Settled:
    """What it makes of a path that only a bad row names."""
    return Settled(
        source_file_id=row.source_file_id,
        file_hash=row.file_hash,
        state=PathState.FAILED,
        outcome=PathOutcome.FAILED,
        size=row.size,
        modified_ns=row.modified_ns,
        reason=BAD_ROW,
        detail=why,
    )


def columns_of(outcome: Extracted | Failed) -> dict[str, Any]:
    """What ``stored_file`` keeps of an outcome."""
    columns = {
        "media_type": outcome.media_type,
        "extractor": "",
        "page_count": 0,
        "reason": "",
        "detail": "",
        "marking": "",
        "parsed": None,
        "unread_pages": list(outcome.unread_pages),
        "unread_count": len(outcome.unread_pages),
        "is_guarded": isinstance(outcome, Extracted) and outcome.is_guarded,
        "given_up": None,
    }
    if isinstance(outcome, Failed):
        return {
            **columns,
            "state": ContentState.FAILED,
            "reason": outcome.reason,
            "detail": outcome.detail,
        }
    return {
        **columns,
        "state": ContentState.EXTRACTED,
        "extractor": outcome.extractor,
        "page_count": outcome.page_count,
        "parsed": parsed_to_json(outcome.parsed),
    }


def _quarantined(brought: Brought, reason: str, marking: str) -> Settled:
    return _settled(brought, PathState.QUARANTINED, PathOutcome.QUARANTINED, reason, marking)


def _settled(
    brought: Brought, state: PathState, outcome: PathOutcome, reason: str = "", detail: str = ""
) -> Settled:
    return Settled(
        source_file_id=brought.row.source_file_id,
        file_hash=brought.file_hash,
        state=state,
        outcome=outcome,
        size=brought.size,
        modified_ns=brought.modified_ns,
        reason=reason,
        detail=detail,
        tries=brought.row.tries + 1 if state is PathState.FAILED else 0,
    )
