import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.encoding import decode

SIMPLIFIED = (
    "青山区人民政府办公室关于做好城市居民最低生活保障工作的通知\n各街道办事处，区直各部门：\n"
    "为了进一步做好我区的低保工作，根据有关规定，现就有关事项通知如下：一、提高认识，加强领导。"
)
TRADITIONAL = (
    "區人民政府辦公室關於做好城市居民最低生活保障工作的通知\n各街道辦事處、區直各部門：\n"
    "為了進一步做好我區的低保工作，根據有關規定，現就有關事項通知如下：一、提高認識，加強領導。"
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
def test_every_encoding_of_chinese_offices(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_older_names_and_traditional_characters() -> None:
    assert decode(SIMPLIFIED.encode("gbk")) == SIMPLIFIED
    assert decode(SIMPLIFIED.encode("gb2312")) == SIMPLIFIED
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


def test_rare_characters_of_names() -> None:
    text = f"{SIMPLIFIED}人员名单：䶮、𠅤、㛃、镕。"
    assert decode(text.encode("gb18030")) == text


def test_short_texts() -> None:
    assert decode(b"") == ""
    assert decode("通知".encode("gb18030")) == "通知"
    assert decode(b"ABC 123\r\n") == "ABC 123\r\n"
    assert decode("2008-03-15\n".encode("utf-16-le")) == "2008-03-15\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16"])
def test_a_little_damage_costs_a_little_text(encoding: str) -> None:
    content = bytearray((SIMPLIFIED * 40).encode(encoding))
    for at in range(301, len(content), 800):
        content[at] = 0xFF
    # And the last byte is lost.
    text = decode(bytes(content[:-1]))
    assert text.count("最低生活保障") > 30


@pytest.mark.parametrize(
    "content",
    [b"\0" * 400, bytes(range(256)) * 8, codecs.BOM_UTF16_LE + b"\0\xd8\x01\x02" * 200],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(ExtractionError) as refused:
        decode(content)
    assert refused.value.reason == Reason.DAMAGED


def test_other_scripts() -> None:
    russian = "Правительство района сообщает о порядке предоставления информации. " * 5
    assert decode(russian.encode("windows-1251")) == russian


@given(st.text(alphabet=SIMPLIFIED, min_size=60, max_size=400), st.sampled_from(ENCODINGS))
def test_any_official_prose_comes_back(text: str, encoding: str) -> None:
    assume(len(set(text)) > 15)
    assert decode(text.encode(encoding)) == text


@given(st.binary(max_size=500))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        decode(content)
    except ExtractionError as error:
        assert error.reason == Reason.DAMAGED  # noqa: PT017 - either way is right
