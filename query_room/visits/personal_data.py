"""Personal data and free text of a visit, encrypted into events of their own.

Such an event can be erased alone: what happened, and the rest of the chain, stays.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from query_room.errors import PersonErasedError
from query_room.sealing import Sealing
from query_room.visits.model import IdentityKind, Visitor
from search_api.log import EventKind
from search_api.log.chain import canonical_json

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import Connection

    from query_room.vault import Vault

ERASABLE = (EventKind.VISITOR_IDENTIFIED, EventKind.TEXT_WRITTEN)
"""What goes when a visitor is erased."""


class PersonalData:
    """Writes and reads what may name somebody."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._sealing = Sealing(vault)

    def keep_visitor(
        self, connection: Connection, visit_id: str, visitor: Visitor, at: dt.datetime
    ) -> int:
        """Keep who came; the number of the event comes back."""
        content = canonical_json(asdict(visitor))
        return self._sealing.keep(connection, EventKind.VISITOR_IDENTIFIED, visit_id, content, at)

    def keep_text(self, connection: Connection, visit_id: str, text: str, at: dt.datetime) -> int:
        """Keep free text; the number of the event comes back."""
        return self._sealing.keep(connection, EventKind.TEXT_WRITTEN, visit_id, text, at)

    def visitors(
        self, connection: Connection, visits: Collection[tuple[str, int]]
    ) -> dict[str, Visitor]:
        """Who came, by visit, for (visit, event) pairs; those erased are absent."""
        kept = self._sealing.load(connection, visits)
        return {visit_id: _visitor(content) for (visit_id, _event), content in kept.items()}

    def visitor(self, connection: Connection, visit_id: str, event_id: int) -> Visitor:
        """Who came.

        Raises:
            PersonErasedError: That was erased.
        """
        found = self.visitors(connection, [(visit_id, event_id)])
        if visit_id not in found:
            raise PersonErasedError(f"who came on visit {visit_id} was erased")
        return found[visit_id]

    def texts(self, connection: Connection, written: Collection[tuple[str, int]]) -> dict[int, str]:
        """Free texts, by event, for (visit, event) pairs; those erased are absent."""
        return {event: text for (_, event), text in self._sealing.load(connection, written).items()}

    def digests(self, visitor: Visitor) -> tuple[str | None, str | None]:
        """Blind indexes of identity number and telephone number, or ``None`` where not given."""
        identity = visitor.identity_number and self._vault.blind_index(
            f"identity:{visitor.identity_kind}", visitor.identity_number
        )
        phone = visitor.phone and self._vault.blind_index("phone", visitor.phone)
        return identity or None, phone or None


def _visitor(content: str) -> Visitor:
    values = json.loads(content)
    return Visitor(**{**values, "identity_kind": IdentityKind(values["identity_kind"])})
