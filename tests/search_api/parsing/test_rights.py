from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from indexer.analysis.question import QueryPart
from search_api.parsing import parse, render, within_rights


def test_who_may_not_ask_for_persons_looks_for_the_name_in_the_text() -> None:
    parsed = parse("低保 人名:张三 -(人名:李四 OR 甲)")
    assert within_rights(parsed, Viewer(audience=Audience.STAFF)) is parsed
    for viewer in (PUBLIC_VIEWER, Viewer(audience=Audience.READING_ROOM)):
        asked = within_rights(parsed, viewer)
        assert render(asked.parts) == '低保 "张三" -("李四" OR 甲)'
        assert asked.notes == ("persons_for_staff",)


def test_any_other_question_stays() -> None:
    parsed = parse("标题:低保 -学校")
    assert within_rights(parsed, PUBLIC_VIEWER) is parsed
    assert parse("低保").parts == (QueryPart("低保"),)
