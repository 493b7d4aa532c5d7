"""Who may open a page: sign in first, then hold the permission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for

from query_room.sessions import current_account

if TYPE_CHECKING:
    from query_room.accounts import Account, Permission


def require_account(permission: Permission, *others: Permission) -> Account:
    """The account that is signed in, if it holds the permission, or one of the others.

    Whoever is not signed in is led to the sign-in and back.

    Raises:
        PermissionDeniedError: The role does not allow it.
    """
    account = current_account()
    if account is None:
        # A form that was sent cannot be sent again after signing in; its page can be shown again.
        onward = request.full_path.rstrip("?") if request.method == "GET" else ""
        abort(redirect(url_for("sign_in.form", next=onward or None)))
    if not any(account.may(other) for other in others):
        account.require(permission)
    return account
