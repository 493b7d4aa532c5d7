from indexer.analysis.fold import fold
from indexer.analysis.stopwords import STOPWORDS


def test_stopwords_are_as_folded_text_has_them() -> None:
    assert all(fold(word) == word for word in STOPWORDS)
