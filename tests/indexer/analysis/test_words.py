import random

import jieba
import pytest

from indexer.analysis.words import Segmenter

SENTENCES = (
    "青山区人民政府办公室关于做好最低生活保障工作的通知",
    "二〇〇八年全区农村土地承包经营权登记颁证",
    "国有土地上房屋征收与补偿条例实施细则",
    "知识青年上山下乡安置办公室名册",
    "一机厂职工子弟学校改制方案2008年第15号",
    "本办法自发布之日起施行，由区民政局负责解释。",
)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def test_the_fast_segmenter_cuts_as_jieba_does(segmenter: Segmenter) -> None:
    reference = jieba.Tokenizer()
    reference.initialize()
    random.seed(8)
    pieces = list(SENTENCES)
    for _ in range(300):
        text = "".join(random.choices("".join(SENTENCES), k=40))
        pieces.append(text)
    for text in pieces:
        assert segmenter.for_index(text) == list(reference.cut_for_search(text, HMM=False))
        assert segmenter.for_query(text) == list(reference.cut(text, HMM=False))


def test_index_mode_has_the_words_inside_words(segmenter: Segmenter) -> None:
    assert {"人民", "政府", "人民政府"} <= set(segmenter.for_index("人民政府"))
    assert segmenter.for_query("人民政府") == ["人民政府"]


def test_an_office_word_is_kept_whole_and_changes_the_dictionary(segmenter: Segmenter) -> None:
    own = Segmenter(["赛音道布村"])
    assert "赛音道布村" in own.for_query("赛音道布村的名册")
    assert "赛音道布村" not in segmenter.for_query("赛音道布村的名册")
    assert own.dictionary != segmenter.dictionary
