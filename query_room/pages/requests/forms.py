"""What the forms of requests ask for, read into the words of the rooms below."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from query_room.clock import Channel
from query_room.errors import InvalidFieldError
from query_room.pages.forms import chosen
from query_room.register.page_ranges import parse_ranges
from query_room.requests import Applicant, Delivery, Form, NewRequest, RequestKind, Wanted
from query_room.requests.proposals import Proposal
from query_room.statute.codes import ApplicantCategory, Disposition, ReplyType
from query_room.visits import IdentityKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from query_room.register import PageRange
    from query_room.visits import Visit

APPLICANT_FIELDS = (
    "name",
    "identity_kind",
    "identity_number",
    "credit_code",
    "contact",
    "phone",
    "email",
    "address",
    "postcode",
)
WANTED_FIELDS = ("description", "document_number", "form", "delivery")


def parse_applicant(form: Mapping[str, str]) -> Applicant:
    """Who applies.

    Raises:
        InvalidFieldError: No kind of document was chosen.
    """
    return Applicant(
        name=form.get("name", ""),
        identity_kind=chosen(form, "identity_kind", IdentityKind),
        identity_number=form.get("identity_number", ""),
        credit_code=form.get("credit_code", ""),
        contact=form.get("contact", ""),
        phone=form.get("phone", ""),
        email=form.get("email", ""),
        address=form.get("address", ""),
        postcode=form.get("postcode", ""),
    )


def parse_wanted(form: Mapping[str, str]) -> Wanted:
    """What is asked for.

    Raises:
        InvalidFieldError: No form or way was chosen.
    """
    return Wanted(
        description=form.get("description", ""),
        document_number=form.get("document_number", ""),
        form=chosen(form, "form", Form),
        delivery=chosen(form, "delivery", Delivery),
    )


def parse_filing(form: Mapping[str, str], visit: Visit | None) -> NewRequest:
    """A request that staff write down.

    Raises:
        InvalidFieldError: Something was not chosen, or a day cannot be read.
    """
    channel = chosen(form, "channel", Channel)
    at_counter = channel is Channel.COUNTER
    return NewRequest(
        organ_id=form.get("organ", ""),
        kind=chosen(form, "kind", RequestKind),
        channel=channel,
        category=chosen(form, "category", ApplicantCategory),
        applicant=parse_applicant(form),
        wanted=parse_wanted(form),
        received_on=optional_day(form, "received_on"),
        applicant_confirmed_on=optional_day(form, "applicant_confirmed_on"),
        is_oral=at_counter and form.get("is_oral") == "1",
        read_back=form.get("read_back") == "1",
        visit_id=visit.visit_id if visit is not None and at_counter else None,
        origin_search_id=form.get("search") or None,
    )


def parse_proposal(form: Mapping[str, str]) -> Proposal:
    """How the request is to end; disposition and reply type are chosen together.

    Raises:
        InvalidFieldError: None was chosen, or none that there is.
    """
    disposition, _, reply_type = form.get("ending", "").partition("/")
    if not disposition:
        raise InvalidFieldError("ending", "required")
    try:
        ending = Disposition(disposition), ReplyType(reply_type)
    except ValueError:
        raise InvalidFieldError("ending", "unknown") from None
    return Proposal(
        disposition=ending[0],
        reply_type=ending[1],
        reasons=form.get("reasons", ""),
        how_to_get=form.get("how_to_get", ""),
        other_organ=form.get("other_organ", ""),
        other_contact=form.get("other_contact", ""),
    )


def parse_page_ranges(form: Mapping[str, str]) -> tuple[PageRange, ...]:
    """Pages of a record; none for the whole of it.

    Raises:
        InvalidFieldError: They cannot be read.
    """
    return parse_ranges(form.get("pages", ""))


def optional_day(form: Mapping[str, str], field: str) -> dt.date | None:
    """The day in a field, or ``None`` where it is empty.

    Raises:
        InvalidFieldError: It is no day.
    """
    text = form.get(field, "").strip()
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidFieldError(field, "unknown") from None


def required_day(form: Mapping[str, str], field: str) -> dt.date:
    """The day in a field.

    Raises:
        InvalidFieldError: It is empty or no day.
    """
    day = optional_day(form, field)
    if day is None:
        raise InvalidFieldError(field, "required")
    return day


def required_count(form: Mapping[str, str], field: str) -> int:
    """The number in a field.

    Raises:
        InvalidFieldError: It is empty or no number of up to four digits.
    """
    text = form.get(field, "").strip()
    if not text:
        raise InvalidFieldError(field, "required")
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise InvalidFieldError(field, "unknown")
    return int(text)


_MAX_DIGITS = 4
