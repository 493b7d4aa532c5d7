from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from query_room.backup.model import Flaw, FlawKind, Format, Manifest

MANIFEST: dict[str, Any] = {
    "format": 1,
    "product": "0.1.0",
    "created_at": "2026-03-02T01:02:03Z",
    "schema_versions": {"indexer": "0001"},
    "tables": {"record": {"rows": 1, "last_number": None}},
    "originals": 1,
    "texts": 1,
    "in_place": 0,
    "sums": "ab",
    "key_check": None,
    "flaws": [{"kind": "original_damaged", "file_hash": "ab"}],
}


def test_a_manifest_is_read_as_it_was_written() -> None:
    manifest = Manifest.model_validate(MANIFEST)
    assert Manifest.model_validate_json(manifest.model_dump_json()) == manifest
    assert manifest.flaws == (Flaw(kind=FlawKind.ORIGINAL_DAMAGED, file_hash="ab"),)
    assert manifest.damaged_originals == {"ab"}


@pytest.mark.parametrize(
    "change",
    [
        {"originals": -1},
        {"texts": "many"},
        {"more": 1},
        {"tables": {"record": {"rows": -1}}},
        {"flaws": [{"kind": "lost", "file_hash": "ab"}]},
        {"created_at": "soon"},
        {"key_check": {"nonce": "a"}},
    ],
    ids=str,
)
def test_what_is_no_manifest_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Manifest.model_validate(MANIFEST | change)


def test_a_later_format_may_say_more() -> None:
    assert Format.model_validate({"format": 3, "product": "2.0", "more": 1}).format == 3
