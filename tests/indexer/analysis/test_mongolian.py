import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.fold import fold
from indexer.analysis.mongolian import has_mongolian, is_mongolian, mongolian_words

EDUCATION = "ᠪᠣᠯᠪᠠᠰᠤᠷᠠᠯ"
OF_EDUCATION = f"{EDUCATION}\u202fᠤᠨ"
OFFICE = "ᠲᠣᠪᠴᠢᠶ\u180eᠠ"


def keys(text: str) -> list[tuple[str, ...]]:
    return [word.keys for word in mongolian_words(fold(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ᠰᠠᠢᠨ", "ᠰᠡᠢᠨ"),  # A and E
        ("ᠰᠠᠢᠨ", "ᠰᠠᠶ\u180bᠢᠨ"),  # I, and YA with a selector
        ("ᠣᠯᠤᠰ", "ᠤᠯᠤᠰ"),  # O and U
        (EDUCATION, "ᠪᠤᠯᠪᠠᠰᠣᠷᠠᠯ"),
    ],
)
def test_spellings_of_one_shape_have_one_key(one: str, other: str) -> None:
    assert one != other
    assert keys(one) == keys(other) != []


def test_words_of_different_shapes_have_different_keys() -> None:
    assert keys("ᠰᠠᠢᠨ") != keys("ᠮᠣᠩᠭᠣᠯ")


def test_a_word_with_a_suffix_has_the_key_of_its_stem_too() -> None:
    ((whole, stem),) = keys(OF_EDUCATION)
    assert keys(EDUCATION) == [(stem,)]
    assert whole != stem
    # Some write the separator of vowels before a suffix.
    assert keys(f"{EDUCATION}\u180eᠤᠨ") == [(whole, stem)]


def test_a_final_vowel_apart_belongs_to_the_stem() -> None:
    assert len(keys(OFFICE)[0]) == 1


def test_words_stand_where_they_were_typed() -> None:
    text = f"批复 / {OF_EDUCATION} {OFFICE}᠂ 2008"
    assert [text[word.start : word.end] for word in mongolian_words(fold(text))] == [
        OF_EDUCATION,
        OFFICE,
    ]


@pytest.mark.parametrize("text", ["", "低保", "ᠣ" * 101, "\u180b\u202f", "ᡐᡆᡑᡆ"])
def test_what_has_no_shape_has_no_key(text: str) -> None:
    assert not any(keys(text))


def test_which_script_a_text_is_in() -> None:
    assert is_mongolian(OF_EDUCATION)
    assert not is_mongolian(f"关于柳圪民族小学更名及双语教学试点的批复 / {EDUCATION}")
    assert has_mongolian(f"批复 / {EDUCATION}")
    assert not has_mongolian("批复")


@given(
    st.text(
        alphabet=st.characters(min_codepoint=0x1800, max_codepoint=0x18AF)
        | st.sampled_from("\u202f\u200d 低"),
        max_size=40,
    )
)
def test_no_text_is_too_strange(text: str) -> None:
    for word in mongolian_words(fold(text)):
        assert 0 <= word.start < word.end <= len(fold(text))
        assert len(word.keys) <= 2
