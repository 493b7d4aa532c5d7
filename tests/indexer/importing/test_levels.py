from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from indexer.access import (
    DEFAULT_LEVEL,
    LEVEL_PRESETS,
    Audience,
    Disclosure,
    Level,
    Opening,
    Secrecy,
)
from indexer.catalogue import CatalogueRow
from indexer.importing.levels import is_held_back, level_of

if TYPE_CHECKING:
    from collections.abc import Iterable

PUBLIC = LEVEL_PRESETS["public"]


def row(**judgements: object) -> CatalogueRow:
    return CatalogueRow(number=2, external_id="", **judgements)  # type: ignore[arg-type]


def level(
    described: CatalogueRow | None = None,
    *,
    preset: Level | None = None,
    is_internal: bool = False,
    is_checked: bool = True,
) -> Level:
    return level_of(described, preset=preset, is_internal=is_internal, is_checked=is_checked)


def test_where_nobody_has_said_anything_it_is_controlled() -> None:
    assert level() == DEFAULT_LEVEL
    assert level(row()) == DEFAULT_LEVEL


def test_the_batch_speaks_where_catalogue_and_document_are_silent() -> None:
    assert level(row(), preset=PUBLIC) == PUBLIC
    assert level(row(secrecy=Secrecy.PUBLIC), preset=PUBLIC) == PUBLIC


def test_a_marking_on_the_paper_outweighs_the_batch() -> None:
    assert level(preset=PUBLIC, is_internal=True).audience is Audience.STAFF
    preset = LEVEL_PRESETS["archivist"]
    assert level(preset=preset, is_internal=True).audience is Audience.ARCHIVIST


def test_the_catalogue_outweighs_the_marking() -> None:
    assert not level(row(secrecy=Secrecy.PUBLIC), is_internal=True).is_internal


@pytest.mark.parametrize(
    ("judgements", "audience"),
    [
        ({"opening": Opening.OPEN}, Audience.PUBLIC),
        ({"opening": Opening.CONTROLLED}, Audience.STAFF),
        ({"opening": Opening.DELAYED}, Audience.STAFF),
        ({"disclosure": Disclosure.PROACTIVE}, Audience.PUBLIC),
        ({"disclosure": Disclosure.ON_REQUEST}, Audience.READING_ROOM),
        ({"disclosure": Disclosure.NOT_PUBLIC}, Audience.STAFF),
        ({"secrecy": Secrecy.INTERNAL}, Audience.STAFF),
        ({"secrecy": Secrecy.WORK_SECRET}, Audience.ARCHIVIST),
        ({"secrecy": Secrecy.TOP}, None),
    ],
)
def test_what_the_catalogue_judges_the_batch_does_not_widen(
    judgements: dict[str, object], audience: Audience | None
) -> None:
    assert level(row(**judgements), preset=PUBLIC).audience is audience


def test_no_preset_opens_what_the_guard_could_not_read() -> None:
    assert level(preset=PUBLIC, is_checked=False) == DEFAULT_LEVEL
    assert level(row(opening=Opening.OPEN), preset=PUBLIC, is_checked=False).opening is Opening.OPEN
    assert is_held_back(row(), PUBLIC)
    assert not is_held_back(row(opening=Opening.OPEN), PUBLIC)
    assert not is_held_back(None, LEVEL_PRESETS["staff"])
    assert not is_held_back(None, None)


def test_nothing_that_is_less_sure_is_ever_seen_by_more() -> None:
    rows = [
        row(secrecy=secrecy, opening=opening, disclosure=disclosure)
        for secrecy, opening, disclosure in product(
            or_none(Secrecy), or_none(Opening), or_none(Disclosure)
        )
    ]
    for described, preset in product(rows, or_none(LEVEL_PRESETS.values())):
        sure = width(level(described, preset=preset))
        assert width(level(described, preset=preset, is_internal=True)) >= sure
        assert width(level(described, preset=preset, is_checked=False)) >= sure


def width(judged: Level) -> int:
    return len(Audience) if judged.audience is None else int(judged.audience)


def or_none(values: Iterable[Any]) -> list[Any]:
    return [None, *values]
