import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extraction.number_formats import BUILT_IN, plain, shown

DAY = 39522.6076  # 15 March 2008, 14:34:57


@pytest.mark.parametrize(
    ("value", "number_format", "seen"),
    [
        (12, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (7, "000", "007"),
        (15, "0000", "0015"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234567, "#,##0,", "1,235"),
        (0.256, "0%", "26%"),
        (0.256, "0.0#%", "25.6%"),
        (3, "0.##", "3"),
        (-5, "0.0;(0.0)", "(5.0)"),
        (-5, "0.0", "-5.0"),
        (0, '0;-0;"无"', "无"),
        (-3, "0;;", ""),
        (3, "@", "3"),
        (3, '"a;b"0', "a;b3"),
        (12, '0"件"', "12件"),
        (1599.5, "[$¥-804]#,##0.00", "¥1,599.50"),
        (8, "[Red]0_ ", "8"),
        (0.5, "# ?/?", "0.5"),
        (1234, "0.00E+00", "1234"),
        (3, '[>2]"多";0', "3"),
        (DAY, "yyyy/m/d", "2008/3/15"),
        (DAY, 'yyyy"年"m"月"d"日"', "2008年3月15日"),
        (DAY, "yyyy-mm-dd hh:mm:ss", "2008-03-15 14:34:57"),
        (DAY, "[$-804]aaaa", "星期六"),
        (DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇〇八年三月十五日"),
        (DAY, "上午/下午h:mm", "下午2:34"),
        (DAY, "yyyymmdd", "20080315"),
        (DAY, "mm:ss", "34:57"),
        (1.5, "[h]:mm", "36:00"),
        (1, "yyyy-m-d", "1900-1-1"),
        (61, "yyyy-m-d", "1900-3-1"),
        (-1, "yyyy-m-d", "-1"),
        (1e12, "yyyy-m-d", "1000000000000"),
    ],
)
def test_numbers_as_people_see_them(value: float, number_format: str, seen: str) -> None:
    assert shown(value, number_format) == seen


def test_days_of_old_macintoshes() -> None:
    assert shown(0, "yyyy-m-d", from_1904=True) == "1904-1-1"


def test_chinese_formats_without_a_code_of_their_own() -> None:
    assert shown(DAY, BUILT_IN[31]) == "2008年3月15日"
    assert shown(DAY, BUILT_IN[57]) == "2008年3月"
    assert shown(DAY, BUILT_IN[14]) == "2008/3/15"


def test_long_numbers_keep_their_digits() -> None:
    assert plain(152103199901011) == "152103199901011"
    assert plain(2.5) == "2.5"


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.one_of(st.text(max_size=30), st.text(alphabet='ymdhs0#?,.;"[]%@$-\\_E+/', max_size=300)),
)
def test_any_format_shows_something(value: float, number_format: str) -> None:
    assert len(shown(value, number_format)) < 1000
