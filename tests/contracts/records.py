"""Made-up records for the contracts: small, varied, and analysed by the product itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from indexer.access import Audience, Disclosure, Level, Opening, Secrecy, Viewer
from indexer.analysis.analyzer import PageSource, analyzer_for
from indexer.analysis.question import QueryPart
from indexer.dates import PartialDate
from indexer.records import Description, Record, RecordId

if TYPE_CHECKING:
    from indexer.engine.port import AnalyzedRecord
    from indexer.engine.query import AnalyzedQuery

AGENCIES = ("区民政局", "区教育局", "区政府办公室")
WORDS = ("低保", "名册", "通知", "学校", "土地", "承包", "审批", "二〇〇八年", "15号")


def make_record(
    number: int,
    title: str,
    *,
    revision: int = 1,
    **description: object,
) -> Record:
    """A record without files; its pages, if any, are analysed apart."""
    return Record(
        record_id=RecordId(f"r{number:012d}"),
        external_id="",
        description=Description(title=title, **description),  # type: ignore[arg-type]
        files=(),
        content_hash=f"{number}",
        revision=revision,
    )


def analyzed(
    number: int, title: str, *pages: str, revision: int = 1, **description: object
) -> AnalyzedRecord:
    """The same, as the index takes it; public unless a level is given."""
    description.setdefault("level", PUBLIC)
    record = make_record(number, title, revision=revision, **description)
    sources = [PageSource(0, page, text) for page, text in enumerate(pages, start=1)]
    return analyzer_for().record(record, sources)


def asked(text: str, *, phrase: bool = False) -> AnalyzedQuery:
    """A question, analysed."""
    return analyzer_for().query([QueryPart(text, is_phrase=phrase)])


PUBLIC = Level(opening=Opening.OPEN, disclosure=Disclosure.PROACTIVE)

levels = st.builds(
    Level,
    secrecy=st.sampled_from(
        [Secrecy.PUBLIC, Secrecy.PUBLIC, Secrecy.INTERNAL, Secrecy.WORK_SECRET]
    ),
    opening=st.sampled_from(Opening),
    disclosure=st.none() | st.sampled_from(Disclosure),
)

texts = st.lists(st.sampled_from(WORDS), max_size=6).map("，".join)


@st.composite
def archives(draw: st.DrawFn) -> list[Record]:
    """Up to a dozen records of every level, agency and fonds."""
    count = draw(st.integers(0, 12))
    return [
        make_record(
            number,
            draw(texts),
            summary=draw(texts),
            agency=draw(st.sampled_from(AGENCIES)),
            category=draw(st.sampled_from(("文书", "会计"))),
            fonds=draw(st.sampled_from(("0001", "0002"))),
            date=PartialDate(draw(st.integers(1968, 1972))),
            level=draw(levels),
            revision=number + 1,
        )
        for number in range(count)
    ]


@st.composite
def viewers(draw: st.DrawFn) -> Viewer:
    """Everyone who may ask, with and without agencies and grants."""
    return Viewer(
        audience=draw(st.sampled_from(Audience)),
        agencies=draw(st.frozensets(st.sampled_from(AGENCIES))),
        all_agencies=draw(st.booleans()),
        granted_records=draw(
            st.frozensets(st.integers(0, 12).map(lambda n: RecordId(f"r{n:012d}")), max_size=2)
        ),
        granted_fonds=draw(st.frozensets(st.sampled_from(("0001", "0002")), max_size=1)),
    )
