"""Numbers that Windows gives to encodings, as Python knows them."""

from __future__ import annotations

import codecs
from typing import Final

# The wider encoding where one grew into another: 936 and 950 as they are written today.
_NAMES: Final = {
    936: "gb18030", 54936: "gb18030", 10008: "gb18030", 950: "big5hkscs", 10002: "big5hkscs",
    20127: "cp1252", 28591: "cp1252", 65001: "utf-8", 1200: "cp1252",
}  # fmt: skip


def codec_of(code_page: int) -> str | None:
    """Python's name of an encoding of bytes, or ``None`` where it has none."""
    name = _NAMES.get(code_page, f"cp{code_page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return name
