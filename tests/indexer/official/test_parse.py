import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dates import PartialDate
from indexer.official import ParsedDocument, Relation, RelationKind
from indexer.official.parse import TAIL, parse_document

PAGE = """索引号：11150204/2008-00015
档号：Z109-WS·2008-Y-BGS-0015
内部
青山区人民政府办公室文件
青政办发〔2008〕15号          签发人：张某
关于做好城市居民最低生活保障工作的通知
各街道办事处：
根据国发〔2007〕19号，现就有关事项通知如下。
"""


def test_a_whole_document() -> None:
    assert parse_document(
        [PAGE, "第二页\n青山区人民政府办公室\n二〇〇八年三月十五日\n"]
    ) == ParsedDocument(
        title="关于做好城市居民最低生活保障工作的通知",
        agency="青山区人民政府办公室",
        document_number="青政办发〔2008〕15号",
        date=PartialDate(2008, 3, 15),
        genre="通知",
        archival_code="Z109-WS·2008-Y-BGS-0015",
        index_number="11150204/2008-00015",
        is_internal=True,
        marking="内部",
        agencies=("青山区人民政府办公室",),
        signers=("张某",),
        recipients=("各街道办事处",),
    )


def test_an_order_names_its_agency() -> None:
    parsed = parse_document(
        ["收容教育办法\n1993年9月4日 中华人民共和国国务院令第127号发布\n第一条"]
    )
    assert parsed.agency == "国务院"
    assert parsed.document_number == "中华人民共和国国务院令第127号"
    assert parsed.date is None


def test_the_signature_names_the_agency_where_nothing_else_does() -> None:
    parsed = parse_document(["关于低保的通知\n各街道：\n正文。\n青山区民政局\n2008年3月15日"])
    assert parsed.agency == "青山区民政局"
    assert parsed.date == PartialDate(2008, 3, 15)


def test_an_empty_cover_is_passed_over() -> None:
    assert parse_document(["", " \n", PAGE]).document_number == "青政办发〔2008〕15号"


def test_silence_about_what_is_not_said() -> None:
    assert parse_document([]) == ParsedDocument()
    assert parse_document(["", "\n"]) == ParsedDocument()
    assert parse_document(["会议室在三楼。"]) == ParsedDocument()


def test_a_huge_volume_is_read_at_its_beginning_only() -> None:
    parsed = parse_document([PAGE, *["长" * TAIL] * 3, "青山区人民政府办公室\n2008年3月15日"])
    assert parsed.document_number == "青政办发〔2008〕15号"
    assert parsed.date is None


JOINT = """000123
内部★5年            特急
包头市青山区民政局
包头市青山区财政局    文件
包头市青山区审计局
青民发〔2012〕3号          签发人：张某某  李 某
王某某

关于调整城市居民最低生活保障
标准的请示

区人民政府：
  根据有关规定，现将有关事项请示如下：
  《青山区低保办法》（青政发〔2005〕3号）同时废止。

  附件：1．低保标准测算表
        2．各街道低保人数统计
           情况表
        3. 资金预算

青山区民政局      青山区财政局
青 山 区 审 计 局
2012年6月5日
（此件依申请公开）
主题词：民政  低保  请示
抄送：市民政局，市财政局，区委办公室、区人大常委会办公室，
区政协办公室。
青山区民政局办公室            2012年6月6日印发
（共印30份）
"""


def test_a_joint_paper_with_head_and_tail() -> None:
    assert parse_document([JOINT]) == ParsedDocument(
        title="关于调整城市居民最低生活保障标准的请示",
        agency="包头市青山区民政局",
        agencies=("包头市青山区民政局", "包头市青山区财政局", "包头市青山区审计局"),
        document_number="青民发〔2012〕3号",
        date=PartialDate(2012, 6, 5),
        genre="请示",
        is_internal=True,
        marking="内部★5年",
        copy_number="000123",
        urgency="特急",
        signers=("张某某", "李某", "王某某"),
        recipients=("区人民政府",),
        copies=("市民政局", "市财政局", "区委办公室", "区人大常委会办公室", "区政协办公室"),
        subject_words=("民政", "低保", "请示"),
        attachments=("低保标准测算表", "各街道低保人数统计情况表", "资金预算"),
        notes=("此件依申请公开",),
        printed_by="青山区民政局办公室",
        printed_on=PartialDate(2012, 6, 6),
        relations=(
            Relation(
                kind=RelationKind.REPEALS,
                title="青山区低保办法",
                document_number="青政发〔2005〕3号",
            ),
        ),
    )


WEB = """索 引 号：11150204/2010-00012    主题分类：民政、扶贫、救灾
发文机关：青山区人民政府办公室    成文日期：2010年5月4日
标　　题：关于印发《青山区信息公开办法》的通知
发文字号：青政办发〔2010〕12号    发布日期：2010-05-10
有 效 性：有效
青山区人民政府办公室关于印发《青山区信息公开办法》的通知
各街道办事处，区直各部门：
现印发给你们。
二〇一〇年五月四日
"""


def test_a_web_page_says_it_in_its_block() -> None:
    assert parse_document([WEB]) == ParsedDocument(
        title="关于印发《青山区信息公开办法》的通知",
        agency="青山区人民政府办公室",
        agencies=("青山区人民政府办公室",),
        document_number="青政办发〔2010〕12号",
        date=PartialDate(2010, 5, 4),
        genre="通知",
        index_number="11150204/2010-00012",
        recipients=("各街道办事处", "区直各部门"),
        topic="民政、扶贫、救灾",
        published_on=PartialDate(2010, 5, 10),
        validity="有效",
    )


def test_a_law_says_who_passed_it_and_when() -> None:
    lines = (
        "中华人民共和国标准化法",
        "1988年12月29日 第七届全国人民代表大会常务委员会第五次会议通过",
        "2017年11月4日 第十二届全国人民代表大会常务委员会第三十次会议修订",
        "第一章 总则",
    )
    parsed = parse_document(["\n".join(lines)])
    assert parsed.agency == "全国人民代表大会常务委员会"
    assert parsed.date == PartialDate(2017, 11, 4)


# Each would take hours where a pattern goes back over what it has read.
@pytest.mark.parametrize(
    "piece",
    [
        "废止", "《甲》废止", "《甲乙》（", "作如下修改", "《", "（（", "文号：", "抄送：市局，\n",
        "附件：1.甲\n", "签发人：张三\n张三\n", "2008年3月15日\n", "青山区民政局  ", "索 引 号：\n",
        " ", "内 ", "各省、", "(2008年1月1日国务院令第1号公布\n", "印发\n", "1.", "年",
    ],
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (TAIL // len(piece) // 4)
    parse_document(["关于低保的通知\n", text])


@given(st.lists(st.text(max_size=400), max_size=4))
def test_any_pages_are_parsed(pages: list[str]) -> None:
    parse_document(pages)


@given(st.lists(st.sampled_from(JOINT.splitlines() + WEB.splitlines()), max_size=40))
def test_any_order_of_lines_is_parsed(lines: list[str]) -> None:
    parse_document(["\n".join(lines)])
