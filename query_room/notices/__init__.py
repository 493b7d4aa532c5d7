"""E-mail notices: an outbox written with each step, and a sender that empties it.

A message says which request and where to look, never what was asked for. Nothing is lost; after a
crash between a mail server's yes and its note here the same message, by its Message-ID, goes twice.
"""

from query_room.notices.errors import NoticeNotFoundError
from query_room.notices.model import (
    Notice,
    NoticeFields,
    NoticeKind,
    NoticeReason,
    NoticeState,
    OrganMailbox,
    SealedContact,
)
from query_room.notices.sender import Sender, SenderThread
from query_room.notices.service import Notices, UnsentNotice
from query_room.notices.settings import MailSettings, SmtpServer, Tls

__all__ = [
    "MailSettings",
    "Notice",
    "NoticeFields",
    "NoticeKind",
    "NoticeNotFoundError",
    "NoticeReason",
    "NoticeState",
    "Notices",
    "OrganMailbox",
    "SealedContact",
    "Sender",
    "SenderThread",
    "SmtpServer",
    "Tls",
    "UnsentNotice",
]
