import pytest

from indexer.analysis.place_names import MOST, looks_like_a_place, places_in, towns_of
from indexer.analysis.words import Segmenter


def test_places_are_told_by_how_they_end() -> None:
    places = places_in(["同意松瓦乡撤乡改镇，石碾大队归上洼村。", "松瓦乡的巴彦嘎查"])
    assert places.towns == ("松瓦乡",)
    assert places.villages == ("石碾大队", "归上洼村", "巴彦嘎查")


def test_places_of_a_record_are_bounded() -> None:
    many = "，".join(f"{chr(0x4E00 + n)}石村" for n in range(MOST * 2))
    assert len(places_in([many]).villages) == MOST


@pytest.mark.parametrize(
    ("title", "towns"),
    [
        ("关于松瓦乡撤乡改镇的批复", ("松瓦乡",)),
        ("关于白音乡补助", ("白音乡",)),
        ("临岚区白蓼镇合并", ("临岚区", "白蓼镇")),
        ("重庆市教育局", ("重庆市",)),
        ("高山镇", ("高山镇",)),
        ("城乡低保", ()),
    ],
)
def test_a_town_that_is_shown_begins_with_a_word(title: str, towns: tuple[str, ...]) -> None:
    assert towns_of(Segmenter().for_query(title)) == towns


def test_a_question_may_be_a_place() -> None:
    assert looks_like_a_place("石碾大队")
    assert not looks_like_a_place("大队")
    assert not looks_like_a_place("低保")
