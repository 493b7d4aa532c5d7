from indexer.dates import PartialDate
from indexer.official.web_pages import PageBlock, page_block_of


def test_several_labels_to_a_line() -> None:
    lines = [
        "索引号：11150204/2010-00012  主题分类：民政  发文机关：青山区人民政府",
        "成文日期：2010年5月4日\t发布日期：2010-05-10",
        "名 称：关于低保的通知  文 号：青政发〔2010〕12号",
        "有效性：已废止",
        "正文",
    ]
    assert page_block_of(lines) == PageBlock(
        index_number="11150204/2010-00012",
        topic="民政",
        agency="青山区人民政府",
        date=PartialDate(2010, 5, 4),
        title="关于低保的通知",
        document_number="青政发〔2010〕12号",
        published_on=PartialDate(2010, 5, 10),
        validity="已废止",
        length=4,
    )


def test_a_value_below_its_label_and_a_block_below_the_text() -> None:
    lines = [
        "关于低保的通知",
        *["正文。"] * 9,
        "索 引 号：",
        "000014349/1996-00076",
        "主题分类：",
        "民政",
    ]
    lines += ["发布日期：", "1996年2月5日"]
    block = page_block_of(lines)
    assert (block.index_number, block.topic) == ("000014349/1996-00076", "民政")
    assert (block.published_on, block.length) == (PartialDate(1996, 2, 5), 0)


def test_a_label_without_a_value_takes_nothing_from_the_line_below() -> None:
    lines = [
        "索引号：11150204/2010-00012\t主题分类：民政",
        "发文字号：\t有效性：有效",
        "关于集中补录登记的公告",
    ]
    block = page_block_of(lines)
    assert (block.document_number, block.validity, block.length) == ("", "有效", 2)


def test_a_form_with_some_of_the_labels_is_no_block() -> None:
    assert (
        page_block_of(["标题：申请表", "文号：", "名称：某单位", "发布日期：2008年1月1日"])
        == PageBlock()
    )
    assert page_block_of(["索引号：1", "正文"]) == PageBlock()
    assert page_block_of([]) == PageBlock()
