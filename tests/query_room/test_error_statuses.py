from __future__ import annotations

from indexer.errors import QueryRoomError
from query_room import errors
from query_room.error_statuses import _STATUSES, status_of
from search_api.errors import SearchNotLoggedError

FAULTS_OF_OURS = {
    # Families, never raised themselves; and what only an operator can mend.
    errors.AccountError,
    errors.ArchiveCareError,
    errors.BackupError,
    errors.BackupRefusedError,
    errors.BackupDamagedError,
    errors.RestoreRefusedError,
    errors.RequestLogError,
    errors.VaultError,
}


def test_every_error_of_a_person_says_that_it_is_theirs() -> None:
    ours = {
        each
        for each in vars(errors).values()
        if isinstance(each, type)
        and issubclass(each, QueryRoomError)
        and each.__module__ == errors.__name__
    }
    assert ours - set(_STATUSES) == FAULTS_OF_OURS
    assert all(400 <= status < 500 for status in _STATUSES.values())


def test_what_only_an_operator_can_mend_is_a_fault_of_the_server() -> None:
    assert status_of(errors.VaultError("no key")) == 500


def test_errors_of_the_rooms_below_keep_their_status() -> None:
    assert status_of(SearchNotLoggedError("none")) == 404
