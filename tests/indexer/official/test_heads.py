import pytest

from indexer.official import Form
from indexer.official.heads import (
    copy_number_of,
    form_of,
    is_of_signers,
    signers_of,
    urgency_of,
)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("000123", "000123"),
        ("000123    机密★1年", "000123"),
        ("份号：12", "12"),
        ("No.000045", "000045"),
        ("200803", ""),  # a month
        ("1", ""),  # a page
        ("0472123", ""),
    ],
)
def test_copy_numbers(line: str, number: str) -> None:
    assert copy_number_of([line, "青山区人民政府文件"]) == number
    assert copy_number_of(["甲", "乙", "丙", "000123"]) == ""


@pytest.mark.parametrize(
    ("line", "word"),
    [("特急", "特急"), ("加 急 件", "加急"), ("000123   特急", "特急"), ("特急救援", "")],
)
def test_urgency_stands_alone(line: str, word: str) -> None:
    assert urgency_of(["青山区人民政府文件", line]) == word


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["青政发〔2012〕3号    签发人：张三"], ("张三",)),
        (["签 发 人：王 明  李小红"], ("王明", "李小红")),
        (["签发人：张三", "李四", "关于低保的请示"], ("张三", "李四")),
        (["签发人：张三", "请示"], ("张三",)),
        (["签发人：", "正文"], ()),
        (["签发人：张三同意印发，请办公室办理。"], ()),
        (["关于签发人的规定"], ()),
    ],
)
def test_signers(lines: list[str], names: tuple[str, ...]) -> None:
    assert signers_of(lines) == names


def test_a_line_of_signers() -> None:
    assert is_of_signers("王某某", ("张三", "王某某"))
    assert not is_of_signers("关于低保", ("张三",))


@pytest.mark.parametrize(
    ("number", "genre", "form"),
    [
        ("青政函〔2012〕3号", "批复", Form.LETTER),
        ("青山区人民政府令第3号", "办法", Form.ORDER),
        ("", "纪要", Form.MINUTES),
        ("常务会议纪要〔2008〕3号", "", Form.MINUTES),
        ("青政发〔2012〕3号", "通知", None),
        ("", "", None),
    ],
)
def test_special_forms(number: str, genre: str, form: Form | None) -> None:
    assert form_of(number, genre) is form
