from __future__ import annotations

import re

from search_api.log.model import EventKind

# Words that stand in logs already: one that is renamed here makes old events unreadable.
PINNED = frozenset(
    """
    search.made record.used visit.opened visit.visitor_identified visit.visitor_revealed
    visit.closed visit.text_written handover.asked handover.taken handover.put_back
    handover.answered handover.delivered handover.cancelled register.entered register.corrected
    register.exported
    account.signed_in account.sign_in_refused account.signed_out account.added account.disabled
    account.password_changed account.granted account.grant_revoked record.withdrawn
    record.withdrawal_lifted file.cleared batch.undone log.erased
    """.split()  # noqa: SIM905 - a list of words is read more easily than one of strings
)


def test_no_word_of_the_log_is_ever_lost() -> None:
    assert {kind.value for kind in EventKind} >= PINNED


def test_every_word_names_a_thing_and_what_happened_to_it() -> None:
    for kind in EventKind:
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", kind.value)
        assert len(kind.value) <= 40
