import pytest

from indexer.analysis.sounds import readings, syllables_of


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
    assert readings(character, read) == (read, syllable)


def test_most_characters_have_one_reading() -> None:
    assert readings("民", "min") == ("min",)
