"""Words of the law that the register and the annual report share."""

from __future__ import annotations

from enum import StrEnum


class ApplicantCategory(StrEnum):
    """Who applies, in the columns of table III.

    Source: 国办公开办函〔2021〕30号.
    """

    NATURAL = "nat"  # 自然人
    BUSINESS = "biz"  # 商业企业
    RESEARCH = "sci"  # 科研机构
    WELFARE = "soc"  # 社会公益组织
    LEGAL_SERVICE = "law"  # 法律服务机构
    OTHER = "oth"  # 其他


class Disposition(StrEnum):
    """How a request ended, in the rows of table III; their texts stand in ``dispositions.csv``.

    Source: 国办公开办函〔2021〕30号.
    """

    OPENED = "A1"
    OPENED_IN_PART = "A2"
    STATE_SECRET = "B1"  # noqa: S105 - the secret of a state
    FORBIDDEN_BY_LAW = "B2"
    SECURITY = "B3"
    THIRD_PARTY = "B4"
    INTERNAL_AFFAIRS = "B5"
    PROCESS = "B6"
    ENFORCEMENT_FILE = "B7"
    REGISTRY_LOOKUP = "B8"
    NOT_HELD = "C1"
    NEEDS_MAKING = "C2"
    UNCLEAR = "C3"
    PETITION = "D1"
    REPEATED = "D2"
    PUBLISHED_WORK = "D3"
    EXCESSIVE = "D4"
    CONFIRMATION = "D5"
    NOT_CORRECTED = "E1"
    FEE_NOT_PAID = "E2"
    OTHER = "E3"


class ReplyType(StrEnum):
    """Which situation of art. 36 (and 30, 35, 39) the reply answers; finer than the disposition.

    Source: 政府信息公开条例 (2019) art. 35–39.
    """

    ALREADY_PUBLIC = "36-1"
    PROVIDED = "36-2"
    WITHHELD = "36-3"
    NOT_FOUND = "36-4"
    NOT_OURS = "36-5"
    ALREADY_ANSWERED = "36-6"
    SPECIAL_ACCESS = "36-7"
    IN_PART = "37"
    NEEDS_MAKING = "38"
    PETITION = "39-1"
    PUBLISHED_WORK = "39-2"
    EXCESSIVE = "35"
    UNCLEAR = "30"
    NOT_CORRECTED = "30-abandoned"
    FEE_NOT_PAID = "42"
    CONFIRMATION = "confirmation"
    WITHDRAWN = "withdrawn"
