from __future__ import annotations

import pytest

from query_room.statute.codes import Disposition
from query_room.statute.errors import StatuteError
from query_room.statute.exemptions import EXEMPTIONS, exemption_of


def test_each_ground_has_its_article_and_its_row() -> None:
    assert len({each.key for each in EXEMPTIONS}) == len(EXEMPTIONS)
    assert exemption_of("privacy").disposition is Disposition.THIRD_PARTY
    assert exemption_of("state_secret").article == "条例第十四条"
    assert exemption_of("process").article == "条例第十六条第二款"


def test_no_other_ground_is_known() -> None:
    with pytest.raises(StatuteError):
        exemption_of("inconvenient")
