"""The level of a record: what the catalogue judged, else the document, else the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.access import DEFAULT_LEVEL, Disclosure, Level, Opening, Secrecy

if TYPE_CHECKING:
    from indexer.catalogue import CatalogueRow


def level_of(
    row: CatalogueRow | None, *, preset: Level | None, is_internal: bool, is_checked: bool
) -> Level:
    """The level of one record.

    Secrecy is one judgement; opening and disclosure are another, made together: a catalogue that
    speaks of one of them has judged, and what it leaves out is then denied, not taken from the
    batch.

    Args:
        row: Its catalogue row, if it has one.
        preset: The level the archivist gave the whole batch; ``None`` is 控制.
        is_internal: One of its files is marked 内部.
        is_checked: The secrecy guard has read all of its files. What it could not read is not
            opened by a preset: a scan may bear a marking.
    """
    base = preset or DEFAULT_LEVEL
    if not is_checked and _is_wider(base):
        base = DEFAULT_LEVEL
    secrecy = base.secrecy
    if is_internal and secrecy is Secrecy.PUBLIC:
        secrecy = Secrecy.INTERNAL
    opening, disclosure = base.opening, base.disclosure
    if row is not None and (row.opening or row.disclosure):
        # On request or proactive: a disclosure office looked at it, the archive has not.
        judged = row.disclosure in {Disclosure.PROACTIVE, Disclosure.ON_REQUEST}
        opening = row.opening or (Opening.UNREVIEWED if judged else Opening.CONTROLLED)
        disclosure = row.disclosure
    return Level(
        secrecy=(row.secrecy if row is not None else None) or secrecy,
        opening=opening,
        disclosure=disclosure,
    )


def is_held_back(row: CatalogueRow | None, preset: Level | None) -> bool:
    """Whether a record of unread files gets less than the batch's preset would give it."""
    judged = row is not None and (row.opening or row.disclosure)
    return preset is not None and not judged and _is_wider(preset)


def _is_wider(level: Level) -> bool:
    default = DEFAULT_LEVEL.audience
    return level.audience is not None and default is not None and level.audience < default
