"""Keeping proofs, and showing one on record."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.fields import SHORT, required
from query_room.proofs.errors import ProofError
from query_room.proofs.model import PreparedProof, ProofKind, StoredProof
from query_room.sealing import Sealing
from search_api.log import EventKind, NewEvent, append
from search_api.log.chain import canonical_json
from search_api.log.service import subject_events

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.vault import Vault


class ProofStore:
    """Proofs of identity, each an erasable event of its owner."""

    def __init__(self, *, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._sealing = Sealing(vault)

    def keep(
        self, connection: Connection, owner: str, proof: PreparedProof, at: dt.datetime
    ) -> int:
        """Keep a proof in the caller's transaction; the number of its event comes back."""
        jpeg = base64.b64encode(proof.jpeg).decode("ascii")
        content = canonical_json({"kind": proof.kind.value, "jpeg": jpeg})
        return self._sealing.keep(connection, EventKind.PROOF_KEPT, owner, content, at)

    def list_for(self, owner: str) -> tuple[StoredProof, ...]:
        """Proofs of an owner that are not erased, in order."""
        with reading(self._engine) as connection:
            return tuple(
                StoredProof(event_id=event.event_id, kept_at=event.at)
                for event in subject_events(connection, owner)
                if event.kind == EventKind.PROOF_KEPT and event.body is not None
            )

    def show(self, owner: str, event_id: int, *, ground: str, by: Account) -> PreparedProof:
        """A proof; that it was looked at, by whom and why, is logged first.

        Raises:
            ProofError: There is none, or it was erased.
            InvalidFieldError: No ground is given.
        """
        by.require(Permission.REVEAL_PERSONS)
        ground = required("ground", ground, 5 * SHORT)
        with writing(self._engine) as connection:
            text = self._sealing.load(connection, [(owner, event_id)]).get((owner, event_id))
            if text is None:
                raise ProofError("damaged")
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.PROOF_SHOWN,
                    subject=owner,
                    body={"ground": ground, "event": event_id, "by": by.name},
                ),
            )
        kept = json.loads(text)
        return PreparedProof(kind=ProofKind(kept["kind"]), jpeg=base64.b64decode(kept["jpeg"]))
