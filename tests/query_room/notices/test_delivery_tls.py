"""The way to the mail server, protected: TLS from the start, STARTTLS, a password."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from query_room.notices import NoticeReason, SmtpServer, Tls
from query_room.notices.delivery import DeliveryError, deliver
from tests.query_room.notices.mailing import Mailbox
from tests.query_room.notices.test_delivery import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USER, PASSWORD = "room", "liu-yue-de-feng"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this very machine with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.cn")])
    now = dt.datetime.now(dt.UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextmanager
def listening(certificate: Path, tls: Tls, *, with_password: bool = False) -> Iterator[Mailbox]:
    """A mail server that speaks only as it is told."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def check(server: Any, session: Any, envelope: Any, mechanism: Any, given: Any) -> AuthResult:
        del server, session, envelope, mechanism
        is_known = given == LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_known, handled=is_known)

    options: dict[str, Any] = {}
    if with_password:
        options = {"authenticator": check, "auth_required": True}
    if tls is Tls.STARTTLS:
        options |= {"tls_context": context, "require_starttls": True}
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        mailbox.port = probe.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        ssl_context=context if tls is Tls.TLS else None,
        **options,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def server(mailbox: Mailbox, tls: Tls, password: str = "") -> SmtpServer:
    user = USER if password else ""
    return SmtpServer(host="127.0.0.1", port=mailbox.port, tls=tls, user=user, password=password)


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, trusted by this machine."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


# aiosmtpd asks for a password after STARTTLS alone.
@pytest.mark.parametrize(
    ("tls", "with_password"), [(Tls.TLS, False), (Tls.STARTTLS, False), (Tls.STARTTLS, True)]
)
def test_a_message_goes_by_a_protected_way(trusted: Path, tls: Tls, *, with_password: bool) -> None:
    with listening(trusted, tls, with_password=with_password) as mailbox:
        deliver(server(mailbox, tls, PASSWORD if with_password else ""), message())
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize("tls", [Tls.TLS, Tls.STARTTLS])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(certificate: Path, tls: Tls) -> None:
    with listening(certificate, tls) as mailbox, pytest.raises(DeliveryError) as refused:
        deliver(server(mailbox, tls, PASSWORD), message())
    assert refused.value.reason is NoticeReason.BAD_CERTIFICATE
    assert mailbox.messages == []


def test_a_wrong_password_is_said_as_such(trusted: Path) -> None:
    with (
        listening(trusted, Tls.STARTTLS, with_password=True) as mailbox,
        pytest.raises(DeliveryError) as refused,
    ):
        deliver(server(mailbox, Tls.STARTTLS, "wrong"), message())
    assert refused.value.reason is NoticeReason.SIGN_IN_REFUSED
    assert mailbox.messages == []
