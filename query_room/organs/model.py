"""An organ, its letterhead, its people and the steps of its review."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from query_room.errors import InvalidFieldError
from query_room.fields import SHORT, optional, required

_ORGAN_ID: Final = re.compile(r"[a-z][a-z0-9]{1,19}")


class Duty(StrEnum):
    """What somebody is entrusted with in an organ."""

    HANDLER = "handler"  # 承办人
    SECRECY_REVIEWER = "secrecy_reviewer"  # 保密审查
    LEGAL_REVIEWER = "legal_reviewer"  # 合法性审查
    HEAD = "head"  # 政府信息公开工作机构负责人


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """An organ that answers requests.

    Attributes:
        organ_id: Two to twenty small letters and digits; never changes.
        number_prefix: 编号代字 of its requests, e.g. ``清依申``.
        disclosure_office: 政府信息公开工作机构, which signs for it.
        hours: When the office is open.
        seal_name: What the seal says, where it is not the name.
        parent: The organ into whose annual report its figures go, or ``None``.
    """

    organ_id: str
    name: str
    short_name: str = ""
    number_prefix: str
    disclosure_office: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    hours: str = ""
    seal_name: str = ""
    parent: str | None = None
    is_closed: bool = False

    def checked(self) -> Organ:
        """The same, tidied.

        Raises:
            InvalidFieldError: A field is missing, too long or not in its form.
        """
        if _ORGAN_ID.fullmatch(self.organ_id) is None:
            raise InvalidFieldError("organ_id", "unknown")
        return replace(
            self,
            name=required("name", self.name),
            short_name=optional("short_name", self.short_name),
            number_prefix=required("number_prefix", self.number_prefix, 20),
            disclosure_office=optional("disclosure_office", self.disclosure_office),
            address=optional("address", self.address, 2 * SHORT),
            postcode=optional("postcode", self.postcode),
            phone=optional("phone", self.phone),
            fax=optional("fax", self.fax),
            email=optional("email", self.email),
            hours=optional("hours", self.hours, 2 * SHORT),
            seal_name=optional("seal_name", self.seal_name),
            parent=self.parent or None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An account that works for an organ."""

    account_name: str
    duties: frozenset[Duty]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStep:
    """Who signs, as the organ calls it."""

    name: str
    duty: Duty


DEFAULT_STEPS: Final = (
    ReviewStep(name="保密审查", duty=Duty.SECRECY_REVIEWER),
    ReviewStep(name="合法性审查", duty=Duty.LEGAL_REVIEWER),
    ReviewStep(name="负责人审批", duty=Duty.HEAD),
)
"""The review of an organ that has set none. Source: 政府信息公开条例 (2019) art. 17; practice."""


def display_number(organ: Organ, year: int, number: int) -> str:
    """A number as papers carry it: ``清依申〔2026〕12号``. Source: GB/T 9704-2012, 7.2.5."""
    return f"{organ.number_prefix}〔{year}〕{number}号"
