"""What the forms of the pages have in common: reading a choice, and saying what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeVar

from flask_babel import LazyString, lazy_gettext

from query_room.errors import InvalidFieldError, RegisterRefusedError
from query_room.languages import message_language
from query_room.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.errors import QueryRoomError

E = TypeVar("E", bound=Enum)
FIELDS: Final[Mapping[str, LazyString]] = {
    "pages": lazy_gettext("Pages"),
    "copies": lazy_gettext("Copies"),
    "mode": lazy_gettext("Kind of use"),
    "outcome": lazy_gettext("Outcome"),
    "certificate": lazy_gettext("Number of the certificate"),
    "approver": lazy_gettext("Approved by"),
    "basis": lazy_gettext("Basis"),
    "remark": lazy_gettext("Remark"),
    "reason": lazy_gettext("Reason of the correction"),
    "items": lazy_gettext("Records"),
    "records": lazy_gettext("Records cited"),
    "searches": lazy_gettext("Searches made"),
}
"""Names of fields whose problems are said away from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """What is wrong with a form that was sent.

    Attributes:
        field: The field at fault, or ``""`` for the form as a whole.
        text: What to do about it, in the reader's language.
        label: The field's name where its problem is said away from it, or ``""``.
    """

    field: str
    text: str
    label: str | LazyString = ""


def chosen(form: Mapping[str, str], field: str, kind: type[E]) -> E:
    """The value chosen in a field.

    Raises:
        InvalidFieldError: None was, or none that there is.
    """
    value = form.get(field, "")
    if not value:
        raise InvalidFieldError(field, "required")
    try:
        return kind(value)
    except ValueError:
        raise InvalidFieldError(field, "unknown") from None


def problem_of(error: QueryRoomError) -> FormProblem:
    """The error as the form shows it; one about a record stands beside that record."""
    text = message(error, message_language())
    match error:
        case InvalidFieldError():
            return FormProblem(field=error.field, text=text, label=FIELDS.get(error.field, ""))
        case RegisterRefusedError(record_id=record_id) if record_id:
            return FormProblem(field=f"item-{record_id}", text=text)
        case _:
            return FormProblem(field="", text=text)
