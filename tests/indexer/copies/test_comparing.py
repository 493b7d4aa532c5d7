from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.copies.body import body_of
from indexer.copies.comparing import Contrast, compare

FORM = (
    "结婚登记申请书申请人：{man} 性别：男 出生日期：{born} 民族：汉 身份证件号：{number}"
    "申请人：{woman} 性别：女 出生日期：1992年3月4日 民族：汉 本人与对方均无配偶，没有直系血亲"
    "和三代以内旁系血亲关系，了解对方的身体健康状况。现依照《中华人民共和国民法典》的规定，自愿结为夫妻。本人上述声明"
    "完全真实，如有虚假，愿承担法律责任。监誓人声明：上述声明人在我面前宣读并签署了声明。"
)
COUPLE = {
    "man": "张伟",
    "woman": "李静",
    "born": "1990年1月2日",
    "number": "150204199001021234",
}
NOTICE = (
    "关于做好{year}年度低保年度核查工作的通知。各街道办事处：为进一步规范最低生活保障管理工作，做到应保尽保、"
    "应退尽退，决定开展{year}年度核查工作。请于{month}月底前完成入户调查和公示，逾期不予受理，并将结果报民政局。"
    "各单位要高度重视，加强领导，明确专人负责，严格按照程序办理，确保核查结果真实准确。"
)


def law(articles: int = 40) -> str:
    rng = random.Random(5)
    lines = ("".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(60)) for _ in range(articles))
    return "".join(f"第{number}条{line}" for number, line in enumerate(lines, start=1))


def misread(text: str, rate: float, seed: int = 1) -> str:
    """Digits for digits, characters for characters, some lost."""
    rng = random.Random(seed)
    kept = []
    for character in text:
        if rng.random() >= rate:
            kept.append(character)
        elif character.isdigit():
            kept.append(rng.choice("0123456789"))
        elif rng.random() > 0.1:
            kept.append(chr(rng.randint(0x4E00, 0x9000)))
    return "".join(kept)


def contrast(first: str, second: str) -> Contrast | None:
    one, other = body_of([first]), body_of([second])
    found = compare(one, other).contrast
    assert found == compare(other, one).contrast
    return found


def test_equal_texts_are_copies_and_wholly_alike() -> None:
    assert compare("甲", "甲").similarity == 1000
    assert compare("甲", "甲").contrast is None


@pytest.mark.parametrize("rate", [0.005, 0.01, 0.02, 0.03])
def test_a_scan_is_a_copy_of_what_it_was_made_of(rate: float) -> None:
    text = law() + "自2020年1月1日起施行，联系电话04775551234。"
    assert contrast(text, misread(text, rate)) is None
    assert contrast(misread(text, rate, 1), misread(text, rate, 2)) is None


def test_what_is_nearly_alike_is_never_called_wholly_alike() -> None:
    text = law(400)
    assert compare(text, text + "甲").similarity == 999


def test_heads_and_feet_of_pages_make_no_difference() -> None:
    text = law()
    pages = [text[at : at + 300] for at in range(0, len(text), 300)]
    assert contrast("松洼县志".join(pages), text) is None


def test_columns_in_another_order_make_no_difference() -> None:
    text = law()
    assert contrast(text, text[900:] + text[:900]) is None


def test_a_draft_with_other_words_and_without_number_is_a_copy() -> None:
    text = law()
    draft = "松政发〔2020〕号" + text.replace(text[300:303], "应当", 1)
    assert contrast("松政发〔2020〕15号" + text, draft) is None


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"number": "150204199505054321"}, Contrast.FIGURES),
        ({"born": "1990年12月2日"}, Contrast.FIGURES),
        ({"born": "一九九一年一月二日"}, Contrast.FIGURES),
        ({"man": "王磊"}, Contrast.NAMES),
        ({"man": "张强"}, Contrast.NAMES),
        ({"man": "乌云其木格"}, Contrast.NAMES),
    ],
)
def test_the_form_of_another_couple_is_no_copy(other: dict[str, str], why: Contrast) -> None:
    first = {**COUPLE, "born": "一九九〇年一月二日"} if "一九" in other.get("born", "") else COUPLE
    assert contrast(FORM.format(**first), FORM.format(**first | other)) is why


def test_a_scan_of_the_form_of_another_couple_is_no_copy() -> None:
    other = {
        "man": "王磊",
        "woman": "陈芳",
        "born": "1987年11月23日",
        "number": "15020419871123001X",
    }
    one = FORM.format(**COUPLE)
    for seed in range(20):
        assert contrast(one, misread(FORM.format(**other), 0.03, seed)) is not None


def test_a_blank_form_is_no_copy_of_one_that_was_filled_in() -> None:
    blank = FORM.format(man="", woman="", born="", number="")
    assert contrast(blank, FORM.format(**COUPLE)) is not None


def test_the_notice_of_another_year_is_no_copy() -> None:
    one = NOTICE.format(year=2019, month=3)
    assert contrast(one, NOTICE.format(year=2020, month=3)) is Contrast.FIGURES
    assert contrast(one, NOTICE.format(year=2019, month=12)) is Contrast.FIGURES
    assert contrast(one, misread(NOTICE.format(year=2020, month=9), 0.02)) is not None


def test_two_errors_in_one_figure_are_errors_still() -> None:
    text = law() + "身份证件号：150204199001021234 150204198511230045 150204197707070011。"
    scan = (
        misread(law(), 0.02)
        + "身份证件号：150274199001021284 150204198511230045 150204197707070011。"
    )
    assert contrast(text, scan) is None


def test_the_same_other_figure_in_two_places_is_no_error() -> None:
    text = law() + "编号0471至0471，共计三册。" + law(3)
    scan = misread(law(), 0.02) + "编号0472至0472，共计三册。" + law(3)
    assert contrast(text, scan) is Contrast.FIGURES


def test_letters_with_another_name_throughout_are_no_copies() -> None:
    letter = "兹有{name}同志前往你处办理{name}的档案转移手续，请予接洽。{name}联系电话见附页。"
    for one, other in (
        ("张伟", "王伟"),
        ("王伟", "王伟国"),
        ("王国", "王文国"),
        ("高建华", "何国华"),
        ("王伟国", "张伟华"),
    ):
        assert contrast(letter.format(name=one), letter.format(name=other)) is not None


def test_an_enactment_that_was_amended_is_no_copy() -> None:
    before = "取水条例（2006年2月21日公布）" + law()
    after = "取水条例（2006年2月21日公布 2017年3月1日修订）" + law()
    assert contrast(before, after) is Contrast.VERSION


def test_articles_that_moved_on_by_one_are_no_other_figures() -> None:
    text = law(60)
    moved = text.replace("第58条", "第59条").replace("第60条", "第61条")
    assert contrast(text, moved) is None


def test_the_same_rules_for_another_place_are_no_copy() -> None:
    parts = [law(3)[at : at + 45] for at in range(0, 180, 45)] + [law(90)[3000:5000]]
    assert contrast("丽水市".join(parts), "湖州市".join(parts)) is Contrast.SUBJECT


def test_a_part_is_no_copy_of_the_whole() -> None:
    assert contrast(law(), law()[:1500]) is Contrast.LENGTH
    assert contrast(law(), law()[:1500] + "甲" * 800) is Contrast.WORDING


def test_other_words_throughout_are_no_reading_errors() -> None:
    text = law()
    other = "".join("乙乙乙乙" if at % 90 < 4 else c for at, c in enumerate(text))
    assert contrast(text, other) is not None


@given(st.text(alphabet="甲乙丙12年月", max_size=80), st.text(alphabet="甲乙丙12年月", max_size=80))
def test_a_similarity_is_between_none_and_all(first: str, second: str) -> None:
    found = compare(first, second)
    assert 0 <= found.similarity <= 1000
    assert (found.similarity == 1000) == (first == second)
