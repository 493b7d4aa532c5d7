from hypothesis import given
from hypothesis import strategies as st

from indexer.passages import MAX_PASSAGE, cut


@given(st.text(alphabet=st.sampled_from("字。；\n 甲"), max_size=3000))
def test_passages_cover_the_page_without_overlap(page: str) -> None:
    at = 0
    for span in cut(page):
        assert span.start >= at
        assert not page[at : span.start].strip()
        assert 0 < span.end - span.start <= MAX_PASSAGE
        at = span.end
    assert not page[at:].strip()


def test_a_short_page_stays_whole() -> None:
    assert [(s.start, s.end) for s in cut("一页。两句。")] == [(0, 6)]


def test_a_long_page_is_cut_where_a_sentence_ends() -> None:
    page = ("这是一个句子" * 10 + "。") * 20
    for span in list(cut(page))[:-1]:
        assert page[span.end - 1] == "。"
