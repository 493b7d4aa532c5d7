"""How a search for somebody ended: the same three words in the register and in an answer."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Whether what was asked for was found."""

    FOUND = "found"  # 查到
    PARTLY = "partly"  # 部分查到
    NONE = "none"  # 未查到
