import pytest

from indexer.analysis.syllables import (
    MAX_SPLITS,
    are_initials,
    completions,
    rough,
    roughly,
    splits,
    unfinished,
)


@pytest.mark.parametrize(
    ("letters", "ways"),
    [
        ("minzhengju", [("min", "zheng", "ju")]),
        ("xian", [("xian",), ("xi", "an")]),
        ("fangan", [("fan", "gan"), ("fang", "an")]),
        ("lueyang", [("lve", "yang"), ("lu", "e", "yang")]),
        ("vpn", []),
        ("minzhengj", []),
        ("pm25", []),
        ("民政", []),
        ("", []),
    ],
)
def test_letters_fall_into_syllables_in_every_way(
    letters: str, ways: list[tuple[str, ...]]
) -> None:
    assert list(splits(letters)) == ways


def test_ways_are_bounded() -> None:
    assert len(splits("xianxianxianxian")) == MAX_SPLITS
    assert splits("a" * 400) == ()


def test_the_last_syllable_may_be_only_begun() -> None:
    assert unfinished("minzh") == (("min", "zh"),)
    assert ("min", "zheng") in unfinished("minzheng")
    assert unfinished("vp") == ()
    assert unfinished("民") == ()
    assert completions("zhua") == ("zhua", "zhuai", "zhuan", "zhuang")


def test_initials_are_letters_that_begin_syllables() -> None:
    assert are_initials("mzj")
    assert not are_initials("vpn")
    assert not are_initials("")


def test_what_many_do_not_tell_apart_is_one() -> None:
    for one, other in (("zheng", "zen"), ("lan", "nang"), ("shi", "si"), ("ying", "yin")):
        assert rough(one) == rough(other)
    assert rough("min") != rough("lin")
    assert roughly(("min", "zheng")) == ("min", "zen")
