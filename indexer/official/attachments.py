"""附件说明: the numbered titles of what is attached, above the signature.

Source: GB/T 9704-2012 7.3.4: ``附件：1．…``, further ones below, without a stop at the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from indexer.official.lines import closed_up

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST: Final = re.compile(r"附\s{0,4}件\s{0,4}[:：]\s{0,4}(?P<rest>.*)$")
_NUMBERED: Final = re.compile(r"(?P<number>\d{1,2})\s{0,2}[.．、]\s{0,4}(?P<title>\S.*)$")
_MAX_TITLE: Final = 80
_MOST: Final = 50
_STOPS: Final = "。；;，,、"


def attachments_of(lines: Sequence[str]) -> tuple[str, ...]:
    """The titles after the first 附件：, in their order."""
    for at, line in enumerate(lines):
        match = _FIRST.match(line)
        if match is None:
            continue
        found = _listed([match["rest"], *lines[at + 1 : at + 2 * _MOST]])
        if found:
            return found
    return ()


def _listed(lines: Sequence[str]) -> tuple[str, ...]:
    if not lines[0].strip():
        lines = lines[1:]
    elif not _NUMBERED.match(lines[0]):
        title = _title(lines[0])
        return (title,) if title else ()
    titles: list[str] = []
    for at, line in enumerate(lines):
        match = _NUMBERED.match(line)
        if match and int(match["number"]) == len(titles) + 1:
            titles.append(match["title"])
        elif not match and titles and _goes_on(lines[at + 1 : at + 2], len(titles)):
            titles[-1] += line  # a long title hangs over to a second line
        else:
            break
        if len(titles) == _MOST:
            break
    named = tuple(map(_title, titles))
    return named if all(named) else ()


def _goes_on(after: Sequence[str], count: int) -> bool:
    """Whether the next number stands on the line after."""
    match = _NUMBERED.match(after[0]) if after else None
    return match is not None and int(match["number"]) == count + 1


def _title(text: str) -> str:
    """A title, or ``""`` where it is a sentence or is cut off."""
    title = closed_up(text).rstrip(_STOPS)
    is_title = 1 < len(title) <= _MAX_TITLE and not re.search(r"[。；;：:！？]", title)
    return title if is_title else ""
