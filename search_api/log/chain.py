"""The arithmetic of the chain, free of any database: commitments, leaves, digests.

* commitment = SHA-256(32 hex digits of salt ‖ canonical JSON of the body): once the salt is gone,
  nobody can find a short body (a name, a telephone number) again by trying.
* leaf = SHA-256(canonical JSON of [event number, time, kind, subject, commitment]).
* digest of a seal = SHA-256(canonical JSON of [number, time, first, last, count, previous digest]
  and, a line each, every leaf in the order of event numbers).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
from typing import TYPE_CHECKING, Final

from search_api.log.model import Seal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_api.log.model import JsonValue

GENESIS: Final = "0" * 64
"""What stands for the digest before the first seal."""

_SALT_BYTES: Final = 16
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def canonical_json(value: JsonValue) -> str:
    """One spelling for one value: keys sorted, no white space, Chinese as itself.

    Raises:
        TypeError: The value is not a :data:`search_api.log.model.JsonValue`.
    """
    _refuse_fractions(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # A command line can hand over half a character; no database stores it bare.
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def new_salt() -> str:
    """Sixteen random bytes as 32 hex digits."""
    return secrets.token_hex(_SALT_BYTES)


def commitment(salt: str, body: str) -> str:
    """The commitment to a body given as canonical JSON, in hex."""
    return hashlib.sha256(f"{salt}{body}".encode()).hexdigest()


def leaf(event_id: int, at: dt.datetime, kind: str, subject: str, committed: str) -> str:
    """What a seal holds of one event, in hex."""
    text = canonical_json([event_id, _instant(at), kind, subject, committed])
    return hashlib.sha256(text.encode()).hexdigest()


def seal_digest(seal: Seal, leaves: Sequence[str]) -> str:
    """What the digest of ``seal`` must be, given its leaves in the order of event numbers."""
    head = canonical_json(
        [
            seal.number,
            _instant(seal.sealed_at),
            seal.first_event,
            seal.last_event,
            seal.event_count,
            seal.previous_digest,
        ]
    )
    return hashlib.sha256("\n".join((head, *leaves)).encode()).hexdigest()


def next_seal(previous: Seal | None, at: dt.datetime, leaves: Mapping[int, str]) -> Seal:
    """The seal over ``leaves`` (by event number, at least one) that follows ``previous``."""
    events = sorted(leaves)
    blank = Seal(
        number=previous.number + 1 if previous else 1,
        sealed_at=at,
        first_event=events[0],
        last_event=events[-1],
        event_count=len(events),
        previous_digest=previous.digest if previous else GENESIS,
        digest="",
    )
    return Seal(
        number=blank.number,
        sealed_at=blank.sealed_at,
        first_event=blank.first_event,
        last_event=blank.last_event,
        event_count=blank.event_count,
        previous_digest=blank.previous_digest,
        digest=seal_digest(blank, [leaves[event] for event in events]),
    )


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        msg = f"a log body holds no fractions: {value!r}"
        raise TypeError(msg)
    if isinstance(value, dict):
        for item in value.values():
            _refuse_fractions(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_fractions(item)
