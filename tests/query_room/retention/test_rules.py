from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from indexer.errors import SettingsError
from query_room.retention import RetentionRule, load_rules
from query_room.retention.rules import FILE, KINDS

if TYPE_CHECKING:
    from pathlib import Path


def test_the_packaged_rules_name_every_kind_and_their_source(tmp_path: Path) -> None:
    rules = load_rules(tmp_path)
    assert {rule.kind for rule in rules} == set(KINDS)
    assert all(rule.source for rule in rules)


def test_an_office_may_have_its_own(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        "kind,years,source\nvisit,3,本区规定\nrequest,30,本区规定\n", "utf-8"
    )
    assert [(rule.kind, rule.years) for rule in load_rules(tmp_path)] == [
        ("visit", 3),
        ("request", 30),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "kind,years,source\nvisit,3,x\n",
        "kind,years,source\nvisit,0,x\nrequest,1,x\n",
        "kind,years,source\nvisit,三,x\nrequest,1,x\n",
        "kind,years,source\nvisit,1,x\nvisit,1,x\nrequest,1,x\n",
        "",
    ],
)
def test_a_table_that_cannot_be_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(SettingsError):
        load_rules(tmp_path)


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError):
        load_rules(tmp_path)


def test_the_twenty_ninth_of_february_has_its_day_too() -> None:
    rule = RetentionRule(kind="visit", years=10, source="x")
    assert rule.ends_before(dt.date(2028, 2, 29)) == dt.date(2018, 2, 28)
    assert rule.ends_before(dt.date(2028, 3, 1)) == dt.date(2018, 3, 1)
