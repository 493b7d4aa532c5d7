"""Who may sign in, with which rights, and how that is kept from being guessed."""

from query_room.accounts.model import Account, Grant, NewAccount, NewGrant, Permission, Role
from query_room.accounts.passwords import Passwords
from query_room.accounts.service import AccountService

__all__ = [
    "Account",
    "AccountService",
    "Grant",
    "NewAccount",
    "NewGrant",
    "Passwords",
    "Permission",
    "Role",
]
