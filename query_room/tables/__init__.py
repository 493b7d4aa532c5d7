"""The tables of this room. Statements on them live in repository modules and nowhere else.

Visits, requests and register entries happen in the event log; these tables are what follows from
it, kept in the same transaction. No personal data stands in them but in keyed digests.
"""

from query_room.tables.base import metadata
from query_room.tables.calendar import calendar_day, calendar_notice
from query_room.tables.cases import request_case
from query_room.tables.certificates import certificate
from query_room.tables.counter import handover, register_entry, register_item, visit, visit_day
from query_room.tables.effects import register_effect
from query_room.tables.holds import retention_hold
from query_room.tables.ledgers import (
    ledger_balance,
    ledger_import,
    ledger_month,
    ledger_request,
)
from query_room.tables.notices import notice
from query_room.tables.organs import organ, organ_member, organ_review_step, organ_series
from query_room.tables.people import access_grant, account, sign_in_failure
from query_room.tables.reports import (
    annual_report,
    annual_report_cell,
    imported_report,
    imported_report_cell,
    opening_balance,
    proactive_figure,
    report_text,
)
from query_room.tables.requests import (
    records_request,
    request_clock_event,
    request_consultation,
    request_dispatch,
    request_finding,
    request_hand_search,
    request_letter,
    request_search,
    review,
    review_signature,
)
from query_room.tables.saved_searches import saved_search

__all__ = [
    "access_grant",
    "account",
    "annual_report",
    "annual_report_cell",
    "calendar_day",
    "calendar_notice",
    "certificate",
    "handover",
    "imported_report",
    "imported_report_cell",
    "ledger_balance",
    "ledger_import",
    "ledger_month",
    "ledger_request",
    "metadata",
    "notice",
    "opening_balance",
    "organ",
    "organ_member",
    "organ_review_step",
    "organ_series",
    "proactive_figure",
    "records_request",
    "register_effect",
    "register_entry",
    "register_item",
    "report_text",
    "request_case",
    "request_clock_event",
    "request_consultation",
    "request_dispatch",
    "request_finding",
    "request_hand_search",
    "request_letter",
    "request_search",
    "retention_hold",
    "review",
    "review_signature",
    "saved_search",
    "sign_in_failure",
    "visit",
    "visit_day",
]
