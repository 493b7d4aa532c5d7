import pytest

from indexer.analysis.person_names import looks_like_a_name, person_spans
from indexer.analysis.words import Segmenter


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("关于张桂兰同志任职的通知", ["张桂兰"]),
        ("常桂兰的申请", ["常桂兰"]),
        ("卜文河", ["卜文河"]),
        ("单丽华退休", ["单丽华"]),
        ("关于临岚区高标准农田建设的通知", []),
        ("关于松瓦乡撤乡改镇的批复", []),
        ("白音乡补助", []),
        ("高山镇", []),
        ("关于石碾村小学的答复", []),
        ("金融管理工作", []),
    ],
)
def test_names_of_persons_are_told_from_words_and_places(text: str, names: list[str]) -> None:
    words = Segmenter().for_query(text)
    assert [text[start:end] for start, end in person_spans(words)] == names


def test_a_few_characters_after_a_surname_look_like_a_name() -> None:
    assert looks_like_a_name("张桂兰")
    assert not looks_like_a_name("张")
    assert not looks_like_a_name("低保")
    assert not looks_like_a_name("张桂兰等五人")
