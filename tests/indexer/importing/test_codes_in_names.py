from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.importing.codes_in_names import Found, code_in, is_long_enough, tokens_of

CODE = "Z109-WS·2011-Y-BGS-0001"
TOKENS = ("Z109", "WS", "2011", "Y", "BGS", "1")


def found(path: str, *codes: str) -> Found | None:
    return code_in(path, {tokens_of(code) for code in codes or (CODE,)})


@pytest.mark.parametrize(
    "path",
    [
        "Z109-WS·2011-Y-BGS-0001.pdf",
        "z109_ws.2011_y_bgs_1.pdf",
        "Ｚ109－WS•2011－Y－BGS－0001.PDF",
        "Z109/WS·2011/Y/BGS/0001.pdf",
        "扫描/Z109-WS·2011-Y/BGS-0001.pdf",
        "Z109-WS·2011-Y-BGS-0001 关于防汛的通知.pdf",
        "Z109-WS·2011-Y-BGS-0001_附件1.pdf",
        "Z109-WS·2011-Y-BGS-0001/封面.tif",
        "Z109-WS·2011-Y-BGS-0001/3.tif",
        "Z109-WS·2011-Y-BGS-0001 防汛/x/y.doc",
    ],
)
def test_a_code_is_met_however_it_is_written(path: str) -> None:
    met = found(path)
    assert met is not None
    assert met.tokens == TOKENS


def test_a_number_behind_a_code_is_a_page_of_an_image_and_another_code_of_anything_else() -> None:
    assert found("Z109-WS·2011-Y-BGS-0001-0012.tif") == Found(tokens=TOKENS, page=12)
    assert found("Z109-WS·2011-Y-BGS-0001-0012.pdf") is None
    assert found("Z109-WS·2011-Y-BGS-0001-1-2.tif") is None
    assert found("Z109-WS·2011-Y-BGS-00012.pdf") is None
    assert found("12-3-45-7.pdf", "12-3-45", "12-3-45-7") == Found(tokens=("12", "3", "45", "7"))
    assert found("12-3-45-7.tif", "12-3-45") == Found(tokens=("12", "3", "45"), page=7)


def test_a_short_code_is_not_looked_for() -> None:
    assert not is_long_enough(tokens_of("2011-1"))
    assert is_long_enough(tokens_of("12-3-45"))


def test_names_without_a_code_have_none() -> None:
    for path in ("", "a.pdf", "关于防汛的通知.pdf", "2011/Y/1.pdf", "Z109-WS·2011-Y.pdf"):
        assert found(path) is None


@given(st.text(), st.text(min_size=1))
def test_no_name_breaks_it(path: str, code: str) -> None:
    found(path, code)
