from __future__ import annotations

import pytest

from query_room.statute.codes import Disposition, ReplyType
from query_room.statute.dispositions import DISPOSITIONS, check_reply, disposition_row
from query_room.statute.errors import StatuteError
from query_room.statute.exemptions import EXEMPTIONS


def test_the_table_has_every_row_of_table_iii_in_its_order() -> None:
    assert tuple(DISPOSITIONS) == tuple(Disposition)
    assert all(row.text and row.articles and row.reply_types for row in DISPOSITIONS.values())


def test_every_reply_leads_to_a_row() -> None:
    reachable = {reply for row in DISPOSITIONS.values() for reply in row.reply_types}
    assert reachable == set(ReplyType)


@pytest.mark.parametrize("code", ["B1", "B2", "B3", "B4", "B5", "B6", "B7"])
def test_withholding_rests_on_a_ground_that_leads_to_its_row(code: str) -> None:
    assert disposition_row(Disposition(code)).needs_exemption
    assert any(each.disposition == code for each in EXEMPTIONS)


def test_does_not_exist_and_not_ours_are_one_row_and_two_replies() -> None:
    row = disposition_row(Disposition.NOT_HELD)
    assert row.reply_types == (ReplyType.NOT_FOUND, ReplyType.NOT_OURS)


def test_what_does_not_fit_is_refused() -> None:
    check_reply(Disposition.OPENED, ReplyType.PROVIDED)
    with pytest.raises(StatuteError, match="reply_type_does_not_fit"):
        check_reply(Disposition.OPENED, ReplyType.WITHHELD)
    with pytest.raises(StatuteError, match="not_for_choosing"):
        check_reply(Disposition.NOT_CORRECTED, ReplyType.NOT_CORRECTED)
