import pytest

from indexer.official.recipients import recipients_of, split_recipients

TITLE = "关于低保的通知"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["区人民政府："], ("区人民政府",)),
        (["区财政局、民政局："], ("区财政局", "民政局")),
        (
            ["各省、自治区、直辖市人民政府，国务院各部委、各直属机构："],
            ("各省、自治区、直辖市人民政府", "国务院各部委", "各直属机构"),
        ),
        (
            ["各镇人民政府、街道办事处，区直各部门，", "驻区各单位："],
            ("各镇人民政府、街道办事处", "区直各部门", "驻区各单位"),
        ),
        (["科技部，新疆生产建设兵团:"], ("科技部", "新疆生产建设兵团")),
        (["现将有关事项通知如下："], ()),
        (["各位代表："], ()),
        (["同志们："], ()),
        (["周某某等代表："], ()),
        (["一、总体要求"], ()),
        ([], ()),
    ],
)
def test_addressees(lines: list[str], names: tuple[str, ...]) -> None:
    assert recipients_of(["青政发〔2008〕1号", "关于低保", "的通知", *lines], TITLE) == names


def test_history_above_is_no_part_of_the_list() -> None:
    lines = [TITLE, "2020年8月24日最高人民法院审判委员会通过", "上海市高级人民法院："]
    assert recipients_of(lines, TITLE) == ("上海市高级人民法院",)


def test_only_near_the_title() -> None:
    assert recipients_of([TITLE, *["正文"] * 40, "区人民政府："], TITLE) == ()
    assert recipients_of(["区人民政府：", TITLE], TITLE) == ()


def test_a_list_with_anything_else_in_it_is_none() -> None:
    assert split_recipients("市民政局，吃饭") == ()
    assert split_recipients("局" * 500) == ()
    assert split_recipients("") == ()
