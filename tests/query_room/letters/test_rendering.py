from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given, settings
from hypothesis import strategies as st

from query_room.letters import Letter, LetterError, LetterKind, Letters
from query_room.letters.docx import draw_docx
from query_room.letters.samples import sample_letter, sample_letters
from query_room.statute.codes import ReplyType

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def letters(tmp_path: Path) -> Letters:
    return Letters(tmp_path / "letters")


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize(
    "letter", sample_letters(), ids=lambda letter: f"{letter.kind}-{letter.reply_type}"
)
def test_every_letter_is_made_twice_alike_with_its_number_and_organ(
    letters: Letters, letter: Letter
) -> None:
    made = letters.docx(letter)
    assert made == letters.docx(letter)
    words = words_of(made)
    assert letter.number in words
    assert letter.letterhead.organ in words
    assert "2026年3月2日" in words
    assert "{{" not in words
    page = letters.html(letter)
    assert letter.number in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("reply_type", "said"),
    [
        (ReplyType.ALREADY_PUBLIC, "已经主动公开"),
        (ReplyType.PROVIDED, "决定予以公开"),
        (ReplyType.IN_PART, "区分处理"),
        (ReplyType.WITHHELD, "决定不予公开"),
        (ReplyType.NOT_FOUND, "该信息不存在"),
        (ReplyType.NOT_OURS, "不属于本机关负责公开"),
        (ReplyType.ALREADY_ANSWERED, "不再重复处理"),
        (ReplyType.SPECIAL_ACCESS, "特别规定"),
        (ReplyType.NEEDS_MAKING, "加工、分析"),
        (ReplyType.PETITION, "信访、投诉、举报"),
        (ReplyType.PUBLISHED_WORK, "公开出版物"),
        (ReplyType.EXCESSIVE, "明显超过合理范围"),
        (ReplyType.UNCLEAR, "仍不明确"),
        (ReplyType.CONFIRMATION, "确认或者重新出具"),
        (ReplyType.NOT_CORRECTED, "逾期不补正"),
        (ReplyType.FEE_NOT_PAID, "逾期未按照收费通知"),
        (ReplyType.WITHDRAWN, "撤回了申请"),
    ],
)
def test_each_reply_says_what_its_article_asks_for(
    letters: Letters, reply_type: ReplyType, said: str
) -> None:
    assert said in words_of(letters.docx(sample_letter(LetterKind.REPLY, reply_type)))


def test_that_it_does_not_exist_is_shown_by_the_searches(letters: Letters) -> None:
    words = words_of(letters.docx(sample_letter(LetterKind.REPLY, ReplyType.NOT_FOUND)))
    assert "槐荫街 房屋征收 补偿方案" in words
    assert "档案员权限" in words


def test_nothing_found_is_said_of_what_was_searched_alone(letters: Letters) -> None:
    words = words_of(letters.docx(sample_letter(LetterKind.NONE_FOUND)))
    assert "范围内" in words
    assert "不存在" not in words


def test_a_third_party_does_not_learn_who_applied(letters: Letters) -> None:
    letter = replace(sample_letter(LetterKind.THIRD_PARTY), addressee="某公司")
    words = words_of(letters.docx(letter))
    assert letter.request_number not in words
    assert letter.asked_for not in words
    assert "15个工作日" in words


@pytest.mark.parametrize(
    "text",
    [
        "<b>张</b>",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "# 标题",
        "> 右",
        "| 格 | 格 |",
        "\x00\x0b\x1f乱码",
        "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ",
        "长" * 4000,
        "\ud800",
    ],
)
def test_no_text_is_taken_for_anything_but_text(letters: Letters, text: str) -> None:
    letter = replace(
        sample_letter(LetterKind.REPLY, ReplyType.WITHHELD), reasons=text, asked_for=text
    )
    words = words_of(letters.docx(letter))
    assert "49" not in words.replace("2049", "")
    page = letters.html(letter)
    assert "<b>" not in page
    titles = page.count("<h1")
    assert titles == 1


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_letter_that_can_be_read_back(tmp_path_factory: object, text: str) -> None:
    letters = Letters(tmp_path_factory.mktemp("none"))  # type: ignore[attr-defined]
    letter = replace(sample_letter(LetterKind.CLARIFICATION), text=text, addressee=text or "某")
    assert letter.number in words_of(letters.docx(letter))
    assert letter.number in letters.html(letter)


def test_what_went_out_stays_when_the_template_changes(letters: Letters, tmp_path: Path) -> None:
    letter = sample_letter(LetterKind.EXTENSION)
    went_out = letters.fill(letter)
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "extension.txt").write_text("# 延期\n", "utf-8")
    assert letters.fill(letter).digest != went_out.digest
    assert letter.text.rstrip("。") in words_of(draw_docx(went_out.document()))


def test_an_office_may_put_its_own_template_in_place(letters: Letters, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "extension.txt").write_text("# 延期\n@ {{ addressee }}\n{{ text }}\n", "utf-8")
    assert letters.problems() == []
    assert "延期" in words_of(letters.docx(sample_letter(LetterKind.EXTENSION)))


@pytest.mark.parametrize(
    ("name", "template", "said"),
    [
        ("reply.txt", "# {{ number\n", "第1行"),
        ("reply.txt", "{{ nummer }}", "nummer"),
        ("reply.txt", "{{ ''.__class__.__mro__ }}", "unsafe"),
        ("reply.txt", "{% for x in range(10**9) %}{% endfor %}", ""),
        ("答复.txt", "# 题", "没有这个名称"),
    ],
)
def test_a_broken_template_is_found_before_a_letter_is_made(
    letters: Letters, tmp_path: Path, name: str, template: str, said: str
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / name).write_text(template, "utf-8")
    (problem,) = letters.problems()
    assert problem.template == name
    assert said in problem.detail


def test_a_template_that_is_no_text_is_refused(letters: Letters, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "reply.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LetterError, match="UTF-8"):
        letters.docx(sample_letter(LetterKind.REPLY))


@pytest.mark.parametrize(
    "letter", sample_letters(), ids=lambda letter: f"{letter.kind}-{letter.reply_type}"
)
def test_no_signature_stands_alone_on_a_page_and_no_row_is_torn(
    letters: Letters, letter: Letter
) -> None:
    document = docx.Document(io.BytesIO(letters.docx(letter)))
    right = WD_ALIGN_PARAGRAPH.RIGHT
    paragraphs = document.paragraphs
    first = next(
        place for place, paragraph in enumerate(paragraphs) if paragraph.alignment == right
    )
    last = max(place for place, paragraph in enumerate(paragraphs) if paragraph.alignment == right)
    assert all(each.paragraph_format.keep_with_next for each in paragraphs[first - 1 : last])
    for table in document.tables:
        for place, row in enumerate(table.rows):
            marks = {mark.tag.rpartition("}")[2] for mark in row._tr.trPr}
            assert marks >= {"cantSplit"} | ({"tblHeader"} if place == 0 else set())
        assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=1)
