import pytest

from indexer.analysis.look_alikes import look_alikes


@pytest.mark.parametrize("pair", ["己已", "日曰", "末未", "戊戌", "治冶", "桂挂", "岚岗", "抵低"])
def test_look_alikes_look_like_each_other(pair: str) -> None:
    assert pair[1] in look_alikes(pair[0])
    assert pair[0] in look_alikes(pair[1])


def test_nothing_looks_like_itself_or_like_a_letter() -> None:
    assert "民" not in look_alikes("民")
    assert look_alikes("a") == ""
