"""Why a hit is not where it was: told from the rows of the archive, never guessed from ranks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.repositories import browsing, outbox, records, withdrawals
from search_api.replaying.comparing import Fate
from search_api.replaying.model import Reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection

    from indexer.access import Viewer
    from indexer.records import Record, RecordId
    from search_api.replaying.comparing import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What happened to some records since a search.

    Attributes:
        records: As they are now; removed ones are absent.
        visible: Those that whoever asked then could see now.
        withdrawn: Those taken out. added: Those that came since. touched: Those that changed.
    """

    records: Mapping[RecordId, Record]
    visible: frozenset[RecordId]
    withdrawn: frozenset[RecordId]
    added: frozenset[RecordId]
    touched: frozenset[RecordId]


def what_happened(
    connection: Connection, ids: Collection[RecordId], viewer: Viewer, at: dt.datetime
) -> Since:
    """What happened to these records after an instant, as ``viewer`` may see them now."""
    wanted = sorted(ids)
    withdrawn = withdrawals.withdrawn_records(connection) & set(wanted)
    visible = browsing.seen(connection, browsing.visible_to(viewer, withdrawn), wanted)
    changed = outbox.changed_since(connection, wanted, at)
    return Since(
        records=records.load_records(connection, wanted),
        visible=frozenset(visible),
        withdrawn=withdrawn,
        added=frozenset(each for each, is_new in changed.items() if is_new),
        touched=frozenset(each for each, is_new in changed.items() if not is_new),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What differs between then and now besides the records themselves.

    Attributes:
        hashes: Of the records as they were shown.
        still: Records not found on the screen that match all the same.
        is_same_analysis: Whether words are cut alike; ``None`` where that is not known.
        is_read_alike: Whether the question had to be relaxed or corrected in the same way.
    """

    hashes: Mapping[RecordId, str]
    still: frozenset[RecordId] = field(default_factory=frozenset)
    is_same_analysis: bool | None = True
    is_read_alike: bool = True


def reason_of(change: Change, since: Since, now: Circumstances) -> Reason | None:
    """Why a hit is where it is now; ``None`` where it is where it was."""
    match change.fate:
        case Fate.KEPT:
            return None
        case Fate.BEYOND:
            return _what_state(change.record_id, since, now)
        case Fate.GAINED:
            return _why_gained(change.record_id, since, now)
        case Fate.LOST:
            return _why_lost(change.record_id, since, now)
        case Fate.MOVED:
            return _why_otherwise(change.record_id, since, now)


def _what_state(record_id: RecordId, since: Since, now: Circumstances) -> Reason | None:
    """What has become of a record that is compared no further; no more than the log's own pages."""
    if record_id in since.withdrawn:
        return Reason.WITHDRAWN
    if record_id not in since.records:
        return Reason.REMOVED
    is_same = since.records[record_id].content_hash == now.hashes.get(record_id)
    return None if is_same else Reason.CHANGED


def _why_gained(record_id: RecordId, since: Since, now: Circumstances) -> Reason:
    if record_id in since.added:
        return Reason.ADDED
    return Reason.CHANGED if record_id in since.touched else _what_else(now)


def _why_lost(record_id: RecordId, since: Since, now: Circumstances) -> Reason:
    if record_id in since.withdrawn:
        return Reason.WITHDRAWN
    if record_id not in since.records:
        return Reason.REMOVED
    if record_id not in since.visible:
        return Reason.RESTRICTED
    if record_id in now.still:
        return Reason.OUTRANKED
    return _why_otherwise(record_id, since, now)


def _why_otherwise(record_id: RecordId, since: Since, now: Circumstances) -> Reason:
    is_other = since.records[record_id].content_hash != now.hashes.get(record_id)
    return Reason.CHANGED if is_other or record_id in since.touched else _what_else(now)


def _what_else(now: Circumstances) -> Reason:
    if now.is_same_analysis is False:
        return Reason.ANALYSIS
    return Reason.OTHERS if now.is_read_alike else Reason.READING
