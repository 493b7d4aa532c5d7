"""A visit, the visitor, and how much of the visitor is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from query_room.fields import SHORT, optional, required
from query_room.masks import mask_identity_number, mask_name, mask_phone

if TYPE_CHECKING:
    import datetime as dt


class Purpose(StrEnum):
    """利用目的: the classes of the archives' yearly statistics, and the newer local ones."""

    HISTORY = "history"  # 编史修志
    WORK = "work"  # 工作查考
    RESEARCH = "research"  # 学术研究
    ECONOMY = "economy"  # 经济建设
    EDUCATION = "education"  # 宣传教育
    PERSONAL_PROOF = "personal_proof"  # 个人取证
    SOCIAL_SECURITY = "social_security"  # 社会保障
    POLICY = "policy"  # 落实政策
    OTHER = "other"  # 其他


class Standing(StrEnum):
    """On whose behalf somebody comes."""

    OWN = "own"  # 本人
    AGENT = "agent"  # 代理他人
    UNIT = "unit"  # 单位


class IdentityKind(StrEnum):
    """How somebody is identified."""

    ID_CARD = "id_card"  # 居民身份证
    PASSPORT = "passport"  # 护照
    RESIDENCE_PERMIT = "residence_permit"  # 港澳台居民居住证
    MILITARY = "military"  # 军官证、士兵证
    INTRODUCTION_LETTER = "introduction_letter"  # 介绍信
    OTHER = "other"  # 其他证件
    NONE = "none"  # 未出示: enough for what is public


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who came: personal data, encrypted wherever it is kept.

    Attributes:
        organisation: 单位, or ``""``. nationality: 国籍, or ``""``. phone: Or ``""``.
        identity_number: Of the document or the letter; ``""`` only where none was shown.
    """

    name: str
    organisation: str = ""
    nationality: str = ""
    phone: str = ""
    identity_kind: IdentityKind = IdentityKind.NONE
    identity_number: str = ""

    def checked(self) -> Visitor:
        """The same, tidied.

        Raises:
            InvalidFieldError: A field is missing or too long.
        """
        shown = self.identity_kind is not IdentityKind.NONE
        number = required if shown else optional
        return Visitor(
            name=required("name", self.name),
            organisation=optional("organisation", self.organisation, 2 * SHORT),
            nationality=optional("nationality", self.nationality),
            phone=optional("phone", self.phone),
            identity_kind=self.identity_kind,
            identity_number=number("identity_number", self.identity_number),
        )

    def masked(self) -> MaskedVisitor:
        """What screens show without a ground."""
        return MaskedVisitor(
            name=mask_name(self.name),
            organisation=self.organisation,
            nationality=self.nationality,
            phone=mask_phone(self.phone),
            identity_kind=self.identity_kind,
            identity_number=mask_identity_number(self.identity_number),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedVisitor:
    """A visitor as screens show them: ``张*``, ``138****5678``, ``150204********1234``."""

    name: str
    organisation: str
    nationality: str
    phone: str
    identity_kind: IdentityKind
    identity_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVisit:
    """Somebody at the counter.

    Attributes:
        terminal: The counter's name or address.
    """

    visitor: Visitor
    purpose: Purpose
    standing: Standing
    terminal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit.

    Attributes:
        visit_id: ``YYYYMMDD-NNN``: the day in China, and the number on that day.
        visitor: Masked, or ``None`` once it was erased.
        closed_at: Or ``None`` while it is open.
    """

    visit_id: str
    visitor: MaskedVisitor | None
    purpose: Purpose
    standing: Standing
    terminal: str
    opened_by: str
    opened_at: dt.datetime
    closed_by: str | None
    closed_at: dt.datetime | None

    @property
    def is_open(self) -> bool:
        """Whether searches still go to it."""
        return self.closed_at is None
