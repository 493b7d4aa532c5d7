from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.fold import fold
from indexer.analysis.views import apart, joined, runs, views_of
from indexer.analysis.words import Segmenter
from indexer.engine.port import BOUNDARY

SEGMENTER = Segmenter()
TEXT = st.text(alphabet=st.sampled_from("青山区政府2008ab，。\n 〔〕"))


def test_chars_keep_every_letter_digit_and_han_character_in_order() -> None:
    views = views_of("青政办发〔2008〕15号", SEGMENTER)
    assert views.chars == "青 政 办 发 2 0 0 8 1 5 号"
    assert views.bigrams.split()[:4] == ["青政", "政办", "办发", "发2"]


def test_text_without_letters_has_empty_views() -> None:
    assert views_of("，。！\n", SEGMENTER).chars == ""


@given(st.lists(TEXT, max_size=5))
def test_pieces_of_one_text_joined_are_the_views_of_the_whole(pieces: list[str]) -> None:
    whole = views_of("".join(pieces), SEGMENTER)
    together = joined(views_of(piece, SEGMENTER) for piece in pieces)
    assert together.chars == whole.chars
    assert together.bigrams == whole.bigrams


def test_different_texts_stay_apart() -> None:
    both = apart([views_of("甲乙", SEGMENTER), views_of("丙", SEGMENTER)])
    assert both.chars == f"甲 乙 {BOUNDARY} 丙"
    assert "乙丙" not in both.bigrams


@given(st.text())
def test_the_boundary_is_never_a_token_of_text(text: str) -> None:
    assert BOUNDARY not in "".join(runs(fold(text)))
