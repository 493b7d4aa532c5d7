import pytest
from sqlalchemy import Engine

from indexer.analysis.thesaurus import Relation, Years
from indexer.database import reading, utc_now, writing
from indexer.errors import VocabularyRefusedError
from indexer.repositories import vocabularies
from indexer.vocabulary import NO_VOCABULARY, Entry, Kind, Vocabulary, revision
from indexer.vocabulary.model import vocabulary

A = Entry(
    term="甲公社",
    other="甲乡",
    relation=Relation.LATER,
    kind=Kind.PLACE,
    term_years=Years(1958, 1984),
    other_years=Years(1984),
    note='志书 "第3卷"',
)
B = Entry(term="低保", other="最低生活保障")


def keep(engine: Engine, number: int, before: Vocabulary, after: Vocabulary) -> None:
    with writing(engine) as connection:
        vocabularies.add(
            connection,
            number,
            revision(before, after),
            by="甲",
            reason=f"第{number}次",
            at=utc_now(),
        )


def test_every_version_can_be_read_as_it_was(database: Engine) -> None:
    first = vocabulary([A, B], ["松瓦"])
    second = vocabulary([Entry(term="甲公社", other="甲乡"), B], ["白寮"])
    with reading(database) as connection:
        assert vocabularies.newest(connection) == 0
    keep(database, 1, NO_VOCABULARY, first)
    keep(database, 2, first, second)
    keep(database, 3, second, first)
    with reading(database) as connection:
        assert vocabularies.newest(connection) == 3
        read = [vocabularies.load(connection, number) for number in range(4)]
        assert read == [NO_VOCABULARY, first, second, first]
        assert vocabularies.words(connection, 2) == ("白寮",)
        rows = vocabularies.list_all(connection)
    assert [(row.number, row.added, row.removed) for row in rows] == [
        (3, 2, 2),
        (2, 2, 2),
        (1, 3, 0),
    ]


@pytest.mark.parametrize("number", [-1, 1])
def test_a_version_that_there_is_not_is_named(database: Engine, number: int) -> None:
    with reading(database) as connection, pytest.raises(VocabularyRefusedError):
        vocabularies.load(connection, number)


def test_two_who_make_the_same_version_are_told_apart(database: Engine) -> None:
    keep(database, 1, NO_VOCABULARY, vocabulary([A]))
    with pytest.raises(VocabularyRefusedError, match="moved"):
        keep(database, 1, NO_VOCABULARY, vocabulary([B]))
    with reading(database) as connection:
        assert vocabularies.load(connection, 1) == vocabulary([A])
