"""What an auditor may see of what an event says: an allow-list of fields.

Identifiers, hashes, numbers, words of fixed sets, grounds of decisions, and the question as it was
typed, because an audit asks why somebody looked for something. No titles, no reference codes, no
text of records, no names of visitors. A field that nobody has judged is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.log.model import JsonValue

VISIBLE: Final = frozenset(
    {
        # who, where, whose rights
        *("by", "handler", "actor", "terminal", "channel", "context", "viewer"),
        *("audience", "agencies", "all_agencies", "granted_records", "granted_fonds"),
        # a search and its answer
        *(
            "text",
            "literal",
            "as_typed",
            "corrected_to",
            "clauses",
            "tokens",
            "also_searched",
            "filters",
            "order",
            "page",
            "page_size",
            "list_digest",
            "since",
            "total",
            "relaxed_to",
        ),
        *("generation", "dictionary", "hits", "restores"),
        # the same asked again
        *("kept", "moved", "lost", "gained"),
        # what was done with a record
        *("use", "record_id", "content_hash", "file_hash", "file_ordinal", "pages", "page_count"),
        *("other_hash",),
        *("mode", "copies", "certificate", "by_hand", "is_volume", "items", "records"),
        *("secrecy", "opening", "disclosure"),
        # visits, look-ups, the register
        *(
            "visit_id",
            "request_id",
            "search_id",
            "searches",
            "purpose",
            "standing",
            "identity_kind",
            "outcome",
        ),
        *("exported_from", "exported_to", "file_format", "row_count", "hold", "reference"),
        *("corrects", "note_event", "text_event", "remark_event", "reason_event"),
        # decisions
        *("ground", "basis", "approver", "fonds", "grant", "valid_from", "valid_until"),
        *("role", "reason", "batch_number", "withdrawal"),
        # batches ordered and folders watched: not where the files lie, whose names may name anybody
        *("order", "order_kind", "watch", "level", "in_place", "is_uploaded"),
        # notices
        *("notice_kind", "notice_state", "notice_reason"),
        # annual reports
        *("year", "accepted", "cells"),
        # requests for information
        *("clock", "step", "status", "status_before", "organ", "category", "party", "until"),
        *("is_oral", "read_back", "assigned_to", "before", "organ_confirmed_on"),
        *("applicant_confirmed_on", "correct_by", "consultation", "answer", "working_days"),
        *(
            "basis",
            "count",
            "items_before",
            "yuan",
            "by_archivist",
            "finding",
            "decision",
            "exemption",
        ),
        *("disposition", "disposition_before", "reply_type", "reply_type_before"),
        *("closed_before", "review", "ordinal", "duty", "verdict", "letter", "letter_kind"),
        *("request_number", "letter_number"),
        *("manner", "applicant_event", "party_event"),
        # reviews and suits
        *("block", "result", "plaintiff", "filed_on", "notified_on", "answered_on"),
        *("decided_on", "follows", "ordered_reopen", "outcome_event"),
        *("entry",),
        # old registers
        *("ledger_kind", "bad_count"),
        # organs and the calendar
        *("fields", "account", "duties", "notice", "year", "day_count"),
        # the log itself
        *("events", "what", "day", "kind", "event", "month", "unsealed", "erased", "seals"),
        *("head", "number", "digest", "compared", "findings", "finding_count"),
    }
)
"""Names of fields, at whatever depth they stand."""

_WHOLE: Final = frozenset({"filters"})
"""Fields whose own fields are all visible: they are part of the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleBody:
    """What an auditor sees of a body.

    Attributes:
        fields: By name, nested as they were.
        is_sealed: Whether the body is personal data or free text, encrypted.
        has_more: Whether fields were left out.
    """

    fields: Mapping[str, JsonValue]
    is_sealed: bool
    has_more: bool


def visible_body(body: Mapping[str, JsonValue]) -> VisibleBody:
    """The part of a body that an auditor may see."""
    left_out: list[str] = []
    fields = _of_mapping(body, left_out)
    return VisibleBody(
        fields=fields,
        is_sealed="sealed" in left_out,
        has_more=any(name != "sealed" for name in left_out),
    )


def _of_mapping(body: Mapping[str, JsonValue], left_out: list[str]) -> Mapping[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for name, value in body.items():
        if name not in VISIBLE:
            left_out.append(name)
        else:
            found[name] = value if name in _WHOLE else _of_value(value, left_out)
    return found


def _of_value(value: JsonValue, left_out: list[str]) -> JsonValue:
    if isinstance(value, dict):
        return _of_mapping(value, left_out)
    if isinstance(value, list):
        return [_of_value(each, left_out) for each in value]
    return value
