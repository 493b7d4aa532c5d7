"""Writing into the register, correcting it, and reading single entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.errors import (
    EntryCorrectedError,
    EntryNotFoundError,
    InvalidFieldError,
    RegisterRefusedError,
    SearchOfAnotherVisitError,
    VisitClosedError,
)
from query_room.fields import LONG, optional, required
from query_room.register import repository
from query_room.register.entries import Entries
from query_room.register.repository import EntryRow
from query_room.register.rules import MAX_ITEMS, check_entry, check_hits, item_of
from query_room.visits import Standing
from query_room.visits.personal_data import PersonalData
from query_room.visits.service import lock_visit
from search_api.log import EventKind, NewEvent, append, load_search

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from indexer.records import Record, RecordId
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord
    from query_room.register.model import NewEntry, RegisterEntry, RegisterItem
    from query_room.vault import Vault
    from query_room.visits.repository import VisitRow
    from search_api.log.model import JsonValue


class RegisterService:
    """The register of uses (查阅登记).

    Every method asks the account's permission first and raises ``PermissionDeniedError`` without.
    What a reader may not see does not show in the entries either.
    """

    def __init__(self, *, engine: Engine, vault: Vault, find_record: FindRecord) -> None:
        self._engine = engine
        self._personal = PersonalData(vault)
        self._find_record = find_record
        self._entries = Entries(self._personal, find_record)

    def log_entry(
        self, visit_id: str, new: NewEntry, *, by: Account, viewer: Viewer
    ) -> RegisterEntry:
        """Register what was used in an open visit.

        Args:
            visit_id: The visit.
            new: What was used, and the search it comes from.
            by: The handler (经办人).
            viewer: With which rights; nothing beyond them can be registered.

        Raises:
            VisitNotFoundError: There is no such visit.
            VisitClosedError: It has ended.
            SearchNotLoggedError: There is no such search.
            SearchOfAnotherVisitError: It was not made in this visit.
            RegisterRefusedError: An item was not among the search's hits and is not marked as added
                by hand, has changed since, or lacks what its mode or level asks for.
            RecordNotFoundError: A record does not exist, or not for this viewer.
            InvalidFieldError: A field is too long or out of range.
        """
        by.require(Permission.SERVE_VISITORS)
        found = self._find(new, viewer)
        now = utc_now()
        with writing(self._engine) as connection:
            visit = lock_visit(connection, visit_id)
            if visit.closed_at is not None:
                raise VisitClosedError(f"visit {visit_id} has ended")
            entry_id = self._write(connection, visit, new, found=found, by=by, now=now)
        return self.load(entry_id, by=by, viewer=viewer)

    def correct(
        self, entry_id: str, new: NewEntry, *, reason: str, by: Account, viewer: Viewer
    ) -> RegisterEntry:
        """Put another entry in the place of a wrong one, which stays; the visit may have ended.

        Raises:
            EntryNotFoundError: There is no such entry.
            EntryCorrectedError: It was corrected already.
            InvalidFieldError: No reason is given.
            QueryRoomError: As :meth:`log_entry` does.
        """
        by.require(Permission.SERVE_VISITORS)
        reason = required("reason", reason, LONG)
        found = self._find(new, viewer)
        now = utc_now()
        with writing(self._engine) as connection:
            visit = lock_visit(connection, _require(connection, entry_id).visit_id)
            old = _require(connection, entry_id)
            if old.corrected_by is not None:
                raise EntryCorrectedError(old.corrected_by)
            reason_event_id = self._personal.keep_text(connection, visit.visit_id, reason, now)
            made = self._write(
                connection,
                visit,
                new,
                found=found,
                by=by,
                now=now,
                corrects=entry_id,
                reason_event_id=reason_event_id,
            )
            repository.mark_corrected(connection, entry_id, made)
        return self.load(made, by=by, viewer=viewer)

    def load(self, entry_id: str, *, by: Account, viewer: Viewer) -> RegisterEntry:
        """One entry.

        Raises:
            EntryNotFoundError: There is none.
        """
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            return self._entries.read(connection, [_require(connection, entry_id)], viewer)[0]

    def of_visit(self, visit_id: str, *, by: Account, viewer: Viewer) -> list[RegisterEntry]:
        """Entries of a visit, corrected ones too, in order."""
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            return self._entries.read(connection, repository.of_visit(connection, visit_id), viewer)

    def _find(self, new: NewEntry, viewer: Viewer) -> dict[RecordId, Record]:
        """The records of an entry, read before the write lock is taken."""
        if len(new.items) > MAX_ITEMS:
            raise InvalidFieldError("items", "too_long")
        wanted = dict.fromkeys(item.record_id for item in new.items)
        return {record_id: self._find_record(record_id, viewer) for record_id in wanted}

    def _write(
        self,
        connection: Connection,
        visit: VisitRow,
        new: NewEntry,
        *,
        found: Mapping[RecordId, Record],
        by: Account,
        now: dt.datetime,
        corrects: str | None = None,
        reason_event_id: int | None = None,
    ) -> str:
        check_entry(new, Standing(visit.standing))
        shown = _shown(connection, visit.visit_id, new.search_id)
        check_hits(new.items, shown)
        items = [item_of(item, found[item.record_id], shown) for item in new.items]
        remark = optional("remark", new.remark, LONG)
        number = repository.count_of_visit(connection, visit.visit_id) + 1
        entry_id = f"{visit.visit_id}-{number:02d}"
        remark_event_id = (
            self._personal.keep_text(connection, visit.visit_id, remark, now) if remark else None
        )
        event_id = append(
            connection,
            NewEvent(
                at=now,
                kind=EventKind.REGISTERED if corrects is None else EventKind.REGISTER_CORRECTED,
                subject=entry_id,
                body={
                    "visit_id": visit.visit_id,
                    "search_id": new.search_id,
                    "outcome": new.outcome.value,
                    "items": [_item_body(item) for item in items],
                    "handler": by.name,
                    "remark_event": remark_event_id,
                    "corrects": corrects,
                    "reason_event": reason_event_id,
                },
            ),
        )
        row = EntryRow(
            entry_id=entry_id,
            visit_id=visit.visit_id,
            search_id=new.search_id,
            event_id=event_id,
            outcome=new.outcome.value,
            handler=by.name,
            entered_at=now,
            corrects=corrects,
            corrected_by=None,
            remark_event_id=remark_event_id,
            reason_event_id=reason_event_id,
        )
        repository.add(connection, row, items)
        return entry_id


def _require(connection: Connection, entry_id: str) -> EntryRow:
    row = repository.find(connection, entry_id)
    if row is None:
        raise EntryNotFoundError(f"no entry {entry_id}")
    return row


def _shown(connection: Connection, visit_id: str, search_id: str | None) -> dict[RecordId, str]:
    """Content hashes of what a search of the visit showed, by record."""
    if search_id is None:
        return {}
    search = load_search(connection, search_id)
    if search.visit_id != visit_id:
        raise SearchOfAnotherVisitError(f"search {search_id} is not of visit {visit_id}")
    if search.entry is None:
        raise RegisterRefusedError("search_erased")
    return {hit.record_id: hit.content_hash for hit in search.entry.hits}


def _item_body(item: RegisterItem) -> dict[str, JsonValue]:
    level = item.level
    return {
        "record_id": item.record_id,
        "archival_code": item.archival_code,
        "content_hash": item.content_hash,
        "is_volume": item.is_volume,
        "pages": [[each.file_ordinal, each.first, each.last] for each in item.pages],
        "page_count": item.page_count,
        "secrecy": level.secrecy.value,
        "opening": level.opening.value,
        "disclosure": None if level.disclosure is None else level.disclosure.value,
        "mode": item.mode.value,
        "copies": item.copies,
        "certificate": item.certificate,
        "by_hand": item.by_hand,
        "approver": item.approver,
        "basis": item.basis,
    }
