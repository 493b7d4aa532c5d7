"""Who applied, for what, and every free text of a request, encrypted into events of their own."""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from query_room.requests.errors import ApplicantErasedError
from query_room.requests.model import Applicant, Delivery, Form, Wanted
from query_room.sealing import Sealing
from query_room.visits import IdentityKind
from search_api.log import EventKind
from search_api.log.chain import canonical_json

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import Connection

    from query_room.vault import Vault

ERASABLE: Final = (
    EventKind.APPLICANT_IDENTIFIED,
    EventKind.REQUEST_TEXT_WRITTEN,
    EventKind.PROOF_KEPT,
)
"""What goes when an applicant is erased."""

_SECRET_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # noqa: S105 - Crockford's base 32
_SECRET_GROUPS: Final = 3
_GROUP_LENGTH: Final = 4  # 12 signs are 60 bits


class RequestData:
    """Writes and reads what may name somebody."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._sealing = Sealing(vault)

    def keep_applicant(
        self, connection: Connection, request_id: str, applicant: Applicant, at: dt.datetime
    ) -> int:
        """Keep who applies; the number of the event comes back."""
        content = canonical_json(asdict(applicant))
        kind = EventKind.APPLICANT_IDENTIFIED
        return self._sealing.keep(connection, kind, request_id, content, at)

    def keep_wanted(
        self, connection: Connection, request_id: str, wanted: Wanted, at: dt.datetime
    ) -> int:
        """Keep what is asked for; the number of the event comes back."""
        return self.keep_text(connection, request_id, canonical_json(asdict(wanted)), at)

    def keep_text(self, connection: Connection, request_id: str, text: str, at: dt.datetime) -> int:
        """Keep free text; the number of the event comes back."""
        kind = EventKind.REQUEST_TEXT_WRITTEN
        return self._sealing.keep(connection, kind, request_id, text, at)

    def texts(self, connection: Connection, written: Collection[tuple[str, int]]) -> dict[int, str]:
        """Free texts, by event, for (request, event) pairs; those erased are absent."""
        return {event: text for (_, event), text in self._sealing.load(connection, written).items()}

    def applicants(
        self, connection: Connection, kept: Collection[tuple[str, int]]
    ) -> dict[int, Applicant]:
        """Who applied, by event, for (request, event) pairs; those erased are absent."""
        return {
            event: _applicant(content) for event, content in self.texts(connection, kept).items()
        }

    def applicant(self, connection: Connection, request_id: str, event_id: int) -> Applicant:
        """Who applied.

        Raises:
            ApplicantErasedError: That was erased.
        """
        found = self.applicants(connection, [(request_id, event_id)])
        if event_id not in found:
            raise ApplicantErasedError(f"who made request {request_id} was erased")
        return found[event_id]

    def wanted(
        self, connection: Connection, kept: Collection[tuple[str, int]]
    ) -> dict[int, Wanted]:
        """What is asked for, by event, for (request, event) pairs; those erased are absent."""
        return {event: _wanted(text) for event, text in self.texts(connection, kept).items()}

    def person_digest(self, applicant: Applicant) -> str:
        """By which further requests of the same applicant are found."""
        number = applicant.credit_code or applicant.identity_number
        kind = "credit_code" if applicant.credit_code else f"identity:{applicant.identity_kind}"
        return self._vault.blind_index(kind, number)

    def content_digest(self, wanted: Wanted) -> str:
        """By which a request for the same information is found; layout does not count."""
        text = unicodedata.normalize("NFKC", f"{wanted.document_number}\n{wanted.description}")
        return self._vault.blind_index("wanted", "".join(c for c in text if c.isalnum()))

    def secret_digest(self, request_id: str, secret: str) -> str:
        """What is kept of a receipt's secret; how it was typed does not count."""
        folded = secret.upper().translate(str.maketrans("OIL", "011"))
        signs = "".join(sign for sign in folded if sign in _SECRET_ALPHABET)
        return self._vault.blind_index("receipt", f"{request_id}\0{signs}")


def new_secret() -> str:
    """A secret that can be read out on the telephone: ``7K2M-Q0RT-9XBD``, 60 bits."""
    groups = (
        "".join(secrets.choice(_SECRET_ALPHABET) for _ in range(_GROUP_LENGTH))
        for _ in range(_SECRET_GROUPS)
    )
    return "-".join(groups)


def hash_of(document: bytes) -> str:
    """SHA-256 of a letter, in hex."""
    return hashlib.sha256(document).hexdigest()


def _applicant(content: str) -> Applicant:
    values = json.loads(content)
    return Applicant(**{**values, "identity_kind": IdentityKind(values["identity_kind"])})


def _wanted(content: str) -> Wanted:
    values = json.loads(content)
    return Wanted(
        **{**values, "form": Form(values["form"]), "delivery": Delivery(values["delivery"])}
    )
