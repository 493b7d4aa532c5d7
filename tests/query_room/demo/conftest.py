"""The sample archive, written once for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from query_room.demo.archive import write_sample_archive

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def sample_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue of a freshly written sample archive; nobody may change the folder."""
    return write_sample_archive(tmp_path_factory.mktemp("sample-archive"))
