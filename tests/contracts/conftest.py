"""Every adapter of the engine's ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.generations import Generation, embedded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["embedded"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Generation]:
    """An empty generation of each adapter."""
    del request
    generation = Generation(embedded(tmp_path))
    yield generation
    generation.writer.close()
