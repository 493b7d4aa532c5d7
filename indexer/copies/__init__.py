"""Copies of a text, known without a database: what stays the same of it, and what sets it apart.

A *body* (:mod:`~indexer.copies.body`) is a text without the traces of its format. A *fingerprint*
(:mod:`~indexer.copies.fingerprint`) says which bodies are equal and which may be nearly so, at the
price of a few hundred bytes. A *comparison* (:mod:`~indexer.copies.comparing`) reads two bodies
and says whether they are copies, or what sets them apart.
"""

from __future__ import annotations

from enum import StrEnum


class CopyKind(StrEnum):
    """In what way a file is a copy of another, the closest first."""

    SAME_BYTES = "same_bytes"
    SAME_TEXT = "same_text"
    NEARLY_SAME = "nearly_same"
