from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_room.masks import mask_email, mask_identity_number, mask_name, mask_phone


@pytest.mark.parametrize(("name", "shown"), [("张三", "张*"), (" 欧阳建国 ", "欧*"), ("", "")])
def test_names(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_the_masks_of_the_rules() -> None:
    assert mask_identity_number("150204199001011234") == "150204********1234"
    assert mask_phone("13812345678") == "138****5678"


@pytest.mark.parametrize(
    ("number", "shown"), [("E12345678", "*******78"), ("110", "***"), ("1381", "***1"), ("", "")]
)
def test_shorter_numbers_show_less(number: str, shown: str) -> None:
    assert mask_phone(number) == shown
    assert mask_identity_number(number) == shown


def test_a_landline_keeps_its_ends() -> None:
    assert mask_phone("0472-3331234") == "047*****1234"


@given(st.text(st.characters(blacklist_characters="*"), min_size=4))
def test_no_mask_shows_more_than_it_hides_of_a_short_value(text: str) -> None:
    for mask in (mask_identity_number, mask_phone):
        assert mask(text).count("*") >= min(4, len(text.strip()) * 3 // 4)


def test_of_an_address_the_domain_stays_and_one_letter() -> None:
    assert mask_email("zhangsan@example.cn") == "z****@example.cn"
    assert mask_email("z@example.cn") == "z****@example.cn"
    assert mask_email("张三") == "**"
    assert mask_email("") == ""
