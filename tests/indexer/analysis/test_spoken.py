import pytest

from indexer.analysis.spoken import MAX_INITIALS, spoken_of
from indexer.analysis.words import Segmenter
from indexer.engine.port import BOUNDARY, Spoken
from indexer.records import Description


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def spoken(segmenter: Segmenter, *texts: str, **description: object) -> Spoken:
    return spoken_of(Description(**description), texts, segmenter)  # type: ignore[arg-type]


def test_title_agency_and_towns_are_told(segmenter: Segmenter) -> None:
    made = spoken(
        segmenter,
        "同意松瓦乡改镇。",
        title="《低保》名册（二）",
        agency="临嵐區民政局",
    )
    assert made.told == "低保名册二 临岚区民政局 松瓦乡"
    assert made.told_chars == f"低 保 名 册 二 {BOUNDARY} 临 岚 区 民 政 局 {BOUNDARY} 松 瓦 乡"
    assert made.sounds.startswith(f"di bao ming ce er {BOUNDARY} lin lan qu min zheng ju")
    assert made.rough_sounds.startswith(f"di bao min ce er {BOUNDARY} lin lan qu min zen ju")
    assert {"mzj", "llqmzj", "db"} <= set(made.initials.split())
    assert max(map(len, made.initials.split())) <= MAX_INITIALS
    assert made.title_sounds == "di bao ming ce er"
    assert "mzj" not in made.title_initials.split()
    assert "dbmc" in made.title_initials.split()
    assert made.places == ("临岚区",)


def test_persons_and_villages_are_named_and_not_told(segmenter: Segmenter) -> None:
    made = spoken(
        segmenter,
        "石碾大队的人。",
        title="关于张贵兰同志与乌仁其木格任职的通知",
        persons=("乌仁其木格",),
    )
    assert set(made.named.split()) == {"乌仁其木格", "张贵兰", "石碾大队"}
    assert "张" not in made.told
    assert "其" not in made.told
    assert made.named_sounds.startswith("wu ren qi mu ge")


def test_another_reading_follows_with_its_surroundings(segmenter: Segmenter) -> None:
    made = spoken(segmenter, persons=("单丽华",))
    assert made.named_sounds == f"dan li hua {BOUNDARY} san li hua"


def test_a_record_without_words_is_silent(segmenter: Segmenter) -> None:
    assert spoken(segmenter, title="——") == Spoken()
