from __future__ import annotations

import pytest

from indexer.catalogue import Place
from indexer.catalogue.codes import built_code, proposed_rule, retention_code
from indexer.catalogue.profiles import CodeRule
from indexer.official.archival_codes import parse_archival_code

ITEM = Place(fonds="Z109", year="2011", retention="永久", organ="BGS", item="1")
VOLUME = Place(fonds="12", catalogue="3", volume="45", item="7")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("永久", "Y"),
        ("定期30年", "D30"),
        ("10年", "D10"),
        ("长期", "C"),
        ("短 期", "D"),
        ("D30", "D30"),
    ],
)
def test_a_retention_has_its_code(words: str, code: str) -> None:
    assert retention_code(words) == code


def test_codes_are_built_as_the_standards_say() -> None:
    assert built_code(ITEM, CodeRule.BY_ITEM) == "Z109-WS·2011-Y-BGS-0001"
    assert built_code(VOLUME, CodeRule.BY_VOLUME) == "12-3-045-007"
    for code in (built_code(ITEM, CodeRule.BY_ITEM), built_code(VOLUME, CodeRule.BY_VOLUME)):
        assert parse_archival_code(code) is not None


def test_a_code_with_a_part_missing_is_none() -> None:
    assert built_code(Place(fonds="Z109", year="2011", item="1"), CodeRule.BY_ITEM) == ""
    assert built_code(ITEM, CodeRule.BY_VOLUME) == ""
    assert built_code(ITEM, CodeRule.NONE) == ""


def test_a_rule_is_proposed_where_it_would_serve_every_row() -> None:
    assert proposed_rule([ITEM]) is CodeRule.BY_ITEM
    assert proposed_rule([VOLUME]) is CodeRule.BY_VOLUME
    assert proposed_rule([ITEM, VOLUME]) is CodeRule.NONE
    assert proposed_rule([]) is CodeRule.NONE
