import pytest

from indexer.analysis.lexicon import _read
from indexer.analysis.sounds import characters_read, syllables_of, ways_of


def test_words_are_read_as_words() -> None:
    assert syllables_of(["重庆", "银行", "行动"]) == (
        "chong",
        "qing",
        "yin",
        "hang",
        "xing",
        "dong",
    )


def test_every_character_has_one_syllable() -> None:
    assert syllables_of(["pm2", "民政局", "T型", "〇"]) == (
        *("p", "m", "2", "min", "zheng", "ju", "T", "xing"),
        *syllables_of(["〇"]),
    )
    assert len(syllables_of(["〇"])) == 1


@pytest.mark.parametrize(
    ("character", "syllable"),
    [
        *(("单", "shan"), ("曾", "zeng"), ("解", "xie"), ("仇", "qiu"), ("区", "ou")),
        *(("查", "zha"), ("盖", "ge")),
    ],
)
def test_a_surname_has_its_own_reading_besides(character: str, syllable: str) -> None:
    (read,) = syllables_of([character])
    assert ways_of([character]) == [(read, syllable)]


def test_most_characters_have_one_reading() -> None:
    assert ways_of(["民政", "民"]) == [("min",), ("zheng",), ("min",)]


def test_a_surname_within_a_word_has_its_own_reading_too() -> None:
    assert ways_of(["重庆", "单"]) == [("chong", "chong"), ("qing",), ("dan", "shan")]


def test_whatever_a_character_is_called_somewhere_it_is_listed_under() -> None:
    words = [word for word in _read().common[::50] if not word.isascii()]
    assert len(words) > 1000
    for word in [*words, "一丁点儿", "重庆", "单", "2008年", "〇"]:
        for character, ways in zip(word, ways_of([word]), strict=True):
            for each in ways:
                assert each == character or character in characters_read(each.__eq__), word


def test_characters_are_listed_by_what_fits() -> None:
    min_and_ming = characters_read(lambda read: read in {"min", "ming"})
    assert {"民", "明", "闽"} <= min_and_ming
    assert not min_and_ming & {"政", "m"}
    assert "m" in characters_read("m".__eq__)
