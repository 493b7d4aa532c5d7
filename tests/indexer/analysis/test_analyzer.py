import pytest

from indexer.access import LEVEL_PRESETS, Level, Secrecy
from indexer.analysis.analyzer import Analyzer, PageSource, analyzer_for
from indexer.analysis.question import QueryPart
from indexer.dates import PartialDate
from indexer.engine.port import BOUNDARY
from indexer.records import Description, Record, RecordId


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return analyzer_for()


def record(**description: object) -> Record:
    return Record(
        record_id=RecordId("rabc"),
        external_id="",
        description=Description(level=LEVEL_PRESETS["public"], **description),  # type: ignore[arg-type]
        files=(),
        content_hash="",
        revision=3,
    )


def clauses(analyzer: Analyzer, text: str) -> list[str]:
    return [clause.text for clause in analyzer.query([QueryPart(text)]).clauses]


def test_a_question_is_its_words_without_those_that_carry_nothing(analyzer: Analyzer) -> None:
    assert clauses(analyzer, "低保的申请") == ["低保", "申请"]


def test_a_question_of_nothing_else_keeps_them(analyzer: Analyzer) -> None:
    assert clauses(analyzer, "的") == ["的"]


def test_an_unknown_name_stays_one_run(analyzer: Analyzer) -> None:
    assert "乌仁" in "".join(clauses(analyzer, "乌仁其木格"))
    assert len(clauses(analyzer, "魏昶旻")) == 1


def test_a_quoted_run_is_one_clause_without_punctuation(analyzer: Analyzer) -> None:
    query = analyzer.query([QueryPart("〔2008〕15号，的", is_phrase=True)])
    assert [clause.chars for clause in query.clauses] == [tuple("200815号的")]
    assert query.clauses[0].is_phrase


def test_keywords_are_all_required_and_a_sentence_is_not(analyzer: Analyzer) -> None:
    keywords = analyzer.query([QueryPart("青山区 低保 审批 2008")])
    assert keywords.minimum_match == len(keywords.clauses)
    sentence = analyzer.query([QueryPart("患者在医院自杀医院是否要赔偿病人家属")])
    assert 1 <= sentence.minimum_match < len(sentence.clauses)


def test_a_document_number_is_one_clause_with_its_key(analyzer: Analyzer) -> None:
    (clause,) = analyzer.query([QueryPart("青政办发[2008]15号")]).clauses
    assert clause.numbers == ("青政办发|2008|15",)


def test_a_record_bears_the_keys_of_its_numbers(analyzer: Analyzer) -> None:
    analyzed = analyzer.record(
        record(document_number="青政办发〔2008〕15号", archival_code="Z109-WS·2011-Y-BGS-0001"), []
    )
    assert "青政办发|2008|15" in analyzed.numbers.split()
    assert "=z109ws2011ybgs0001" in analyzed.numbers.split()


def test_a_run_reaches_across_pages_but_not_from_title_into_text(analyzer: Analyzer) -> None:
    pages = [PageSource(0, 1, "前一页末"), PageSource(0, 2, "后一页首")]
    analyzed = analyzer.record(record(title="标题"), pages)
    assert "末 后" in analyzed.body.chars
    assert f"题 {BOUNDARY} 前" in analyzed.body.chars
    assert [(p.page, p.start, p.end) for p in analyzed.passages] == [(1, 0, 4), (2, 0, 4)]


def test_a_date_known_to_its_month_covers_the_month(analyzer: Analyzer) -> None:
    analyzed = analyzer.record(record(date=PartialDate(2011, 3)), [])
    assert (analyzed.first_day, analyzed.last_day, analyzed.year) == (20110301, 20110331, 2011)


def test_a_state_secret_has_audience_nobody() -> None:
    assert Level(secrecy=Secrecy.CONFIDENTIAL).audience is None


def test_a_question_is_taken_apart_but_for_what_is_quoted_or_short(analyzer: Analyzer) -> None:
    query = analyzer.query([QueryPart("松瓦乡改镇"), QueryPart("松瓦乡", is_phrase=True)])
    looser = analyzer.loosened(query)
    assert looser is not None
    assert [clause.text for clause in looser.clauses] == ["松瓦", "瓦乡", "乡改", "改镇", "松瓦乡"]
    assert looser.minimum_match == 5
    assert looser.words == query.words
    assert analyzer.loosened(analyzer.query([QueryPart("低保")])) is None


def test_letters_and_digits_are_not_taken_apart() -> None:
    analyzer = analyzer_for()
    assert analyzer.loosened(analyzer.query([QueryPart("liuge 20081")])) is None
