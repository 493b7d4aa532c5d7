"""A request for information: who applies, for what, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from query_room.fields import LONG, SHORT, optional, required
from query_room.masks import mask_identity_number, mask_name, mask_phone

if TYPE_CHECKING:
    import datetime as dt

    from query_room.clock import Channel
    from query_room.statute.codes import ApplicantCategory, Disposition, ReplyType
    from query_room.visits import IdentityKind


class RequestKind(StrEnum):
    """Which law a request is decided by.

    Source: 档案法 (2020) art. 15, 27–29; 政府信息公开条例 (2019) art. 27.
    """

    DISCLOSURE = "disclosure"  # 依申请公开
    ARCHIVE_USE = "archive_use"  # 档案利用


class RequestStatus(StrEnum):
    """Where the work stands; how it ended is the disposition."""

    FILED = "filed"  # 待确认收到
    RECEIVED = "received"  # 已收到，待分办
    IN_WORK = "in_work"  # 办理中
    AWAITING_CORRECTION = "awaiting_correction"  # 待补正
    AWAITING_PAYMENT = "awaiting_payment"  # 待缴费
    IN_REVIEW = "in_review"  # 审查中
    APPROVED = "approved"  # 审查通过，待答复
    REPLIED = "replied"  # 已制发答复，待送达
    CLOSED = "closed"  # 已办结


class Form(StrEnum):
    """In which form the information is wanted. Source: 条例 (2019) art. 29, 40."""

    PAPER = "paper"  # 纸质
    ELECTRONIC = "electronic"  # 电子文件
    INSPECT = "inspect"  # 当场查阅
    EXCERPT = "excerpt"  # 当场抄录


class Delivery(StrEnum):
    """By which way it is wanted. Source: 条例 (2019) art. 29."""

    IN_PERSON = "in_person"  # 当面领取
    POST = "post"  # 邮寄
    EMAIL = "email"  # 电子邮件
    FAX = "fax"  # 传真
    ONLINE = "online"  # 网上查看


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who applies: personal data, encrypted wherever it is kept.

    Attributes:
        name: Of the person, or of the organisation.
        credit_code: 统一社会信用代码 of an organisation, or ``""``. contact: Whom to ask there.
        phone, email, address, postcode: How to reach the applicant; one of them is given.
    """

    name: str
    identity_kind: IdentityKind
    identity_number: str = ""
    credit_code: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""

    def checked(self) -> Applicant:
        """The same, tidied.

        Raises:
            InvalidFieldError: A field is missing or too long; art. 29 asks for name, proof of
                identity and contact of everybody.
        """
        number = optional if self.credit_code.strip() else required
        reachable = self.phone.strip() or self.email.strip() or self.address.strip()
        return Applicant(
            name=required("name", self.name),
            identity_kind=self.identity_kind,
            identity_number=number("identity_number", self.identity_number),
            credit_code=optional("credit_code", self.credit_code),
            contact=optional("contact", self.contact),
            phone=optional("phone", self.phone) if reachable else required("phone", self.phone),
            email=optional("email", self.email),
            address=optional("address", self.address, 2 * SHORT),
            postcode=optional("postcode", self.postcode),
        )

    def masked(self) -> MaskedApplicant:
        """What screens show without a ground."""
        return MaskedApplicant(
            name=mask_name(self.name),
            identity_kind=self.identity_kind,
            identity_number=mask_identity_number(self.identity_number),
            phone=mask_phone(self.phone),
            has_email=bool(self.email),
            has_address=bool(self.address),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedApplicant:
    """An applicant as screens show them."""

    name: str
    identity_kind: IdentityKind
    identity_number: str
    phone: str
    has_email: bool
    has_address: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for: encrypted, for people write their lives into it.

    Attributes:
        description: Name, or whatever else lets it be found. Source: 条例 (2019) art. 29(2).
        document_number: 发文字号, or ``""``.
        form: In which form, and ``delivery``: by which way, it is wanted.
    """

    description: str
    document_number: str = ""
    form: Form
    delivery: Delivery

    def checked(self) -> Wanted:
        """The same, tidied.

        Raises:
            InvalidFieldError: A field is missing or too long.
        """
        return Wanted(
            description=required("description", self.description, LONG),
            document_number=optional("document_number", self.document_number),
            form=self.form,
            delivery=self.delivery,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A request as it comes in.

    Attributes:
        organ_id: Whom it is addressed to.
        received_on: The day it was handed in or signed for; ``None`` where receipt is to be
            confirmed (online, fax, e-mail, ordinary post).
        applicant_confirmed_on: The day the applicant confirmed it; an online form is confirmed
            by sending it.
        is_oral: Spoken at the counter and written down by staff, and ``read_back``: that what was
            written was read back and found right. Source: 条例 (2019) art. 29.
        visit_id: The visit in which it was made, or ``None``.
        origin_search_id: The search that led to it, or ``None``.
    """

    organ_id: str
    kind: RequestKind
    channel: Channel
    category: ApplicantCategory
    applicant: Applicant
    wanted: Wanted
    received_on: dt.date | None = None
    applicant_confirmed_on: dt.date | None = None
    is_oral: bool = False
    read_back: bool = False
    visit_id: str | None = None
    origin_search_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an applicant gets for a request.

    Attributes:
        secret: Opens the status page together with the number; shown once, kept as a digest.
    """

    request_id: str
    display_number: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsRequest:
    """A request where it stands.

    Attributes:
        display_number: ``清依申〔2026〕12号``.
        filed_by: The account that wrote it down, or ``""`` where the applicant did.
        applicant: Masked, or ``None`` once erased. wanted: ``None`` once erased.
        received_on: ``None`` until receipt is confirmed.
        disposition: What is proposed, and once ``closed_on`` is set, how it ended.
    """

    request_id: str
    organ_id: str
    kind: RequestKind
    year: int
    number: int
    display_number: str
    status: RequestStatus
    channel: Channel
    category: ApplicantCategory
    filed_by: str
    filed_at: dt.datetime
    visit_id: str | None
    origin_search_id: str | None
    organ_confirmed_on: dt.date | None
    applicant_confirmed_on: dt.date | None
    received_on: dt.date | None
    assigned_to: str | None
    disposition: Disposition | None
    reply_type: ReplyType | None
    review_id: str | None
    closed_on: dt.date | None
    applicant: MaskedApplicant | None
    wanted: Wanted | None

    @property
    def is_open(self) -> bool:
        """Whether there is anything left to do."""
        return self.status is not RequestStatus.CLOSED
