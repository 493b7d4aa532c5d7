import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.official.markings import (
    TOP_LINES,
    find_marking,
    internal_marking,
    is_marked_internal,
)

BODY = "青山区人民政府办公室文件\n青政办发〔2008〕15号\n关于做好低保工作的通知\n各街道办事处："

MARKED = [
    ("机密★10年", "机密★10年"),
    ("机　密", "机密"),
    ("绝 密 ★ 长期", "绝密★长期"),
    ("秘密", "秘密"),
    ("秘密★一年", "秘密★一年"),
    ("機密★10年", "機密★10年"),
    ("絕 密", "絕密"),
    ("機密★長期", "機密★長期"),
    ("【机密】", "【机密】"),
    ("密级：秘密", "密级:秘密"),
    ("密级：机密  保密期限：10年", "密级:机密保密期限:10年"),
    ("机密级", "机密级"),
    ("国家秘密★5年", "国家秘密★5年"),
    ("机密★启用前", "机密★启用前"),
    ("绝密★2030年12月31日前", "绝密★2030年12月31日前"),
    ("机密*6个月", "机密*6个月"),
    ("★机密★", "★机密★"),
    ("０００１２３　机密★１０年　特急", "机密★10年"),
    ("No.000123 秘密 加急", "秘密"),
    ("份号：000123    机密", "机密"),
    ("特 急  机 密", "机密"),
    ("机密★10年                青政函〔2008〕5号", "机密★10年"),
    ("机密                青政函〔2008〕5号", "机密"),
    ("机密★10年\t\t签发人：张某", "机密★10年"),
    ("机\u200b密\ufeff★10年", "机密★10年"),
    ("机\n密", "机密"),
    ("⽤\n秘密", "秘密"),
]

PROSE = [
    "商业秘密",
    "国家秘密保护",
    "保守国家秘密法",
    "一、秘密",
    "第三条 绝密、机密、秘密三级",
    "绝密、机密、秘密",
    "保守秘密",
    "秘密投票",
    "机密文件管理办法",
    "（一）机密；",
    "秘密级事项",
    "个人秘密",
    "机密性",
    "关于商业秘密",
    "密级分为绝密、机密、秘密",
    "级别\t绝密\t机密\t秘密\t合计",
    "绝密 3 件，机密 5 件",
    "标注为“机密★10年”",
    "密",
    "机",
    "不得泄露秘密。",
]


@pytest.mark.parametrize(("line", "marking"), MARKED)
def test_a_marking_alone_on_its_line_is_found(line: str, marking: str) -> None:
    found = find_marking(f"{line}\n{BODY}")
    assert found is not None
    assert found in {marking, marking.strip("【】")}


@pytest.mark.parametrize("line", PROSE)
def test_the_same_words_in_prose_are_no_marking(line: str) -> None:
    assert find_marking(f"{line}\n{BODY}") is None


def test_the_marking_may_stand_below_the_head() -> None:
    assert find_marking(f"\n\n{BODY}\n\n  秘 密 ★ 5 年 \n") == "秘密★5年"


def test_only_the_top_of_the_page_is_looked_at() -> None:
    above = "一行正文\n\n" * TOP_LINES
    assert find_marking(f"{above}机密★10年") is None
    assert find_marking("一行正文\n\n" * (TOP_LINES - 1) + "机密★10年") == "机密★10年"


@given(
    level=st.sampled_from(["绝密", "机密", "秘密", "絕密", "機密"]),
    gap=st.text(alphabet=" \u3000\t\u00a0\u2003", max_size=40),
    period=st.sampled_from(["", "★", "★10年", "★長期", "☆三年"]),
    lines_above=st.integers(0, TOP_LINES - 1),
)
def test_no_spacing_hides_a_marking(level: str, gap: str, period: str, lines_above: int) -> None:
    page = "正文\n" * lines_above + gap + level[0] + gap + level[1] + gap + period + gap
    found = find_marking(page)
    assert found is not None
    assert found.startswith(level)


@given(st.text(alphabet="机密绝秘★ \t\n0123456789年〔〕号第急特:", max_size=3000))
def test_a_hostile_page_is_answered_in_time(page: str) -> None:
    find_marking(page)
    is_marked_internal(page)


@pytest.mark.parametrize(
    "line",
    [
        "内部",
        "内 部",
        "【内部】",
        "内部资料 注意保存",
        "内部文件，不得外传",
        "（内部使用）",
        "内部★5年",
        "内部参考",
    ],
)
def test_internal_is_a_marking_of_its_own(line: str) -> None:
    assert is_marked_internal(f"{line}\n{BODY}")
    assert find_marking(f"{line}\n{BODY}") is None


@pytest.mark.parametrize(
    "line", ["内部管理制度", "加强内部控制", "一、内部", "公司内部", "内部审计", "内部资料管理办法"]
)
def test_internal_affairs_are_not_internal_papers(line: str) -> None:
    assert not is_marked_internal(f"{line}\n{BODY}")


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("内部", "内部"),
        ("内 部★5年", "内部★5年"),
        ("工作秘密★3年", "工作秘密★3年"),
        ("工 作 秘 密", "工作秘密"),
        ("000012    内部★2年    特急", "内部★2年"),
        ("内部资料 注意保存", "内部"),
        ("内部    外部", ""),
        ("工作秘密管理办法", ""),
    ],
)
def test_what_is_kept_in_the_house_is_said_with_its_period(line: str, marking: str) -> None:
    page = f"{line}\n{BODY}"
    assert internal_marking(page) == marking
    assert find_marking(page) is None
