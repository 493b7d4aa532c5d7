"""Document numbers and reference codes as fields: their tokens, their keys, and open patterns.

A number is told by what stands in it, so its key has no punctuation: 青政办发〔2008〕15号 is
written with any brackets and with none. In a reference code the separators tell 1-11 from 11-1, so
its key is kept in both forms: with every separator as one hyphen, and without.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.analysis.views import runs
from indexer.engine.conditions import MANY, ONE, Part, Pattern

PLAIN: Final = "="
"""Begins a key without separators."""

PARTED: Final = "#"
"""Begins a key with them."""

LEAST_FIXED: Final = 2
"""Characters of a pattern before its first open place: what is looked through stays small."""

_TOKEN: Final = re.compile(r"[a-z]+|\d+|[^\W\d_]")
_SEPARATOR: Final = re.compile(rf"[^\w{re.escape(ONE + MANY)}]+|_+")
_MAX_KEY: Final = 80
_MAX_OPEN: Final = 8


def code_tokens(folded: str) -> tuple[str, ...]:
    """Han characters alone, digits and Latin letters in whole runs."""
    return tuple(_TOKEN.findall(folded))


def number_field_keys(folded: str) -> tuple[str, ...]:
    """What patterns on document numbers are compared with."""
    return _bounded(PLAIN + "".join(runs(folded)))


def code_field_keys(folded: str) -> tuple[str, ...]:
    """What patterns on reference codes are compared with."""
    return tuple(
        dict.fromkeys(_bounded(PLAIN + "".join(runs(folded))) + _bounded(PARTED + _parted(folded)))
    )


def has_open_places(folded: str) -> bool:
    """Whether a folded text leaves places open."""
    return ONE in folded or MANY in folded


def pattern_of(folded: str, part: Part) -> Pattern | None:
    """The pattern that a folded text is, or ``None`` where it cannot be looked up.

    It fixes at least :data:`LEAST_FIXED` characters before the first open place, and what is open
    to any length is its end: so it is a short walk in a sorted list, whatever is asked.
    """
    parted = _parted(folded)
    if part is Part.CODE and "-" in parted:
        mark, key = PARTED, parted
    else:
        mark, key = PLAIN, parted.replace("-", "")
    stem = key.rstrip(MANY)
    ends_open = len(stem) < len(key)
    fixed = stem.partition(ONE)[0]
    if len(fixed) < LEAST_FIXED or MANY in stem or stem.count(ONE) > _MAX_OPEN:
        return None
    return Pattern(part=part, key=f"{mark}{stem[:_MAX_KEY]}{MANY if ends_open else ''}")


def _parted(folded: str) -> str:
    return _SEPARATOR.sub("-", folded).strip("-")


def _bounded(key: str) -> tuple[str, ...]:
    return (key,) if 1 < len(key) <= _MAX_KEY else ()
