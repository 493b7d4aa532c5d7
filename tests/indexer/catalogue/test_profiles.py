from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from indexer.catalogue.profiles import (
    NO_RULES,
    CodeRule,
    Profile,
    Rules,
    SheetNames,
    checked,
    matching,
    profile_from_json,
    profile_from_text,
)
from indexer.errors import ProfileRefusedError

PROFILE = Profile(
    name="区政府办目录",
    signature=frozenset({"题目", "时间", "备考"}),
    columns={"题目": "title", "备考": ""},
    rules=Rules(
        code=CodeRule.BY_ITEM, sheet_names=SheetNames.YEAR, join_by_order=True, fonds="0012"
    ),
)


def test_a_profile_comes_back_from_its_json() -> None:
    assert profile_from_text(json.dumps(PROFILE.to_json())) == PROFILE


def test_a_column_means_what_the_profile_says_else_what_its_name_says() -> None:
    assert PROFILE.field_of("题目", None) == "title"
    assert PROFILE.field_of("备考", "remark") is None
    assert PROFILE.field_of("时间", "date") == "date"


def test_the_profile_of_a_form_is_that_with_its_columns() -> None:
    other = replace(PROFILE, name="乙")
    assert matching([PROFILE, other], PROFILE.signature) is PROFILE
    assert matching([PROFILE], frozenset({"题目"})) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": 7}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"signature": []}, "signature"),
        ({"signature": [1]}, "signature"),
        ({"columns": {"题目": "colour"}}, "columns"),
        ({"columns": []}, "columns"),
        ({"rules": {"colour": 1}}, "rules"),
        ({"rules": {"code": "x"}}, "code"),
        ({"rules": {"join_by_order": 1}}, "join_by_order"),
        ({"rules": {"header_row": 31}}, "header_row"),
        ({"rules": {"pages_before": -1}}, "pages_before"),
        ({"rules": {"level": "everybody"}}, "level"),
        ({"rules": {"fonds": "\x00"}}, "fonds"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(change: dict[str, Any], field: str) -> None:
    with pytest.raises(ProfileRefusedError) as refused:
        profile_from_json(PROFILE.to_json() | change)
    assert refused.value.field == field


@pytest.mark.parametrize("text", ["", "[1]", "[" * 100_000, "null"])
def test_what_is_no_profile_is_refused(text: str) -> None:
    with pytest.raises(ProfileRefusedError):
        profile_from_text(text)


def test_the_default_settles_nothing() -> None:
    assert checked(Profile(name="甲", signature=frozenset({"题名"}))).rules == NO_RULES
    assert not any((NO_RULES.join_by_order, NO_RULES.paper_without_file, NO_RULES.level))
