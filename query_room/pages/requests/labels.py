"""Words for requests, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from query_room.clock import Channel, ConsultedParty, Urgency
from query_room.letters import LetterKind
from query_room.organs import Duty
from query_room.requests import (
    Answer,
    Decision,
    Delivery,
    Form,
    Manner,
    RequestKind,
    RequestStatus,
)
from query_room.reviews import ReviewStatus, Verdict
from query_room.statute.codes import ApplicantCategory, ReplyType

if TYPE_CHECKING:
    from collections.abc import Mapping

REQUEST_KINDS: Final[Mapping[RequestKind, LazyString]] = {
    RequestKind.DISCLOSURE: lazy_gettext("Disclosure request"),
    RequestKind.ARCHIVE_USE: lazy_gettext("Archive use"),
}
STATUSES: Final[Mapping[RequestStatus, LazyString]] = {
    RequestStatus.FILED: lazy_gettext("receipt to be confirmed"),
    RequestStatus.RECEIVED: lazy_gettext("to be assigned"),
    RequestStatus.IN_WORK: lazy_gettext("in work"),
    RequestStatus.AWAITING_CORRECTION: lazy_gettext("awaiting correction"),
    RequestStatus.AWAITING_PAYMENT: lazy_gettext("awaiting payment"),
    RequestStatus.IN_REVIEW: lazy_gettext("in review"),
    RequestStatus.APPROVED: lazy_gettext("approved, to be replied"),
    RequestStatus.REPLIED: lazy_gettext("reply made, to be dispatched"),
    RequestStatus.CLOSED: lazy_gettext("closed"),
}
CHANNELS: Final[Mapping[Channel, LazyString]] = {
    Channel.COUNTER: lazy_gettext("At the counter"),
    Channel.POST_SIGNED: lazy_gettext("Signed-for post"),
    Channel.POST_ORDINARY: lazy_gettext("Ordinary post"),
    Channel.FAX: lazy_gettext("Fax"),
    Channel.EMAIL: lazy_gettext("E-mail"),
    Channel.ONLINE: lazy_gettext("Online"),
}
CATEGORIES: Final[Mapping[ApplicantCategory, LazyString]] = {
    ApplicantCategory.NATURAL: lazy_gettext("Natural person"),
    ApplicantCategory.BUSINESS: lazy_gettext("Business"),
    ApplicantCategory.RESEARCH: lazy_gettext("Research institution"),
    ApplicantCategory.WELFARE: lazy_gettext("Public-interest organisation"),
    ApplicantCategory.LEGAL_SERVICE: lazy_gettext("Legal service"),
    ApplicantCategory.OTHER: lazy_gettext("Other organisation"),
}
FORMS: Final[Mapping[Form, LazyString]] = {
    Form.PAPER: lazy_gettext("On paper"),
    Form.ELECTRONIC: lazy_gettext("As a file"),
    Form.INSPECT: lazy_gettext("Read on site"),
    Form.EXCERPT: lazy_gettext("Copied by hand on site"),
}
DELIVERIES: Final[Mapping[Delivery, LazyString]] = {
    Delivery.ONLINE: lazy_gettext("On this site"),
    Delivery.IN_PERSON: lazy_gettext("Collected in person"),
    Delivery.POST: lazy_gettext("By post"),
    Delivery.EMAIL: lazy_gettext("By e-mail"),
    Delivery.FAX: lazy_gettext("By fax"),
}
DECISIONS: Final[Mapping[Decision, LazyString]] = {
    Decision.OPEN: lazy_gettext("Disclose"),
    Decision.OPEN_IN_PART: lazy_gettext("Disclose in part"),
    Decision.WITHHOLD: lazy_gettext("Do not disclose"),
}
ANSWERS: Final[Mapping[Answer, LazyString]] = {
    Answer.CONSENTS: lazy_gettext("Consents"),
    Answer.REFUSES: lazy_gettext("Refuses"),
    Answer.IN_PART: lazy_gettext("Consents in part"),
    Answer.SILENT: lazy_gettext("Did not answer in time"),
}
PARTIES: Final[Mapping[ConsultedParty, LazyString]] = {
    ConsultedParty.THIRD_PARTY: lazy_gettext("Third party"),
    ConsultedParty.OTHER_ORGAN: lazy_gettext("Another organ"),
}
MANNERS: Final[Mapping[Manner, LazyString]] = {
    Manner.HANDED_OVER: lazy_gettext("Handed over"),
    Manner.POSTED: lazy_gettext("Posted"),
    Manner.EMAILED: lazy_gettext("E-mailed"),
    Manner.FAXED: lazy_gettext("Faxed"),
    Manner.ONLINE: lazy_gettext("Shown on the status page"),
    Manner.CALLED: lazy_gettext("Told by telephone, to be collected"),
}
VERDICTS: Final[Mapping[Verdict, LazyString]] = {
    Verdict.AGREES: lazy_gettext("Agree"),
    Verdict.RETURNS: lazy_gettext("Send back"),
}
REVIEW_STATUSES: Final[Mapping[ReviewStatus, LazyString]] = {
    ReviewStatus.OPEN: lazy_gettext("in review"),
    ReviewStatus.APPROVED: lazy_gettext("approved"),
    ReviewStatus.RETURNED: lazy_gettext("sent back"),
}
DUTIES: Final[Mapping[Duty, LazyString]] = {
    Duty.HANDLER: lazy_gettext("Handler"),
    Duty.SECRECY_REVIEWER: lazy_gettext("Secrecy reviewer"),
    Duty.LEGAL_REVIEWER: lazy_gettext("Legal reviewer"),
    Duty.HEAD: lazy_gettext("Head of the disclosure office"),
}
LETTERS: Final[Mapping[LetterKind, LazyString]] = {
    LetterKind.RECEIPT: lazy_gettext("Registration receipt"),
    LetterKind.CLARIFICATION: lazy_gettext("Clarification notice"),
    LetterKind.EXTENSION: lazy_gettext("Extension notice"),
    LetterKind.LONGER_PERIOD: lazy_gettext("Notice of a longer period"),
    LetterKind.THIRD_PARTY: lazy_gettext("Letter to a third party"),
    LetterKind.OTHER_ORGAN: lazy_gettext("Letter to another organ"),
    LetterKind.THIRD_PARTY_NOTICE: lazy_gettext("Notice to the third party"),
    LetterKind.FEE_NOTICE: lazy_gettext("Fee notice"),
    LetterKind.REPLY: lazy_gettext("Reply"),
    LetterKind.CERTIFICATE: lazy_gettext("Certificate of a record"),
    LetterKind.NONE_FOUND: lazy_gettext("Certificate that nothing was found"),
}
REPLY_TYPES: Final[Mapping[ReplyType, LazyString]] = {
    ReplyType.ALREADY_PUBLIC: lazy_gettext("Already public"),
    ReplyType.PROVIDED: lazy_gettext("Provided"),
    ReplyType.IN_PART: lazy_gettext("Provided in part"),
    ReplyType.WITHHELD: lazy_gettext("Withheld"),
    ReplyType.NOT_FOUND: lazy_gettext("Does not exist"),
    ReplyType.NOT_OURS: lazy_gettext("Another organ's"),
    ReplyType.ALREADY_ANSWERED: lazy_gettext("Already answered"),
    ReplyType.SPECIAL_ACCESS: lazy_gettext("Under a special access law"),
    ReplyType.NEEDS_MAKING: lazy_gettext("Would have to be made"),
    ReplyType.PETITION: lazy_gettext("A petition, complaint or report"),
    ReplyType.PUBLISHED_WORK: lazy_gettext("A published work"),
    ReplyType.EXCESSIVE: lazy_gettext("Excessive without good reason"),
    ReplyType.UNCLEAR: lazy_gettext("Still unclear after correction"),
    ReplyType.CONFIRMATION: lazy_gettext("Confirmation of what the applicant has"),
    ReplyType.NOT_CORRECTED: lazy_gettext("Not corrected in time"),
    ReplyType.FEE_NOT_PAID: lazy_gettext("Fee not paid in time"),
    ReplyType.WITHDRAWN: lazy_gettext("Withdrawn by the applicant"),
}
URGENCIES: Final[Mapping[Urgency, LazyString]] = {
    Urgency.NONE: lazy_gettext("in time"),
    Urgency.TEN: lazy_gettext("ten working days or less"),
    Urgency.FIVE: lazy_gettext("five working days or less"),
    Urgency.ONE: lazy_gettext("last working day"),
    Urgency.OVERDUE: lazy_gettext("overdue"),
}
SEARCH_TIES: Final[Mapping[str, LazyString]] = {
    "origin": lazy_gettext("led to the request"),
    "within": lazy_gettext("made for the request"),
    "cited": lazy_gettext("cited"),
}
