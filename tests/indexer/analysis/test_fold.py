import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.fold import fold, fold_with_origins


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("國際論壇", "国际论坛"),
        ("⻘山區", "青山区"),  # a CJK radical, as PDF text has it
        ("ＡＢＣ１２", "abc12"),
        ("㈱", "(株)"),
        ("爲民裏戶", "为民里户"),
        ("Éa", "ea"),
        ("﹝2008﹞", "〔2008〕"),
        ("ﬁ", "fi"),
        ("二○○八年", "二〇〇八年"),
    ],
)
def test_look_alikes_become_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(), st.text())
def test_any_part_of_a_text_folds_to_that_part_of_the_fold(before: str, after: str) -> None:
    assert fold(before + after) == fold(before) + fold(after)


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters() | st.sampled_from("㈱國⻘ﬁ①")))
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = fold_with_origins(text)
    assert folded.text == fold(text)
    assert len(folded.origins) == len(folded.text)
    for character, origin in zip(folded.text, folded.origins, strict=True):
        assert character in fold(text[origin])
    assert list(folded.origins) == sorted(folded.origins)
