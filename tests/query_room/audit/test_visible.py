from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from query_room.audit.visible import visible_body

if TYPE_CHECKING:
    from search_api.log.model import JsonValue


def test_what_was_asked_and_what_was_shown_by_number_are_seen() -> None:
    body: dict[str, JsonValue] = {
        "text": "知青名单",
        "filters": {"agencies": ["民政局"], "anything": "the asker's own words"},
        "total": 3,
        "hits": [[1, "abcdefghijkl", "0f" * 32, [[0, 2]]]],
        "context": {"actor": "wang", "terminal": "127.0.0.1", "visit_id": "20261124-001"},
    }
    seen = visible_body(body)
    assert seen.fields == body
    assert (seen.has_more, seen.is_sealed) == (False, False)


@pytest.mark.parametrize("field", ["title", "archival_code", "path", "name", "snippet", "detail"])
def test_a_field_that_nobody_judged_is_left_out_at_whatever_depth(field: str) -> None:
    secret = "红旗公社知青名单"
    bodies: list[dict[str, JsonValue]] = [
        {field: secret},
        {"items": [{"record_id": "abcdefghijkl", field: secret}]},
        {"context": {"actor": "wang", field: {"text": secret}}},
    ]
    for body in bodies:
        seen = visible_body(body)
        assert secret not in str(seen.fields)
        assert seen.has_more


def test_personal_data_is_said_to_be_there_and_nothing_of_it_is_seen() -> None:
    seen = visible_body({"sealed": "gAAAAAB-token"})
    assert seen.fields == {}
    assert seen.is_sealed
    assert not seen.has_more


def test_the_body_itself_is_left_alone() -> None:
    body: dict[str, JsonValue] = {"items": [{"title": "x", "record_id": "y"}]}
    visible_body(body)
    assert body == {"items": [{"title": "x", "record_id": "y"}]}
