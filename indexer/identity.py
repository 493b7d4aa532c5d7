"""What records and files are known by: names that say nothing of what they name."""

from __future__ import annotations

import base64
import hashlib
from typing import NewType

RecordId = NewType("RecordId", str)
"""``r`` and twelve letters or digits; says nothing about how many records there are."""

FileHash = NewType("FileHash", str)
"""SHA-256 of a file's bytes, 64 lower-case hex digits."""


def record_id_for(source: str, item: str) -> RecordId:
    """The identity of one item of one source: the same on every import, on every machine.

    Args:
        source: The source's name (its folder, unless the archivist gave another).
        item: The catalogue's ``id``, else 档号, else the relative path.
    """
    digest = hashlib.sha256(f"{source}\0{item}".encode()).digest()
    return RecordId("r" + base64.b32encode(digest)[:12].decode().lower())
