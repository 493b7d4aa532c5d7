import pytest

from indexer.dates import PartialDate
from indexer.official.legislation import History, history_of


@pytest.mark.parametrize(
    ("lines", "history"),
    [
        (
            [
                "1988年12月29日 第七届全国人民代表大会常务委员会第五次会议通过",
                "2004年8月28日 第十届全国人民代表大会常务委员会第十一次会议《关于修改〈甲法〉、",
                "〈乙法〉的决定》修正",
            ],
            History(agency="全国人民代表大会常务委员会", date=PartialDate(2004, 8, 28)),
        ),
        (
            ["2015年10月30日 杭州市第十二届人民代表大会常务委员会第三十二次会议通过"],
            History(agency="杭州市人民代表大会常务委员会"),
        ),
        (["2000年9月25日 中华人民共和国国务院令第293号公布"], History(agency="国务院")),
        (["（2007年4月5日中华人民共和国国务院令第492号", "公布）"], History(agency="国务院")),
        (
            ["2013年11月25日 最高人民法院审判委员会第1597次会议通过"],
            History(agency="最高人民法院"),
        ),
        (["2010年3月1日市人民政府第3次常务会议通过"], History()),
        (["2010年3月1日 施行"], History()),
        (["第一章 总则", "2000年9月25日 国务院令第293号公布"], History()),
        ([], History()),
    ],
)
def test_the_history_below_the_title(lines: list[str], history: History) -> None:
    assert history_of(["某某法", *lines, "第一章 总则", "第一条"]) == history
