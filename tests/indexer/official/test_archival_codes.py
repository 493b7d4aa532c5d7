import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.official.archival_codes import (
    ArchivalCode,
    archival_code_of,
    archival_key,
    parse_archival_code,
)


def test_a_code_by_item() -> None:
    assert parse_archival_code("Z109-WS·2011-Y-BGS-0001") == ArchivalCode(
        key="Z109-WS·2011-Y-BGS-0001",
        fonds="Z109",
        category="WS",
        year=2011,
        retention="永久",
        organ="BGS",
        item="0001",
    )


@pytest.mark.parametrize(
    "written",
    [
        "Z109-WS•2011-Y-BGS-0001",
        "Z109—WS．2011—Y—BGS—0001",
        "z109-ws·2011-y-bgs-0001",
        "Ｚ１０９－ＷＳ・２０１１－Ｙ－ＢＧＳ－０００１",
        " Z109 - WS·2011 - Y - BGS - 0001 ",
        "Z109–WS‧2011‑Y‑BGS‑0001",
    ],
)
def test_dots_and_dashes_make_no_other_code(written: str) -> None:
    code = parse_archival_code(written)
    assert code is not None
    assert code.key == "Z109-WS·2011-Y-BGS-0001"


def test_no_organ_chinese_organ_second_level_and_page() -> None:
    short = parse_archival_code("0012-WS·2011-D30-0007")
    assert short is not None
    assert (short.fonds, short.organ, short.retention, short.item) == ("0012", "", "30年", "0007")
    full = parse_archival_code("Z109-KJ·01·2011-D10-办公室-0007-012")
    assert full is not None
    assert (full.category, full.organ, full.page) == ("KJ·01", "办公室", "012")


def test_codes_by_volume_and_legacy_codes() -> None:
    volume = parse_archival_code("Z109-KJ·2011-Y-001-0003/5")
    assert volume is not None
    assert (volume.volume, volume.item, volume.page) == ("001", "0003", "5")
    legacy = parse_archival_code("12-3-45-7/2")
    assert legacy is not None
    assert (legacy.fonds, legacy.catalogue, legacy.volume) == ("12", "3", "45")
    assert (legacy.item, legacy.page) == ("7", "2")
    by_category = parse_archival_code("0012-WS-045-012")
    assert by_category is not None
    assert (by_category.category, by_category.volume, by_category.item) == ("WS", "045", "012")


@pytest.mark.parametrize(
    "text", ["", "Z109", "2008-03", "档案", "Z109-WS", "-" * 60, "1-" * 60, "青政发〔2008〕15号"]
)
def test_what_is_no_known_code_has_no_parts_but_a_key(text: str) -> None:
    assert parse_archival_code(text) is None
    assert archival_key(text) == archival_key(archival_key(text))


@given(st.text(max_size=200))
def test_any_text_has_one_key(text: str) -> None:
    code = parse_archival_code(text)
    assert code is None or code.key == archival_key(text)


def test_the_code_after_its_label() -> None:
    assert archival_code_of("归档\n档 号：Z109-WS·2011-Y-0001\n题名") == "Z109-WS·2011-Y-0001"
    assert archival_code_of("档号：另行编制") == ""
    assert archival_code_of("Z109-WS·2011-Y-0001") == ""
