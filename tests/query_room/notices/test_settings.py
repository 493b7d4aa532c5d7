from __future__ import annotations

import pytest

from indexer.errors import SettingsError
from query_room.notices import MailSettings, SmtpServer, Tls

FROM = {"QUERY_ROOM_MAIL_FROM": "notices@archive.example.cn"}


def settings(url: str) -> MailSettings:
    return MailSettings.from_env({"QUERY_ROOM_SMTP_URL": url, **FROM})


def test_without_a_server_mail_is_off() -> None:
    assert MailSettings.from_env({}) == MailSettings()


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.cn", SmtpServer(host="mail.cn", port=587, tls=Tls.STARTTLS)),
        ("smtp://mail.cn?tls=tls", SmtpServer(host="mail.cn", port=465, tls=Tls.TLS)),
        ("smtp://mail.cn:2525/?tls=none", SmtpServer(host="mail.cn", port=2525, tls=Tls.NONE)),
        (
            "smtp://a%40b:p%3Aw%2F@mail.cn",
            SmtpServer(host="mail.cn", port=587, tls=Tls.STARTTLS, user="a@b", password="p:w/"),
        ),
    ],
)
def test_a_server_is_named_by_its_address(url: str, server: SmtpServer) -> None:
    assert settings(url).server == server


@pytest.mark.parametrize(
    "url",
    [
        *("mail.cn", "http://mail.cn", "smtp://", "smtp://mail.cn:x", "smtp://mail.cn:99999"),
        *("smtp://mail.cn?tls=maybe", "smtp://mail.cn?colour=red", "smtp://mail.cn/inbox"),
        *("smtp://anna@mail.cn", "smtp://anna:hidden-word@mail.cn?tls=none", "smtp://[::1"),
        *("smtp://anna:hidden-word@", "smtp://anna:hidden-word@mail.cn:0"),
    ],
)
def test_a_wrong_one_is_refused_and_no_password_shown(url: str) -> None:
    with pytest.raises(SettingsError, match="QUERY_ROOM_SMTP_URL") as caught:
        settings(url)
    assert "hidden-word" not in str(caught.value)


@pytest.mark.parametrize("sender", ["", "nobody", "a@b.cn\nBcc: c@d.cn", "张@b.cn"])
def test_mail_needs_a_sender(sender: str) -> None:
    with pytest.raises(SettingsError, match="QUERY_ROOM_MAIL_FROM"):
        MailSettings.from_env(
            {"QUERY_ROOM_SMTP_URL": "smtp://mail.cn", "QUERY_ROOM_MAIL_FROM": sender}
        )


def test_the_public_address_is_one_of_the_web() -> None:
    found = MailSettings.from_env({"QUERY_ROOM_PUBLIC_URL": "https://room.cn/x/"})
    assert found.public_url == "https://room.cn/x"
    for wrong in ("room.cn", "ftp://room.cn", "https://", "https://a b", "https://room.cn/?x=1"):
        with pytest.raises(SettingsError, match="QUERY_ROOM_PUBLIC_URL"):
            MailSettings.from_env({"QUERY_ROOM_PUBLIC_URL": wrong})


def test_a_password_is_in_no_representation() -> None:
    assert "hidden-word" not in repr(settings("smtp://anna:hidden-word@mail.cn"))
