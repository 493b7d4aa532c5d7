import pytest

from indexer.official.lines import lines_of
from indexer.official.titles import agency_of, genre_of, title_of


def test_a_title_over_several_lines() -> None:
    page = (
        "000012\n特急\n青山区人民政府办公室文件\n青政办发〔2008〕15号\n\n"
        "青山区人民政府办公室\n关于做好城市居民最低生活保障工作\n的通 知\n\n各街道办事处：\n正文。"
    )
    assert (
        title_of(lines_of([page])) == "青山区人民政府办公室关于做好城市居民最低生活保障工作的通知"
    )


def test_forwarding_goes_on_to_its_own_genre() -> None:
    page = "青山区人民政府关于印发低保管理办法\n的通知\n各街道："
    assert title_of(lines_of([page])) == "青山区人民政府关于印发低保管理办法的通知"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("收容教育办法（试行）\n1993年9月4日 国务院令第127号发布\n第一条", "收容教育办法（试行）"),
        ("中华人民共和国体育法\n1995年8月29日 通过\n第一章 总则", "中华人民共和国体育法"),
        ("中华人民共和国体育法\n中华人民共和国\n体育法\n1995年", "中华人民共和国体育法"),
        ("2026年海南省政府工作报告\n政府工作报告\n各位代表：", "2026年海南省政府工作报告"),
        ("公告\n因道路施工，", "公告"),
        ("學位授予法\n1.中華民國二十四年四月二十二日公布\n第 1 條", "學位授予法"),
        (
            "最高人民法院 最高人民检察院关于办理案件的解释\n2023年1月3日 通过",
            "最高人民法院 最高人民检察院关于办理案件的解释",
        ),
        (
            "清河区人民政府通告\n清政告〔2019〕2号\n清河区人民政府关于机构改革\n有关事项的通告\n各街道：",
            "清河区人民政府关于机构改革有关事项的通告",
        ),
        (
            "清河区人民政府会议纪要\n清政纪〔2014〕3号\n关于北片区改造有关问题的会议纪要\n2014年",
            "关于北片区改造有关问题的会议纪要",
        ),
        # Where nothing else names the matter, the head is the title.
        ("清河区档案馆公告\n清档告〔2023〕1号\n为了方便群众，", "清河区档案馆公告"),
        # An agency above a title that begins with it acts once.
        (
            "清河区民政局\n清河区民政局关于低保备案情况的通报\n各乡镇：",
            "清河区民政局关于低保备案情况的通报",
        ),
    ],
)
def test_titles_of_many_kinds(page: str, title: str) -> None:
    assert title_of(lines_of([page])) == title


@pytest.mark.parametrize(
    "page",
    [
        "",
        "\n\n",
        "今天天气很好。\n我们去公园。",
        "说明情况\n裁判要点\n1.经营者",
        "情况\n一、程序规定\n为了",
        "某区\n2.中華民國一百零二年三月十五日教育部字第 102號令",
        "根据有关规定，现将通知",
        "正文\n" * 30 + "关于低保的通知",
        "字" * 5000 + "通知",
    ],
)
def test_silent_where_no_line_is_surely_a_title(page: str) -> None:
    assert title_of(lines_of([page])) == ""


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("青山区人民政府关于低保的通知", "通知"),
        ("收容教育办法（试行）", "办法"),
        ("关于答复的复函", "复函"),
        ("国务院办公厅关于险情的函", "函"),
        ("最高人民法院关于适用保险法若干问题的解释（二）", "解释"),
        ("低保户名册", "名册"),
        ("无题", ""),
    ],
)
def test_the_genre_ends_the_title(title: str, genre: str) -> None:
    assert genre_of(title) == genre


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("青山区人民政府办公室关于低保的通知", "青山区人民政府办公室"),
        ("国务院办公厅转发国家地震局关于防震的通知", "国务院办公厅"),
        ("最高人民法院、最高人民检察院关于办理案件的解释", "最高人民法院、最高人民检察院"),
        ("进一步做好关于低保的通知", ""),
        ("关于低保的通知", ""),
        ("低保办法", ""),
    ],
)
def test_the_agency_begins_the_title(title: str, agency: str) -> None:
    assert agency_of(title) == agency
