import unicodedata

from indexer.analysis.radicals import RADICALS


def test_every_key_is_a_radical_that_nfkc_leaves_alone() -> None:
    for radical, meant in RADICALS.items():
        assert "⺀" <= radical <= "⻳"
        assert unicodedata.normalize("NFKC", radical) == radical
        assert len(meant) == 1


def test_the_characters_meant_are_ordinary_ones() -> None:
    strokes = {"乛", "乚", "㔾", "㣺"}
    for meant in set(RADICALS.values()) - strokes:
        assert unicodedata.name(meant).startswith("CJK UNIFIED IDEOGRAPH")
