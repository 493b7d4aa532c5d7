"""Words of the log, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from indexer.access import Audience, Disclosure, Opening
from indexer.engine.query import FacetField
from query_room.accounts import Role
from query_room.pages.counter_labels import IDENTITY_KINDS, MODES, OUTCOMES, PURPOSES, STANDINGS
from query_room.pages.labels import AUDIENCES, DISCLOSURES, FACETS, OPENINGS, ORDERS, SECRECIES
from search_api.log import EventKind, Use
from search_api.log.inspection import BodyState
from search_api.log.model import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[str, LazyString]] = {
    EventKind.SEARCHED: lazy_gettext("Search"),
    EventKind.USED: lazy_gettext("Record used"),
    EventKind.VISIT_OPENED: lazy_gettext("Visit opened"),
    EventKind.VISITOR_IDENTIFIED: lazy_gettext("Visitor identified"),
    EventKind.VISITOR_REVEALED: lazy_gettext("Visitor shown in full"),
    EventKind.VISIT_CLOSED: lazy_gettext("Visit closed"),
    EventKind.TEXT_WRITTEN: lazy_gettext("Note written"),
    EventKind.HANDOVER_ASKED: lazy_gettext("Look-up asked for"),
    EventKind.HANDOVER_TAKEN: lazy_gettext("Look-up taken"),
    EventKind.HANDOVER_PUT_BACK: lazy_gettext("Look-up put back"),
    EventKind.HANDOVER_ANSWERED: lazy_gettext("Look-up answered"),
    EventKind.HANDOVER_DELIVERED: lazy_gettext("Look-up told to the visitor"),
    EventKind.HANDOVER_CANCELLED: lazy_gettext("Look-up cancelled"),
    EventKind.REGISTERED: lazy_gettext("Use registered"),
    EventKind.REGISTER_CORRECTED: lazy_gettext("Register corrected"),
    EventKind.REQUEST_FILED: lazy_gettext("Request filed"),
    EventKind.REQUEST_CONFIRMED: lazy_gettext("Receipt of a request confirmed"),
    EventKind.APPLICANT_IDENTIFIED: lazy_gettext("Applicant identified"),
    EventKind.APPLICANT_REVEALED: lazy_gettext("Applicant shown in full"),
    EventKind.REQUEST_TEXT_WRITTEN: lazy_gettext("Text of a request written"),
    EventKind.REQUEST_ASSIGNED: lazy_gettext("Request assigned"),
    EventKind.CLARIFICATION_ASKED: lazy_gettext("Clarification asked for"),
    EventKind.REQUEST_CORRECTED: lazy_gettext("Request corrected"),
    EventKind.CONSULTATION_SENT: lazy_gettext("Consultation sent"),
    EventKind.CONSULTATION_ANSWERED: lazy_gettext("Consultation answered"),
    EventKind.REQUEST_EXTENDED: lazy_gettext("Reply period extended"),
    EventKind.LONGER_PERIOD_SET: lazy_gettext("Longer period set"),
    EventKind.FEE_NOTICED: lazy_gettext("Fee notice given"),
    EventKind.FEE_PAID: lazy_gettext("Fee paid"),
    EventKind.SEARCH_ATTACHED: lazy_gettext("Search attached to a request"),
    EventKind.SEARCHED_BY_HAND: lazy_gettext("Searched by hand"),
    EventKind.HIT_MARKED: lazy_gettext("Record marked as relevant"),
    EventKind.HIT_DROPPED: lazy_gettext("Record dropped from a request"),
    EventKind.HIT_DECIDED: lazy_gettext("Decision on a record proposed"),
    EventKind.REQUEST_PROPOSED: lazy_gettext("Outcome of a request proposed"),
    EventKind.REQUEST_SUBMITTED: lazy_gettext("Request submitted for review"),
    EventKind.REQUEST_APPROVED: lazy_gettext("Request approved"),
    EventKind.REQUEST_RETURNED: lazy_gettext("Request sent back"),
    EventKind.REVIEW_SIGNED: lazy_gettext("Review signed"),
    EventKind.LETTER_ISSUED: lazy_gettext("Letter issued"),
    EventKind.REQUEST_REPLIED: lazy_gettext("Reply issued"),
    EventKind.LETTER_DISPATCHED: lazy_gettext("Letter dispatched"),
    EventKind.REQUEST_CLOSED: lazy_gettext("Request closed"),
    EventKind.REQUEST_REOPENED: lazy_gettext("Request reopened"),
    EventKind.ORGAN_ADDED: lazy_gettext("Organ added"),
    EventKind.ORGAN_CHANGED: lazy_gettext("Organ changed"),
    EventKind.ORGAN_CLOSED: lazy_gettext("Organ closed"),
    EventKind.DUTIES_SET: lazy_gettext("Duties set"),
    EventKind.REVIEW_STEPS_SET: lazy_gettext("Review steps set"),
    EventKind.CALENDAR_IMPORTED: lazy_gettext("Calendar imported"),
    EventKind.CALENDAR_DAY_SET: lazy_gettext("Day of the calendar set"),
    EventKind.SIGNED_IN: lazy_gettext("Signed in"),
    EventKind.SIGN_IN_REFUSED: lazy_gettext("Sign-in refused"),
    EventKind.SIGNED_OUT: lazy_gettext("Signed out"),
    EventKind.ACCOUNT_ADDED: lazy_gettext("Account added"),
    EventKind.ACCOUNT_DISABLED: lazy_gettext("Account disabled"),
    EventKind.PASSWORD_CHANGED: lazy_gettext("Password changed"),
    EventKind.GRANTED: lazy_gettext("Access granted"),
    EventKind.GRANT_REVOKED: lazy_gettext("Access revoked"),
    EventKind.RECORD_WITHDRAWN: lazy_gettext("Record withdrawn"),
    EventKind.WITHDRAWAL_LIFTED: lazy_gettext("Withdrawal lifted"),
    EventKind.FILE_CLEARED: lazy_gettext("File cleared"),
    EventKind.BATCH_UNDONE: lazy_gettext("Batch undone"),
    EventKind.REBUILD_BEGUN: lazy_gettext("Rebuilding of the index begun"),
    EventKind.ROLLED_BACK: lazy_gettext("Index rolled back"),
    EventKind.ERASED: lazy_gettext("Contents erased"),
    EventKind.LOG_READ: lazy_gettext("Log read"),
    EventKind.LOG_VERIFIED: lazy_gettext("Log verified"),
}
"""In the order in which they are offered."""

STATES: Final[Mapping[BodyState, LazyString]] = {
    BodyState.KEPT: lazy_gettext("kept"),
    BodyState.ERASED: lazy_gettext("erased"),
    BodyState.DAMAGED: lazy_gettext("not as it was written"),
}

PROBLEMS: Final[Mapping[Problem, LazyString]] = {
    Problem.CHANGED: lazy_gettext("The event was changed"),
    Problem.BODY_CHANGED: lazy_gettext("What the event said was changed"),
    Problem.BODY_MISSING: lazy_gettext("What the event said is missing"),
    Problem.ERASED_UNRECORDED: lazy_gettext("Erased without a record of it"),
    Problem.MISSING: lazy_gettext("The event is missing"),
    Problem.ADDED: lazy_gettext("Added without a seal"),
    Problem.REORDERED: lazy_gettext("Exchanged with another event"),
    Problem.SEAL_BROKEN: lazy_gettext("The seal does not fit"),
    Problem.SEAL_MISSING: lazy_gettext("The seal is missing"),
    Problem.HEAD_DIFFERS: lazy_gettext("The seal differs from the one written down"),
}

_USES: Final[Mapping[Use, LazyString]] = {
    Use.OPENED: lazy_gettext("Opened"),
    Use.PAGE: lazy_gettext("Page read"),
    Use.DOWNLOADED: lazy_gettext("Downloaded"),
    Use.COPIED: lazy_gettext("Copied"),
    Use.PRINTED: lazy_gettext("Printed"),
}
_ROLES: Final[Mapping[Role, LazyString]] = {
    Role.READING_ROOM: lazy_gettext("Reading-room terminal"),
    Role.STAFF: lazy_gettext("Counter staff"),
    Role.ARCHIVIST: lazy_gettext("Archivist"),
    Role.AUDITOR: lazy_gettext("Auditor"),
    Role.ADMIN: lazy_gettext("Administrator"),
}
_CHANNELS: Final[Mapping[str, LazyString]] = {
    "web": lazy_gettext("Web pages"),
    "api": lazy_gettext("Programs"),
    "command": lazy_gettext("Command line"),
}
_REASONS: Final[Mapping[str, LazyString]] = {
    "locked": lazy_gettext("Too many failures"),
    "unknown_name": lazy_gettext("Unknown name"),
    "wrong_password": lazy_gettext("Wrong password"),
    "disabled": lazy_gettext("Account disabled"),
}
_READ: Final[Mapping[str, LazyString]] = {
    "day": lazy_gettext("A day"),
    "event": lazy_gettext("One event"),
    "heads": lazy_gettext("Heads of days"),
}

FIELDS: Final[Mapping[str, LazyString]] = {
    "text": lazy_gettext("Asked"),
    "clauses": lazy_gettext("Read as"),
    "tokens": lazy_gettext("Searched for"),
    "filters": lazy_gettext("Filters"),
    "order": lazy_gettext("Order"),
    "page": lazy_gettext("Page"),
    "total": lazy_gettext("Records found"),
    "relaxed_to": lazy_gettext("Parts matched"),
    "use": lazy_gettext("Kind of use"),
    "what": lazy_gettext("What was read"),
    "day": lazy_gettext("Day"),
    "month": lazy_gettext("Month"),
    "kind": lazy_gettext("Kind"),
    "event": lazy_gettext("Event"),
    "visit_id": lazy_gettext("Visit"),
    "search_id": lazy_gettext("Search"),
    "searches": lazy_gettext("Searches made"),
    "purpose": lazy_gettext("Purpose"),
    "standing": lazy_gettext("Comes"),
    "identity_kind": lazy_gettext("Identified by"),
    "outcome": lazy_gettext("Outcome"),
    "corrects": lazy_gettext("Corrects"),
    "ground": lazy_gettext("Ground"),
    "basis": lazy_gettext("Basis"),
    "approver": lazy_gettext("Approved by"),
    "reason": lazy_gettext("Reason"),
    "role": lazy_gettext("Role"),
    "record_id": lazy_gettext("Record"),
    "fonds": lazy_gettext("Fonds"),
    "withdrawal": lazy_gettext("Number of the withdrawal"),
    "grant": lazy_gettext("Number of the grant"),
    "valid_from": lazy_gettext("From day"),
    "valid_until": lazy_gettext("To day"),
    "batch_number": lazy_gettext("Batch"),
    "file_ordinal": lazy_gettext("File"),
    "pages": lazy_gettext("Pages"),
    "page_count": lazy_gettext("Number of pages"),
    "content_hash": lazy_gettext("Hash of the record"),
    "file_hash": lazy_gettext("Hash of the file"),
    "records": lazy_gettext("Records"),
    "hits": lazy_gettext("Records shown"),
    "items": lazy_gettext("Records used"),
    "mode": lazy_gettext("Kind of use"),
    "copies": lazy_gettext("Copies"),
    "certificate": lazy_gettext("Number of the certificate"),
    "by_hand": lazy_gettext("Added by hand"),
    "is_volume": lazy_gettext("Whole volume"),
    "secrecy": lazy_gettext("Secrecy"),
    "opening": lazy_gettext("Opening"),
    "disclosure": lazy_gettext("Disclosure"),
    "by": lazy_gettext("Account"),
    "handler": lazy_gettext("Handler"),
    "actor": lazy_gettext("Account"),
    "terminal": lazy_gettext("Terminal"),
    "channel": lazy_gettext("Way"),
    "audience": lazy_gettext("Rights of"),
    "agencies": lazy_gettext("Agencies"),
    "all_agencies": lazy_gettext("All agencies"),
    "granted_records": lazy_gettext("Records granted"),
    "granted_fonds": lazy_gettext("Fonds granted"),
    "generation": lazy_gettext("Generation of the index"),
    "dictionary": lazy_gettext("Dictionary"),
    "note_event": lazy_gettext("Note, as event"),
    "text_event": lazy_gettext("Text, as event"),
    "remark_event": lazy_gettext("Remark, as event"),
    "reason_event": lazy_gettext("Reason, as event"),
    "events": lazy_gettext("Events"),
    "unsealed": lazy_gettext("Not sealed yet"),
    "erased": lazy_gettext("Erased on record"),
    "seals": lazy_gettext("Seals"),
    "number": lazy_gettext("Seal"),
    "digest": lazy_gettext("Digest"),
    "compared": lazy_gettext("Seals compared"),
    "findings": lazy_gettext("Findings"),
    "finding_count": lazy_gettext("Number of findings"),
}
"""Fields of events, in the order in which they are shown."""

FILTERS: Final[Mapping[str, LazyString]] = {
    "agencies": FACETS[FacetField.AGENCY],
    "years": FACETS[FacetField.YEAR],
    "categories": FACETS[FacetField.CATEGORY],
    "audiences": FACETS[FacetField.AUDIENCE],
    "fonds": FIELDS["fonds"],
    "date_from": FIELDS["valid_from"],
    "date_to": FIELDS["valid_until"],
}
"""Filters, by their names in the log."""

VALUES: Final[Mapping[str, Mapping[str, LazyString]]] = {
    "use": {use.value: label for use, label in _USES.items()},
    "mode": {mode.value: label for mode, label in MODES.items()},
    "purpose": {purpose.value: label for purpose, label in PURPOSES.items()},
    "standing": {standing.value: label for standing, label in STANDINGS.items()},
    "identity_kind": {kind.value: label for kind, label in IDENTITY_KINDS.items()},
    "outcome": {outcome.value: label for outcome, label in OUTCOMES.items()},
    "role": {role.value: label for role, label in _ROLES.items()},
    "channel": _CHANNELS,
    "reason": _REASONS,
    "what": _READ,
    "kind": {str(kind): label for kind, label in KINDS.items()},
    "order": {order.value: label for order, label in ORDERS.items()},
    "audience": {each.slug: AUDIENCES[each] for each in Audience},
    "audiences": {str(each): AUDIENCES[each] for each in Audience},
    "secrecy": {each.value: label for each, label in SECRECIES.items()},
    "opening": {each.value: OPENINGS[each] for each in Opening},
    "disclosure": {each.value: DISCLOSURES[each] for each in Disclosure},
}
"""Words of fixed sets, by field."""
