"""Names of members: decoded together, safe, distinct, and fit to be read by people.

Old archives say nothing of the encoding of their names, and from Chinese offices they are GBK or
Big5. One name alone is too short to tell; all names of an archive together do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_NAME: Final = 120
"""Characters of one name; a longer one loses its middle."""

MAX_PLACE: Final = 600
"""Characters of a whole place in a container; a longer one loses its outermost folders."""

NAMELESS: Final = "无名"

# Control characters, lone surrogates, and marks that turn the direction of what follows.
_MEANINGLESS: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_DRIVE: Final = re.compile(r"(?<![^/])([A-Za-z]):(?=/|$)")


def places_of(names: Sequence[bytes | str]) -> list[str]:
    """Where each member stands in its container, in the same order: parts joined by ``/``.

    No two are equal, none is the folder of another, none leads anywhere but down.
    """
    plain = [_plain(name) for name in _decoded(names)]
    folders = {folder for name in plain for folder in _folders(name)}
    taken: set[str] = set()
    counts: dict[str, int] = {}
    places: list[str] = []
    for name in plain:
        place = name
        while place in taken or place in folders:
            counts[name] = counts.get(name, 1) + 1
            place = _numbered(name, counts[name])
        taken.add(place)
        places.append(place)
    return places


def _decoded(names: Sequence[bytes | str]) -> list[str]:
    unknown = [name for name in names if isinstance(name, bytes)]
    meant = iter(_decoded_together(unknown))
    return [next(meant) if isinstance(name, bytes) else name for name in names]


def _decoded_together(names: Sequence[bytes]) -> list[str]:
    wide = [name for name in names if not name.isascii()]
    if not wide:
        return [name.decode("ascii") for name in names]
    encoding = _encoding_of(wide)
    return [name.decode(encoding, "replace") for name in names]


def _encoding_of(names: Sequence[bytes]) -> str:
    fitting = [each for each in ("utf-8", "gb18030", "big5hkscs") if _fits(names, each)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        # Names of Western DOS, or damaged ones: GBK is what damage here has most likely befallen.
        damaged = sum(name.decode("gb18030", "replace").count("\ufffd") for name in names)
        return "cp437" if damaged * 2 > len(names) else "gb18030"
    # Lines that fit several: which of them they are is a question about text.
    try:
        text = decode(b"\n".join(names))
    except ExtractionError:
        return fitting[0]
    told = (each for each in fitting if _joined(names, each) == text)
    return next(told, "gb18030" if "gb18030" in fitting else fitting[0])


def _fits(names: Sequence[bytes], encoding: str) -> bool:
    try:
        _joined(names, encoding)
    except UnicodeDecodeError:
        return False
    return True


def _joined(names: Sequence[bytes], encoding: str) -> str:
    return b"\n".join(names).decode(encoding)


def _plain(name: str) -> str:
    """A place that leads down, without what means nothing in it."""
    # Before the folders are told: a character may hide two dots or a drive.
    text = _MEANINGLESS.sub("", name.replace("\\", "/"))
    parts = [part.strip() for part in _DRIVE.sub(r"\1", text).split("/")]
    kept = [_short(part) for part in parts if part not in {"", ".", ".."}]
    while len(kept) > 1 and sum(map(len, kept)) + len(kept) > MAX_PLACE:
        del kept[0]
    return "/".join(kept) or NAMELESS


def _short(part: str) -> str:
    if len(part) <= MAX_NAME:
        return part
    tail = MAX_NAME // 3
    return f"{part[: MAX_NAME - tail - 1]}…{part[-tail:]}"


def _folders(place: str) -> list[str]:
    parts = place.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _numbered(place: str, number: int) -> str:
    folder, slash, name = place.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    numbered = f"{stem} ({number}).{suffix}" if stem and dot else f"{name} ({number})"
    return f"{folder}{slash}{numbered}"
