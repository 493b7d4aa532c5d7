import pytest

from indexer.analysis.hearing import written
from indexer.analysis.words import Segmenter
from indexer.engine.query import Hearing

PIECES = "临岚区民政局 民族局 单丽华 㐂字 2008年"


@pytest.mark.parametrize(
    ("asked", "hearing", "found"),
    [
        (("min", "zheng", "ju"), Hearing.EXACT, ("民政局",)),
        (("min", "zen", "ju"), Hearing.ROUGH, ("民政局",)),
        (("min", "z"), Hearing.BEGUN, ("民政", "民族")),
        (tuple("mzj"), Hearing.INITIALS, ("民政局", "民族局")),
        (tuple("mz"), Hearing.INITIALS_BEGUN, ("民政", "民族")),
        (tuple("民局"), Hearing.LACKING, ("民政局", "民族局")),
        (("shan", "li", "hua"), Hearing.EXACT, ("单丽华",)),
        (("ju", "min"), Hearing.EXACT, ()),
        # Nobody can read the first: it stands for itself.
        (("㐂", "zi"), Hearing.EXACT, ("㐂字",)),
        (("8", "lian"), Hearing.ROUGH, ("8年",)),
    ],
)
def test_what_was_heard_is_found_as_it_is_written(
    asked: tuple[str, ...], hearing: Hearing, found: tuple[str, ...]
) -> None:
    assert written(PIECES, asked, hearing, Segmenter()) == found
