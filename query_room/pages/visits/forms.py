"""The form with which somebody is received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from query_room.pages.forms import chosen
from query_room.visits import IdentityKind, NewVisit, Purpose, Standing, Visitor

if TYPE_CHECKING:
    from collections.abc import Mapping


def parse_visit(form: Mapping[str, str], terminal: str) -> NewVisit:
    """The visit that was filled in at ``terminal``.

    Raises:
        InvalidFieldError: A choice is missing or unknown; texts are checked by the service.
    """
    return NewVisit(
        visitor=Visitor(
            name=form.get("name", ""),
            organisation=form.get("organisation", ""),
            nationality=form.get("nationality", ""),
            phone=form.get("phone", ""),
            identity_kind=chosen(form, "identity_kind", IdentityKind),
            identity_number=form.get("identity_number", ""),
        ),
        purpose=chosen(form, "purpose", Purpose),
        standing=chosen(form, "standing", Standing),
        terminal=terminal,
    )
