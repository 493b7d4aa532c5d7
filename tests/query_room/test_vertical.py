from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from query_room.vertical import vertical

OF_EDUCATION = "ᠪᠣᠯᠪᠠᠰᠤᠷᠠᠯ\u202fᠤᠨ"
OFFICE = "ᠲᠣᠪᠴᠢᠶ\u180eᠠ"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags = "", set[str]()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_words_in_a_row_are_one_column() -> None:
    assert vertical(f"批复 / {OF_EDUCATION} {OFFICE}᠃ (2008)") == (
        f'批复 / <span class="mongolian" lang="mn-Mong">{OF_EDUCATION} {OFFICE}᠃</span> (2008)'
    )


def test_other_text_is_only_escaped() -> None:
    assert vertical("<b>低保</b> & 30") == "&lt;b&gt;低保&lt;/b&gt; &amp; 30"


@given(st.text(alphabet=st.sampled_from("ᠠᠨ᠂᠐\u180b\u202f <&\"'低a"), max_size=40))
def test_no_letter_is_lost_and_nothing_becomes_markup(text: str) -> None:
    reader = _Reader()
    reader.feed(str(vertical(text)))
    reader.close()
    assert reader.text == text
    assert reader.tags <= {"span"}
