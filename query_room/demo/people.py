"""The made-up people of the sample archive, with passwords that nobody may keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from query_room.accounts import NewAccount, Role
from query_room.errors import AccountExistsError

if TYPE_CHECKING:
    from query_room.accounts import AccountService

PASSWORD: Final = "lin-lan-demo"  # noqa: S105 - shown on the screen of the demonstration
PEOPLE: Final = (
    NewAccount(name="chaxun", display_name="查询台", role=Role.STAFF, agencies=("临岚区民政局",)),
    NewAccount(name="dangan", display_name="档案员", role=Role.ARCHIVIST, agencies=()),
    NewAccount(name="zhongduan", display_name="一号终端", role=Role.READING_ROOM, agencies=()),
    NewAccount(name="shenji", display_name="审计员", role=Role.AUDITOR, agencies=()),
)


def add_people(accounts: AccountService) -> None:
    """Make the accounts of the demonstration; those that are there stay as they are."""
    for person in PEOPLE:
        try:
            accounts.create(person, PASSWORD, by="demo")
        except AccountExistsError:
            continue
