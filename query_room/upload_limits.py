"""How large a form may be: small, but where files are sent.

Forms are read before any view is asked, for the token that shows who sent them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from flask import current_app, request

from query_room.sessions import current_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    View = TypeVar("View", bound=Callable[..., object])

MAX_FORM_BYTES: Final = 1 << 20
"""A form without files."""

_LIMIT: Final = "upload_limit"
_PUBLIC: Final = "takes_uploads_of_anybody"


def takes_files(limit: int, *, of_anybody: bool = False) -> Callable[[View], View]:
    """A view whose form may have so many bytes.

    Args:
        limit: In bytes, of the whole form.
        of_anybody: Whether they are taken of those, too, who are not signed in.
    """

    def marked(view: View) -> View:
        setattr(view, _LIMIT, limit)
        setattr(view, _PUBLIC, of_anybody)
        return view

    return marked


def init_upload_limits(app: Flask) -> None:
    """Raise the limit of the forms that :func:`takes_files` names; before any form is read."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_FORM_BYTES
    app.before_request(_allow_more)


def _allow_more() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    limit = getattr(view, _LIMIT, None)
    if limit is not None and (getattr(view, _PUBLIC) or current_account() is not None):
        request.max_content_length = limit
