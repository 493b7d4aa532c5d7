"""Names of members: decoded together, safe, distinct, readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.containers.names import MAX_NAME, MAX_PLACE, places_of

OFFICE = ["关于印发办法的通知.doc", "2008年工作总结.doc", "名册.xls"]
TAIWAN = ["關於辦理土地徵收補償的通知.doc", "九十七年度工作報告.doc"]


@pytest.mark.parametrize(
    ("encoding", "meant"),
    [("gbk", OFFICE), ("utf-8", OFFICE), ("gb18030", ["㐀丁.txt", *OFFICE]), ("big5", TAIWAN)],
)
def test_names_without_a_word_about_their_encoding_are_meant_in_one(
    encoding: str, meant: list[str]
) -> None:
    assert places_of([name.encode(encoding) for name in meant]) == meant


def test_a_short_name_is_told_by_the_others() -> None:
    assert places_of(["知青.txt".encode("gbk"), *(name.encode("gbk") for name in OFFICE)]) == [
        "知青.txt",
        *OFFICE,
    ]


def test_names_of_western_dos_are_not_taken_for_chinese() -> None:
    assert places_of([b"caf\x82.txt"]) == ["café.txt"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\资料\\甲.doc", "C/资料/甲.doc"),
        ("a/./b//c", "a/b/c"),
        ("a\0.txt", "a.txt"),
        (".\0./x", "x"),
        ("甲\u202etxt.exe", "甲txt.exe"),
        ("", "无名"),
        ("..", "无名"),
        ("\ud800.txt", ".txt"),
        (" 甲 .txt ", "甲 .txt"),
    ],
)
def test_a_name_leads_down_and_means_what_it_shows(name: str, place: str) -> None:
    assert places_of([name]) == [place]


def test_equal_names_are_told_apart() -> None:
    assert places_of(["甲.txt", "甲.txt", "甲 (2).txt", "b/README", "b/README"]) == [
        "甲.txt",
        "甲 (2).txt",
        "甲 (2) (2).txt",
        "b/README",
        "b/README (2)",
    ]


def test_a_file_is_never_the_folder_of_another() -> None:
    assert places_of(["a.zip", "a.zip/甲.txt"]) == ["a (2).zip", "a.zip/甲.txt"]


def test_names_beyond_any_use_are_shortened_and_keep_their_suffix() -> None:
    (place,) = places_of(["长" * 500 + ".docx"])
    assert len(place) == MAX_NAME
    assert place.endswith("长.docx")
    (deep,) = places_of(["/".join(["层" * 50] * 100) + "/甲.txt"])
    assert len(deep) <= MAX_PLACE
    assert deep.endswith("/甲.txt")


@given(st.lists(st.one_of(st.text(max_size=12), st.binary(max_size=12)), max_size=8))
def test_whatever_the_names_are_the_places_are_safe_and_distinct(names: list[str | bytes]) -> None:
    places = places_of(names)
    assert len(places) == len(set(places)) == len(names)
    for place in places:
        parts = place.split("/")
        assert all(parts)
        assert not {".", ".."} & set(parts)
        assert "\\" not in place
        place.encode()
        assert not any(other.startswith(f"{place}/") for other in places)
