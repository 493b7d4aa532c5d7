from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.identity import record_id_for


@given(st.text(), st.text())
def test_an_identity_is_short_stable_and_says_nothing(source: str, item: str) -> None:
    found = record_id_for(source, item)
    assert found == record_id_for(source, item)
    assert re.fullmatch(r"r[a-z2-7]{12}", found)


def test_source_and_item_do_not_run_into_each_other() -> None:
    assert record_id_for("a", "bc") != record_id_for("ab", "c")
