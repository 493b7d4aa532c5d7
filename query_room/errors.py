"""What can go wrong in this room, below :class:`indexer.errors.QueryRoomError`.

::

    QueryRoomError
    ├── VaultError                 personal data cannot be encrypted or read
    ├── AccountError               something about an account
    │   ├── SignInRefusedError     unknown name, wrong password and disabled are one answer
    │   ├── SignInLockedError      too many failures; ``until`` says how long
    │   ├── WeakPasswordError      ``reason``: too_short, too_long, is_the_name
    │   ├── AccountExistsError     the name is taken
    │   ├── AccountNotFoundError   no such account
    │   ├── GrantNotFoundError     no such grant in force
    │   └── PermissionDeniedError  the account's role may not do this
    ├── BackupError                something about a backup; ``reason`` and ``subject`` say what
    │   ├── BackupRefusedError     none can be made
    │   ├── BackupDamagedError     a file is no backup, or not as it was written
    │   └── RestoreRefusedError    a whole backup cannot be restored here
    ├── ArchiveCareError           something about the care of the archive
    │   ├── BatchNotFoundError     no such batch
    │   ├── BatchNotFinishedError  it has no account yet
    │   ├── LaterBatchesError      later batches changed the same records; ``batches`` says which
    │   ├── OrderNotFoundError     no such order, or no such watch
    │   ├── OrderRefusedError      an order cannot take that step now; ``reason`` says why
    │   ├── NothingToReleaseError   no generation waits for a word
    │   ├── NothingToRollBackToError no generation before the serving one is kept
    │   ├── RebuildUnderwayError   a generation is being built; ``number`` says which
    │   ├── WithdrawalNotFoundError no such withdrawal is in force
    │   └── CopyNotFoundError      no such pair of copies
    ├── InvalidFieldError          a form field cannot be used; ``field`` and ``reason`` say which
    └── RequestLogError            something about a visit, a handover or the register
        ├── VisitNotFoundError     no such visit
        ├── VisitClosedError       the visit has ended
        ├── VisitAlreadyOpenError  the counter still has a visit open; ``visit_id`` says which
        ├── PersonErasedError      the visit stands, who came was erased
        ├── SearchOfAnotherVisitError the search was not made in this visit
        ├── HandoverNotFoundError  no such handover
        ├── InvalidTransitionError that step cannot be taken from where the work stands
        ├── EntryNotFoundError     no such register entry
        ├── EntryCorrectedError    the entry was corrected already; ``entry_id`` says by which
        └── RegisterRefusedError   an entry does not fit; ``reason`` and ``record_id`` say how
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import QueryRoomError

if TYPE_CHECKING:
    import datetime as dt


class VaultError(QueryRoomError):
    """Personal data cannot be encrypted or read."""

    code = "vault_failed"


class AccountError(QueryRoomError):
    """Something about an account."""

    code = "account_failed"


class SignInRefusedError(AccountError):
    """Unknown name, wrong password and disabled account are one answer."""

    code = "sign_in_refused"


class SignInLockedError(AccountError):
    """Too many failures under that name, whether it is known or not.

    Attributes:
        until: When the next attempt is listened to.
    """

    code = "sign_in_locked"

    def __init__(self, until: dt.datetime) -> None:
        super().__init__(f"locked until {until.isoformat()}")
        self.until = until


class WeakPasswordError(AccountError):
    """A password that cannot be taken.

    Attributes:
        reason: ``too_short``, ``too_long`` or ``is_the_name``.
    """

    code = "weak_password"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AccountExistsError(AccountError):
    """The name is taken."""

    code = "account_exists"


class AccountNotFoundError(AccountError):
    """No such account."""

    code = "account_not_found"


class GrantNotFoundError(AccountError):
    """No such grant, or it was revoked already."""

    code = "grant_not_found"


class PermissionDeniedError(AccountError):
    """The account's role may not do this."""

    code = "permission_denied"


class BackupError(QueryRoomError):
    """Something about a backup.

    Attributes:
        reason: A word of :mod:`query_room.commands.backup_words`.
        subject: The file, member, table or folder concerned, or ``""``.
    """

    code = "backup_failed"

    def __init__(self, reason: str, subject: str = "") -> None:
        super().__init__(f"{reason} {subject}".rstrip())
        self.reason = reason
        self.subject = subject


class BackupRefusedError(BackupError):
    """No backup can be made."""

    code = "backup_refused"


class BackupDamagedError(BackupError):
    """A file is no backup, or not as it was written."""

    code = "backup_damaged"


class RestoreRefusedError(BackupError):
    """A whole backup cannot be restored here."""

    code = "restore_refused"


class ArchiveCareError(QueryRoomError):
    """Something about the care of the archive."""

    code = "archive_care_failed"


class BatchNotFoundError(ArchiveCareError):
    """No such batch."""

    code = "batch_not_found"


class BatchNotFinishedError(ArchiveCareError):
    """A batch has not finished, and so has no account yet."""

    code = "batch_not_finished"


class LaterBatchesError(ArchiveCareError):
    """Later batches changed the same records and must be undone first.

    Attributes:
        batches: Which, the latest first.
    """

    code = "later_batches"

    def __init__(self, batches: tuple[int, ...]) -> None:
        super().__init__(f"undo first: {', '.join(map(str, batches))}")
        self.batches = batches


class OrderNotFoundError(ArchiveCareError):
    """No such order, or no such watch in force."""

    code = "order_not_found"


class OrderRefusedError(ArchiveCareError):
    """An order cannot take that step from where it stands.

    Attributes:
        reason: ``moved_on``, ``already_ordered``, ``still_importing``, ``upload_gone``.
    """

    code = "order_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NothingToReleaseError(ArchiveCareError):
    """No generation waits for somebody to let it answer."""

    code = "nothing_to_release"


class NothingToRollBackToError(ArchiveCareError):
    """No generation before the serving one is kept."""

    code = "nothing_to_roll_back_to"


class RebuildUnderwayError(ArchiveCareError):
    """A generation of the index is being built already.

    Attributes:
        number: Which one.
    """

    code = "rebuild_underway"

    def __init__(self, number: int) -> None:
        super().__init__(f"generation {number} is being built")
        self.number = number


class WithdrawalNotFoundError(ArchiveCareError):
    """No such withdrawal, or it was lifted already."""

    code = "withdrawal_not_found"


class CopyNotFoundError(ArchiveCareError):
    """No such pair of copies for this viewer, or not any more."""

    code = "copy_not_found"


class InvalidFieldError(QueryRoomError):
    """A form field cannot be used.

    Attributes:
        field: Its name.
        reason: ``required``, ``too_long``, ``too_many``, ``unknown`` or ``out_of_range``.
    """

    code = "invalid_field"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class RequestLogError(QueryRoomError):
    """Something about a visit, a handover or the register."""

    code = "request_log_failed"


class VisitNotFoundError(RequestLogError):
    """No such visit."""

    code = "visit_not_found"


class VisitClosedError(RequestLogError):
    """The visit has ended."""

    code = "visit_closed"


class VisitAlreadyOpenError(RequestLogError):
    """The account still has a visit open.

    Attributes:
        visit_id: Which one.
    """

    code = "visit_already_open"

    def __init__(self, visit_id: str) -> None:
        super().__init__(f"visit {visit_id} is still open")
        self.visit_id = visit_id


class PersonErasedError(RequestLogError):
    """The visit stands; who came was erased."""

    code = "person_erased"


class SearchOfAnotherVisitError(RequestLogError):
    """The search was not made in this visit."""

    code = "search_of_another_visit"


class HandoverNotFoundError(RequestLogError):
    """No such handover."""

    code = "handover_not_found"


class InvalidTransitionError(RequestLogError):
    """That step cannot be taken from where the work stands.

    Attributes:
        step: What was tried. status: Where the work stands.
    """

    code = "invalid_transition"

    def __init__(self, step: str, status: str, detail: str = "") -> None:
        super().__init__(f"cannot {step} what is {status}{f': {detail}' if detail else ''}")
        self.step = step
        self.status = status


class EntryNotFoundError(RequestLogError):
    """No such register entry."""

    code = "entry_not_found"


class EntryCorrectedError(RequestLogError):
    """The entry was corrected already.

    Attributes:
        entry_id: The entry that took its place.
    """

    code = "entry_corrected"

    def __init__(self, entry_id: str) -> None:
        super().__init__(f"was corrected by {entry_id}")
        self.entry_id = entry_id


class RegisterRefusedError(RequestLogError):
    """An entry does not fit what was searched and shown.

    Attributes:
        reason: ``search_erased``, ``not_a_hit``, ``changed_since``, ``needs_approval``,
            ``lending_needs_a_unit``, ``needs_a_copy_count``, ``needs_a_certificate``,
            ``needs_items``, ``has_items``, ``twice``.
        record_id: The item at fault, or ``""``.
    """

    code = "register_refused"

    def __init__(self, reason: str, record_id: str = "") -> None:
        super().__init__(f"{reason} {record_id}".strip())
        self.reason = reason
        self.record_id = record_id
