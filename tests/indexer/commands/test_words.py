from __future__ import annotations

import datetime as dt

import pytest

from indexer.commands.words import REASONS, STATES, china_time
from indexer.extraction import Reason
from indexer.repositories.batches import BatchState


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    assert REASONS[reason]


def test_every_state_has_words() -> None:
    assert set(STATES) == set(BatchState)


def test_moments_are_shown_as_clocks_in_china_show_them() -> None:
    assert china_time(dt.datetime(2026, 1, 1, 20, 5, tzinfo=dt.UTC)) == "2026-01-02 04:05"
