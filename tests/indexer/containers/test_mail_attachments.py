from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.containers.mail_attachments import read_mail
from indexer.containers.names import places_of
from indexer.errors import ExtractionError
from tests.indexer.containers.archives import content_of, names, read
from tests.indexer.extraction.damage import ACCEPTED, damaged

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.containers import Contents


def message(*parts: bytes, kind: str = "mixed") -> bytes:
    head = (
        f'Subject: a\nFrom: a@b\nTo: c@d\nContent-Type: multipart/{kind}; boundary="x"\n\n'
    ).encode()
    return head + b"".join(b"--x\n" + part + b"\n" for part in parts) + b"--x--\n"


def attached(disposition: bytes, content: bytes = b"QQ==") -> bytes:
    return (
        b"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
        + disposition
        + b"\n\n"
        + content
    )


def shown(found: Contents) -> list[str]:
    return places_of(names(found))


@pytest.mark.parametrize(
    "disposition",
    [
        # RFC 2231, whole and in pieces.
        b"Content-Disposition: attachment; filename*=UTF-8''%E9%80%9A%E7%9F%A5.doc",
        b"Content-Disposition: attachment; filename*=GB2312''%CD%A8%D6%AA.doc",
        (
            b"Content-Disposition: attachment; filename*0*=UTF-8''%E9%80%9A;\n"
            b" filename*1*=%E7%9F%A5.doc"
        ),
        # RFC 2047 has no place here and stands here most often.
        b'Content-Disposition: attachment; filename="=?GB2312?B?zajWqi5kb2M=?="',
        b'Content-Disposition: attachment; filename="=?utf-8?B?6YCa?==?utf-8?B?55+lLmRvYw==?="',
        # A character cut in two between words.
        (
            b"Content-Disposition: attachment;\n"
            b' filename="=?utf-8?Q?=E9=80=9A=E7?= =?utf-8?Q?=9F=A5.doc?="'
        ),
        # Bare bytes, of either kind.
        b'Content-Disposition: attachment; filename="' + "通知.doc".encode("gbk") + b'"',
        b'Content-Disposition: attachment; filename="' + "通知.doc".encode() + b'"',
    ],
)
def test_chinese_names_are_read_however_they_are_written(
    tmp_path: Path, disposition: bytes
) -> None:
    found = read(read_mail, tmp_path, message(attached(disposition)))
    assert shown(found) == ["通知.doc"]
    assert content_of(found) == b"A"


def test_a_name_may_stand_with_the_kind_alone(tmp_path: Path) -> None:
    part = b'Content-Type: x/y; name="=?GBK?B?zajWqi5kb2M=?="\nContent-Disposition: attachment\n\nA'
    assert shown(read(read_mail, tmp_path, message(part))) == ["通知.doc"]


def test_what_has_no_name_is_called_an_attachment(tmp_path: Path) -> None:
    part = b"Content-Type: application/pdf\nContent-Disposition: attachment\n\nA"
    assert shown(read(read_mail, tmp_path, message(part))) == ["附件.pdf"]


def test_pictures_of_a_page_are_no_attachments_and_files_beside_it_are(tmp_path: Path) -> None:
    page = b"Content-Type: text/html\n\n<p>A"
    picture = attached(b'Content-ID: <a>\nContent-Disposition: inline; filename="a.png"')
    called = attached(b'Content-Disposition: attachment; filename="b.doc"')
    saved = message(page, picture, called, kind="related")
    assert shown(read(read_mail, tmp_path, saved)) == ["b.doc"]
    beside = tmp_path / "beside"
    beside.mkdir()
    assert shown(read(read_mail, beside, message(page, picture))) == ["a.png"]


def test_attachments_of_messages_within_are_its_own(tmp_path: Path) -> None:
    inner = EmailMessage()
    inner["Subject"] = "转发"
    inner.set_content("A")
    inner.add_attachment(b"B", maintype="application", subtype="pdf", filename="表.pdf")
    outer = EmailMessage()
    outer.set_content("C")
    outer.add_attachment(inner)
    found = read(read_mail, tmp_path, outer.as_bytes())
    assert shown(found) == ["表.pdf"]
    assert content_of(found) == b"B"


def test_messages_without_end_are_refused(tmp_path: Path) -> None:
    content = b"Content-Type: text/plain\n\nA"
    for _ in range(30):
        content = b"Content-Type: message/rfc822\n\n" + content
    with pytest.raises(ExtractionError):
        read(read_mail, tmp_path, content)


SOUND = message(attached(b'Content-Disposition: attachment; filename="a.doc"'))


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    try:
        places_of(names(read(read_mail, tmp_path_factory.mktemp("a"), damaged(SOUND, data))))
    except ExtractionError as error:
        assert error.reason in ACCEPTED  # noqa: PT017 - one of two good ends
