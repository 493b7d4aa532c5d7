from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.analyzer import analyzer_for
from indexer.analysis.question import QueryPart
from indexer.engine.query import AnalyzedQuery
from search_api.answers import Fragment
from search_api.highlighting import SNIPPET_LENGTH, find_marks, find_marks_across, marked, snippet


def asked(text: str, *, phrase: bool = False) -> AnalyzedQuery:
    return analyzer_for().query([QueryPart(text, is_phrase=phrase)])


def shown(text: str, question: str, *, phrase: bool = False) -> str:
    fragments = marked(text, find_marks(text, asked(question, phrase=phrase)))
    return "".join(f"[{f.text}]" if f.marked else f.text for f in fragments)


def test_words_are_marked_in_the_form_they_stand_in() -> None:
    assert shown("青山區政府採購辦法", "政府采购") == "青山區[政府採購]辦法"
    assert shown("第１５号文", "15号") == "第[１５号]文"


def test_a_run_is_marked_across_line_breaks_and_punctuation() -> None:
    assert shown("青政办发〔2008〕\n15号。", "青政办发[2008]15号") == "[青政办发〔2008〕\n15号]。"
    assert shown("最低生活\n保障金", "最低生活保障金", phrase=True) == "[最低生活\n保障金]"


def test_one_character_that_folds_to_several_is_marked_whole() -> None:
    assert shown("甲㈱乙", "株", phrase=True) == "甲[㈱]乙"


def test_a_run_across_pages_is_found_on_both() -> None:
    pages = ["前文，最低生", "活保障。后文"]
    assert find_marks_across(pages, tuple("最低生活保障")) == [(0, 3, 6), (1, 0, 3)]
    assert find_marks_across(pages, tuple("没有")) is None


@given(st.text(max_size=300), st.text(min_size=1, max_size=8))
def test_the_fragments_joined_are_the_text(text: str, question: str) -> None:
    fragments = marked(text, find_marks(text, asked(question)))
    assert "".join(fragment.text for fragment in fragments) == text
    assert all(fragment.text for fragment in fragments)


@given(st.text(alphabet="甲乙丙。 \n", max_size=600))
def test_every_occurrence_of_a_single_character_is_marked(text: str) -> None:
    fragments = marked(text, find_marks(text, asked("甲", phrase=True)))
    assert "甲" not in "".join(fragment.text for fragment in fragments if not fragment.marked)


@given(st.text(alphabet="甲乙丙。， \n", max_size=900))
def test_a_snippet_is_short_on_one_line_and_shows_the_word_if_it_is_there(text: str) -> None:
    fragments = snippet(text, find_marks(text, asked("甲", phrase=True)))
    whole = "".join(fragment.text for fragment in fragments)
    assert len(whole) <= SNIPPET_LENGTH + 2
    assert "\n" not in whole
    assert ("甲" in text) == any(fragment.marked for fragment in fragments)


def test_a_snippet_shows_where_most_parts_of_the_question_stand() -> None:
    text = "低保。" + "别的话。" * 100 + "申请低保的人。" + "别的话。" * 100
    fragments = snippet(text, find_marks(text, asked("低保 申请")))
    assert Fragment("申请低保", marked=True) in fragments


def test_a_mongolian_word_is_marked_in_the_spelling_it_has() -> None:
    typed, written = "ᠪᠣᠯᠪᠠᠰᠤᠷᠠᠯ", "ᠪᠤᠯᠪᠠᠰᠣᠷᠠᠯ\u202fᠤᠨ"
    text = f"批复 {written} ᠲᠣᠪᠴᠢᠶ\u180eᠠ"
    query = analyzer_for().query([QueryPart(typed)])
    assert [text[mark.start : mark.end] for mark in find_marks(text, query)] == [written]
