"""Tables as tests write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.catalogue.grids import Grid, GridRow, Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def grid(rows: Sequence[Sequence[object] | None], *spans: tuple[int, int, int, int]) -> Grid:
    """A grid of these rows, numbered from 1; ``None`` is a broken one."""
    return Grid(
        name="",
        rows=tuple(
            GridRow(number, None if cells is None else tuple(cells))
            for number, cells in enumerate(rows, start=1)
        ),
        spans=tuple(Span(*each) for each in spans),
    )
