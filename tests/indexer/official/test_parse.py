from hypothesis import given
from hypothesis import strategies as st

from indexer.dates import PartialDate
from indexer.official import ParsedDocument
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


@given(st.lists(st.text(max_size=400), max_size=4))
def test_any_pages_are_parsed(pages: list[str]) -> None:
    parse_document(pages)
