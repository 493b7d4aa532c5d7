"""The made-up people of the sample archive, with passwords that nobody may keep."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from query_room.accounts import NewAccount, Role
from query_room.errors import AccountExistsError
from query_room.organs import Duty, Organ

if TYPE_CHECKING:
    from query_room.accounts import AccountService
    from query_room.organs import OrganService

PASSWORD: Final = "lin-lan-demo"  # noqa: S105 - shown on the screen of the demonstration
PEOPLE: Final = (
    NewAccount(name="chaxun", display_name="查询台", role=Role.STAFF, agencies=("临岚区民政局",)),
    NewAccount(name="dangan", display_name="档案员", role=Role.ARCHIVIST, agencies=()),
    NewAccount(name="zhongduan", display_name="一号终端", role=Role.READING_ROOM, agencies=()),
    NewAccount(name="shenji", display_name="审计员", role=Role.AUDITOR, agencies=()),
    NewAccount(name="fuze", display_name="公开办负责人", role=Role.STAFF, agencies=()),
    NewAccount(name="guanli", display_name="管理员", role=Role.ADMIN, agencies=()),
)
ORGAN: Final = Organ(
    organ_id="linlan",
    name="临岚区人民政府",
    short_name="区政府",
    number_prefix="临依申",
    disclosure_office="临岚区人民政府办公室",
    address="临岚区望湖路1号",
    postcode="000000",
    phone="0000-0000000",
    hours="工作日上午8:30—12:00，下午2:30—5:30",
)
"""There is no such district."""
DUTIES: Final = {
    "chaxun": {Duty.HANDLER},
    "dangan": {Duty.HANDLER, Duty.SECRECY_REVIEWER},
    "fuze": {Duty.LEGAL_REVIEWER, Duty.HEAD},
}


def add_people(accounts: AccountService) -> None:
    """Make the accounts of the demonstration; those that are there stay as they are."""
    for person in PEOPLE:
        try:
            accounts.create(person, PASSWORD, by="demo")
        except AccountExistsError:
            continue


def add_organ(organs: OrganService) -> None:
    """Give the room's first organ the letterhead and the duties of the demonstration."""
    first = organs.list_all()[0]
    organs.change(replace(ORGAN, organ_id=first.organ_id), by="demo")
    for name, duties in DUTIES.items():
        organs.set_duties(first.organ_id, name, duties, by="demo")
