from __future__ import annotations

import datetime as dt

import pytest

from query_room.clock import Channel, receipt_date

MONDAY = dt.date(2026, 3, 2)
WEDNESDAY = dt.date(2026, 3, 4)


def test_at_the_counter_it_is_the_day_it_was_handed_in() -> None:
    assert receipt_date(Channel.COUNTER, handed_in=MONDAY) == MONDAY


def test_by_signed_post_it_is_the_day_the_office_signed() -> None:
    assert receipt_date(Channel.POST_SIGNED, signed=WEDNESDAY) == WEDNESDAY


@pytest.mark.parametrize(
    "channel", [Channel.ONLINE, Channel.FAX, Channel.EMAIL, Channel.POST_ORDINARY]
)
def test_otherwise_it_is_the_day_on_which_both_sides_have_confirmed(channel: Channel) -> None:
    both = receipt_date(channel, confirmed_by_applicant=MONDAY, confirmed_by_organ=WEDNESDAY)
    assert both == WEDNESDAY
    assert receipt_date(channel, confirmed_by_applicant=MONDAY) is None
    assert receipt_date(channel, confirmed_by_organ=WEDNESDAY) is None
    assert receipt_date(channel, handed_in=MONDAY, signed=MONDAY) is None
