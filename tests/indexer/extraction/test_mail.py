from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.mail import MailExtractor
from tests.indexer.extraction.damage import damaged, read_or_refused

if TYPE_CHECKING:
    from pathlib import Path


def lines(tmp_path: Path, content: bytes) -> list[str]:
    path = tmp_path / "a.eml"
    path.write_bytes(content)
    (page,) = MailExtractor().pages(path)
    return page.split("\n")


def letter() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "关于低保的通知"
    message["From"] = "民政局 <mzj@example.org>"
    message["To"] = "各街道 <jd@example.org>"
    message.set_content("纯文本", charset="gb2312")
    return message


HEAD = [
    "主题：关于低保的通知",
    "发件人：民政局 <mzj@example.org>",
    "收件人：各街道 <jd@example.org>",
]


def test_a_letter_with_attachments(tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(b"\0\1", maintype="application", subtype="pdf", filename="名单.pdf")
    message.add_attachment("内容", filename="说明.txt")
    assert lines(tmp_path, bytes(message)) == [
        *HEAD, "纯文本", "附件：名单.pdf", "附件：说明.txt"
    ]  # fmt: skip


def test_of_two_forms_the_fuller_one_without_what_is_hidden(tmp_path: Path) -> None:
    message = letter()
    message.add_alternative("<body><p>正文</p><p hidden>藏</p></body>", subtype="html")
    assert lines(tmp_path, bytes(message)) == [*HEAD, "正文"]


def test_a_letter_in_a_letter(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("转发")
    message.add_attachment(letter())
    assert lines(tmp_path, bytes(message)) == ["转发", *HEAD, "纯文本"]


def test_a_saved_web_page(tmp_path: Path) -> None:
    page = "<html><head><title>公告</title></head><body><p>正文一</p></body></html>"
    content = (
        "From: <Saved by Microsoft Internet Explorer 6>\nSubject: =?gb2312?B?uau45g==?=\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="X"\n\n--X\n'
        'Content-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: 8bit\n\n'
        f"{page}\n--X\nContent-Type: image/gif\nContent-Location: http://a/b.gif\n\nGIF\n--X--\n"
    )
    read = lines(tmp_path, content.encode("gb18030"))
    assert read[0] == "主题：公告"
    assert read[-2:] == ["公告", "正文一"]


def test_headers_and_text_without_a_label(tmp_path: Path) -> None:
    content = "Subject: 关于低保的通知\nFrom: a@example.org\nDate: ?\n\n各街道办事处\n"
    for encoding in ("utf-8", "gb18030"):
        read = lines(tmp_path, content.encode(encoding))
        assert read[0] == HEAD[0]
        assert read[-1] == "各街道办事处"


def test_letters_in_letters_end(tmp_path: Path) -> None:
    content = b"Content-Type: message/rfc822\n\n" * 60 + b"\nx"
    with pytest.raises(ExtractionError) as refused:
        lines(tmp_path, content)
    assert refused.value.reason == Reason.DAMAGED


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "a.eml"
    message = letter()
    message.add_alternative("<body><p>正文</p></body>", subtype="html")
    message.add_attachment(b"\0\1", maintype="application", subtype="pdf", filename="名单.pdf")
    path.write_bytes(damaged(bytes(message), data))
    read_or_refused(MailExtractor(), path)
