"""利用效果: what came of a use, told by the visitor later and written beside the entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.errors import EntryNotFoundError
from query_room.fields import LONG, required
from query_room.register import effect_repository, repository
from query_room.visits.personal_data import PersonalData
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What came of a use. ``text``: ``None`` once it was erased."""

    text: str | None
    noted_by: str
    noted_at: dt.datetime


class EffectsOfUse:
    """Notes effects; what was noted stays, and a later note stands below it.

    The text may name people, so it is encrypted and goes when the visitor is erased.
    """

    def __init__(self, *, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._personal = PersonalData(vault)

    def note(self, entry_id: str, text: str, *, by: Account) -> None:
        """Write down what came of an entry's uses; the visit may have ended long ago.

        Raises:
            EntryNotFoundError: There is no such entry.
            InvalidFieldError: No text is given, or too long a one.
        """
        by.require(Permission.SERVE_VISITORS)
        text = required("effect", text, LONG)
        now = utc_now()
        with writing(self._engine) as connection:
            entry = repository.find(connection, entry_id)
            if entry is None:
                raise EntryNotFoundError(f"no entry {entry_id}")
            text_event = self._personal.keep_text(connection, entry.visit_id, text, now)
            ordinal = effect_repository.add(
                connection, entry_id, text_event_id=text_event, by=by.name, at=now
            )
            append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.EFFECT_NOTED,
                    subject=entry_id,
                    body={
                        "visit_id": entry.visit_id,
                        "ordinal": ordinal,
                        "text_event": text_event,
                        "by": by.name,
                    },
                ),
            )

    def of_entries(
        self, entries: Collection[tuple[str, str]], *, by: Account
    ) -> dict[str, tuple[Effect, ...]]:
        """What came of entries, in order of noting, for (entry, visit) pairs."""
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            return self._read(connection, dict(entries))

    def _read(
        self, connection: Connection, visits: dict[str, str]
    ) -> dict[str, tuple[Effect, ...]]:
        rows = effect_repository.of_entries(connection, visits)
        texts = self._personal.texts(
            connection, [(visits[row.entry_id], row.text_event_id) for row in rows]
        )
        found: dict[str, tuple[Effect, ...]] = {}
        for row in rows:
            effect = Effect(
                text=texts.get(row.text_event_id), noted_by=row.noted_by, noted_at=row.noted_at
            )
            found[row.entry_id] = (*found.get(row.entry_id, ()), effect)
        return found
