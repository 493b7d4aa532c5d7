"""One message handed to the mail server, and what became of it."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from query_room.notices.model import NoticeReason
from query_room.notices.settings import Tls

if TYPE_CHECKING:
    from email.message import EmailMessage

    from query_room.notices.settings import SmtpServer

TIMEOUT_S: Final = 20.0
"""How long one answer of the server may take."""

_FOR_GOOD: Final = 500


class DeliveryError(Exception):
    """The server did not take a message, or it is not known that it did.

    The text never holds an address: what servers say often does, and is left out.

    Attributes:
        reason: Why. code: What the server answered, or 0.
    """

    def __init__(self, reason: NoticeReason, code: int = 0) -> None:
        super().__init__(f"{reason.value} {code or ''}".strip())
        self.reason = reason
        self.code = code


def deliver(server: SmtpServer, message: EmailMessage) -> None:
    """Hand a message over; returns once the server has said that it took it.

    Raises:
        DeliveryError: It did not.
    """
    sender, to = str(message["From"]), str(message["To"])
    try:
        dialogue = _open(server)
        try:
            dialogue.sendmail(
                sender, [to], message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
            )
            # Taken. A farewell that goes wrong changes nothing: smtplib's own ``with`` would raise
            # for it, and the message would go out again.
            with suppress(smtplib.SMTPException, OSError):
                dialogue.quit()
        finally:
            dialogue.close()
    except smtplib.SMTPRecipientsRefused as error:
        code = max((each[0] for each in error.recipients.values()), default=0)
        raise DeliveryError(_by_code(code), code) from None
    except smtplib.SMTPSenderRefused as error:
        raise DeliveryError(NoticeReason.SENDER_REFUSED, error.smtp_code) from None
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryError(NoticeReason.SIGN_IN_REFUSED, error.smtp_code) from None
    except smtplib.SMTPDataError as error:
        raise DeliveryError(_by_code(error.smtp_code), error.smtp_code) from None
    except smtplib.SMTPNotSupportedError:
        raise DeliveryError(_unsupported(server)) from None
    except ssl.SSLCertVerificationError:
        raise DeliveryError(NoticeReason.BAD_CERTIFICATE) from None
    except ssl.SSLError:
        raise DeliveryError(NoticeReason.NO_TLS) from None
    except smtplib.SMTPResponseException as error:
        raise DeliveryError(NoticeReason.PUT_OFF, error.smtp_code) from None
    except (smtplib.SMTPException, OSError, ValueError):
        raise DeliveryError(NoticeReason.UNREACHABLE) from None


def _open(server: SmtpServer) -> smtplib.SMTP:
    # Named, because the machine's own name may be looked up for minutes, and is nobody's business.
    name = "query-room.localdomain"
    context = ssl.create_default_context()
    if server.tls is Tls.TLS:
        dialogue: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, name, timeout=TIMEOUT_S, context=context
        )
    else:
        dialogue = smtplib.SMTP(server.host, server.port, name, timeout=TIMEOUT_S)
    try:
        if server.tls is Tls.STARTTLS:
            dialogue.starttls(context=context)
        if server.user:
            dialogue.login(server.user, server.password)
    except BaseException:
        dialogue.close()
        raise
    return dialogue


def _by_code(code: int) -> NoticeReason:
    return NoticeReason.REFUSED if code >= _FOR_GOOD else NoticeReason.PUT_OFF


def _unsupported(server: SmtpServer) -> NoticeReason:
    return NoticeReason.SIGN_IN_REFUSED if server.tls is not Tls.STARTTLS else NoticeReason.NO_TLS
