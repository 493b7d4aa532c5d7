import pytest

from indexer.dates import PartialDate
from indexer.official.tails import Tail, read_tail

BODY = ["关于低保的通知", "正文。", "青山区民政局", "2012年6月5日"]


def test_a_whole_tail() -> None:
    tail = read_tail(
        [
            *BODY,
            "（此件公开发布）",
            "主题词：民政 低保 通知",
            "抄送：市民政局，区委办公室、区人大常委会办公室、区政协办公室，",
            "区法院。",
            "抄报：区人民政府",
            "青山区民政局办公室  2012年6月6日印发",
            "（共印30份）",
        ]
    )
    assert tail == Tail(
        copies=(
            "市民政局",
            "区委办公室",
            "区人大常委会办公室",
            "区政协办公室",
            "区法院",
            "区人民政府",
        ),
        subject_words=("民政", "低保", "通知"),
        notes=("此件公开发布",),
        printed_by="青山区民政局办公室",
        printed_on=PartialDate(2012, 6, 6),
        length=6,
    )


@pytest.mark.parametrize(
    ("lines", "agency", "day"),
    [
        (["青山区政府办公室 二〇〇八年三月十五日印发"], "青山区政府办公室", (2008, 3, 15)),
        (["青山区政府办公室", "2008年3月15日 印 发"], "青山区政府办公室", (2008, 3, 15)),
        (["青山区政府办公室 2008年3月15日印发（共印100份）"], "青山区政府办公室", (2008, 3, 15)),
        (["2008年3月15日印发"], "", (2008, 3, 15)),
    ],
)
def test_who_had_it_printed_and_when(
    lines: list[str], agency: str, day: tuple[int, int, int]
) -> None:
    tail = read_tail(["正文。", *lines])
    assert (tail.printed_by, tail.printed_on) == (agency, PartialDate(*day))


@pytest.mark.parametrize(
    "line",
    [
        "请及时抄送有关部门。",
        "抄送：现将情况说明如下",
        "主题词：请按照国务院公文主题词表标引，至多五个词，不得自造。",
        "主题词：",
        "本通知已于上月印发",
        "年月日印发",
        "联系人：张三，电话：0472-1234567",
    ],
)
def test_what_is_no_tail(line: str) -> None:
    assert read_tail([*BODY, line]).copies == ()
    assert read_tail([*BODY, line]).subject_words == ()
    assert read_tail([*BODY, line]).printed_on is None
    assert read_tail([*BODY, line]).notes == ()


def test_a_choice_of_disclosure_is_a_note() -> None:
    assert read_tail([*BODY, "公开方式：主动公开"]).notes == ("公开方式：主动公开",)
    assert read_tail([]) == Tail()
