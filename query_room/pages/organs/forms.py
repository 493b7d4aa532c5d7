"""What the forms of organs ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from query_room.errors import InvalidFieldError
from query_room.organs import Duty, Organ, ReviewStep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

FIELDS: Final = (
    "organ_id",
    "name",
    "short_name",
    "number_prefix",
    "disclosure_office",
    "seal_name",
    "address",
    "postcode",
    "phone",
    "fax",
    "email",
    "hours",
    "parent",
)


def parse_organ(form: Mapping[str, str], organ_id: str) -> Organ:
    """An organ as the form describes it."""
    return Organ(
        organ_id=organ_id,
        name=form.get("name", ""),
        short_name=form.get("short_name", ""),
        number_prefix=form.get("number_prefix", ""),
        disclosure_office=form.get("disclosure_office", ""),
        seal_name=form.get("seal_name", ""),
        address=form.get("address", ""),
        postcode=form.get("postcode", ""),
        phone=form.get("phone", ""),
        fax=form.get("fax", ""),
        email=form.get("email", ""),
        hours=form.get("hours", ""),
        parent=form.get("parent") or None,
    )


def parse_duties(form: MultiDict[str, str]) -> frozenset[Duty]:
    """The duties that were ticked.

    Raises:
        InvalidFieldError: One is none that there is.
    """
    try:
        return frozenset(Duty(each) for each in form.getlist("duty"))
    except ValueError:
        raise InvalidFieldError("duty", "unknown") from None


def parse_steps(form: MultiDict[str, str]) -> list[ReviewStep]:
    """The steps of the review, in order; lines without a name are left out.

    Raises:
        InvalidFieldError: A step has no duty that there is.
    """
    lines = zip(form.getlist("step_name"), form.getlist("step_duty"), strict=False)
    try:
        return [ReviewStep(name=name, duty=Duty(duty)) for name, duty in lines if name.strip()]
    except ValueError:
        raise InvalidFieldError("steps", "unknown") from None
