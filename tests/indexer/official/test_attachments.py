import pytest

from indexer.official.attachments import attachments_of


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (["附件：低保标准测算表"], ("低保标准测算表",)),
        (["附件：1．甲表", "2．乙表", "青山区民政局"], ("甲表", "乙表")),
        (["附件：", "1.甲表；", "2.乙表"], ("甲表", "乙表")),
        (["附件：1．各街道低保", "人数统计表", "2. 乙表"], ("各街道低保人数统计表", "乙表")),
        (["附件：1．甲表", "3．丙表"], ("甲表",)),
        (["附件", "低保标准测算表"], ()),
        (["附件：请于月底前报送。联系人：张三"], ()),
        (["见附件：表"], ()),
        (["附件："], ()),
    ],
)
def test_titles_of_what_is_attached(lines: list[str], titles: tuple[str, ...]) -> None:
    assert attachments_of(["正文。", *lines]) == titles
