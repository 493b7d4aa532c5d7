"""What the forms of cases ask for, read into the words of the room below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from query_room.cases import Decided, NewCase, Plaintiff
from query_room.pages.forms import chosen
from query_room.pages.requests.forms import required_day
from query_room.statute.case_codes import CaseBlock, CaseResult

if TYPE_CHECKING:
    from collections.abc import Mapping

NEW_FIELDS = (
    "block",
    "follows",
    "authority",
    "docket",
    "plaintiff",
    "plaintiff_name",
    "note",
    "filed_on",
    "notified_on",
)


def parse_new(form: Mapping[str, str]) -> NewCase:
    """A review or suit of which the organ was told.

    Raises:
        InvalidFieldError: Something was not chosen, or a day cannot be read.
    """
    block = chosen(form, "block", CaseBlock)
    return NewCase(
        block=block,
        # A review chosen before another block was: it belongs to suits after review alone.
        follows=(form.get("follows") or None) if block is CaseBlock.AFTER_REVIEW else None,
        authority=form.get("authority", ""),
        docket=form.get("docket", ""),
        plaintiff=chosen(form, "plaintiff", Plaintiff),
        plaintiff_name=form.get("plaintiff_name", ""),
        note=form.get("note", ""),
        filed_on=required_day(form, "filed_on"),
        notified_on=required_day(form, "notified_on"),
    )


def parse_decided(form: Mapping[str, str]) -> Decided:
    """How a review or suit ended.

    Raises:
        InvalidFieldError: No result was chosen, or the day cannot be read.
    """
    return Decided(
        result=chosen(form, "result", CaseResult),
        decided_on=required_day(form, "decided_on"),
        ordered_reopen=form.get("ordered_reopen") == "1",
        summary=form.get("summary", ""),
    )
