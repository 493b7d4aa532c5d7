"""What may name somebody, encrypted into events of their own.

Such an event can be erased alone: what happened, and the rest of the chain, stays.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from query_room.errors import VaultError
from search_api.log import NewEvent, append
from search_api.log.chain import canonical_json
from search_api.log.service import load_events

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import Connection

    from query_room.vault import Vault
    from search_api.log import EventKind


class Sealing:
    """Writes personal data and free text into the log, and reads them back."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(
        self, connection: Connection, kind: EventKind, owner: str, content: str, at: dt.datetime
    ) -> int:
        """Keep a text of ``owner``, the event's subject; the number of the event comes back."""
        # The owner stands inside: a token moved to another owner's row is found out.
        token = self._vault.encrypt(canonical_json([owner, content]))
        return append(connection, NewEvent(at=at, kind=kind, subject=owner, body={"sealed": token}))

    def load(
        self, connection: Connection, wanted: Collection[tuple[str, int]]
    ) -> dict[tuple[str, int], str]:
        """The texts of (owner, event) pairs; those erased are absent.

        Raises:
            VaultError: One is damaged, or holds what belongs to another owner.
        """
        events = load_events(connection, [event_id for _, event_id in wanted])
        found = {}
        for owner, event_id in wanted:
            event = events.get(event_id)
            if event is None or event.body is None:
                continue
            sealed_for, content = json.loads(self._vault.decrypt(str(event.body["sealed"])))
            if sealed_for != owner:
                raise VaultError(f"event {event_id} holds what belongs to another owner")
            found[owner, event_id] = content
        return found
