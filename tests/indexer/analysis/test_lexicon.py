from indexer.analysis.lexicon import (
    characters_sounding,
    is_personal,
    is_rare,
    is_word,
    load,
    words_sounding,
)


def test_words_are_known_and_persons_are_kept_apart() -> None:
    assert is_word("低保")
    assert not is_word("抵保")
    assert is_personal("张桂兰")
    assert not is_word("张桂兰")
    assert is_rare("桂兰")
    assert not is_rare("承包")


def test_the_lists_may_be_read_beforehand() -> None:
    load()
    assert is_word("生活")


def test_words_are_found_by_their_sound_even_roughly() -> None:
    assert "低保" in words_sounding("抵保")
    assert "承包" in words_sounding("城保")
    assert "生活" in words_sounding("森火")
    assert words_sounding("低") == ()
    assert words_sounding("一二三四五") == ()


def test_characters_of_one_sound() -> None:
    assert {"桂", "柜"} <= set(characters_sounding("贵"))
    assert "贵" not in characters_sounding("贵")
