"""What was asked, shown, opened and written down, in one chain that cannot be altered unseen.

Every search, use, visit, handover, register entry and sign-in is one *event*, appended in the
transaction of the change it tells of. An event has an erasable *body* (what was said) and holds
only a salted commitment to it, so that personal data can be erased and the chain stays whole.
Events are *sealed* in batches: each seal's digest covers the seal before it and every event in it.
``verify`` walks the chain again and names whatever does not fit.
"""

from search_api.log.model import Event, EventKind, NewEvent
from search_api.log.searches import (
    LoggedHit,
    LoggedSearch,
    LoggedUse,
    SearchEntry,
    Use,
    UseEntry,
    count_searches,
    latest_searches,
    load_search,
    log_search,
    log_use,
    page_of_searches,
    searches_between,
    searches_of_request,
    searches_of_visit,
    uses_of_record,
    uses_of_request,
    uses_of_search,
    uses_of_visit,
)
from search_api.log.service import (
    append,
    erase,
    events_of_day,
    events_of_subject,
    head_of_day,
    seal,
    unsealed_count,
)
from search_api.log.verification import VerifyReport, verify

__all__ = [
    "Event",
    "EventKind",
    "LoggedHit",
    "LoggedSearch",
    "LoggedUse",
    "NewEvent",
    "SearchEntry",
    "Use",
    "UseEntry",
    "VerifyReport",
    "append",
    "count_searches",
    "erase",
    "events_of_day",
    "events_of_subject",
    "head_of_day",
    "latest_searches",
    "load_search",
    "log_search",
    "log_use",
    "page_of_searches",
    "seal",
    "searches_between",
    "searches_of_request",
    "searches_of_visit",
    "unsealed_count",
    "uses_of_record",
    "uses_of_request",
    "uses_of_search",
    "uses_of_visit",
    "verify",
]
