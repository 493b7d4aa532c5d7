from importlib.resources import files

import indexer.vocabulary
from indexer.analysis.thesaurus import Relation
from indexer.vocabulary import packaged_vocabulary, read_entries


def test_every_line_of_the_packaged_table_is_read() -> None:
    table = files(indexer.vocabulary).joinpath("national.csv").read_bytes()
    read = read_entries(table)
    assert read.problems == ()
    assert len(read.entries) == len(packaged_vocabulary().entries) == table.count(b"\n") - 1


def test_it_knows_reforms_and_abbreviations() -> None:
    known = packaged_vocabulary().thesaurus()
    assert known.variants("拆迁") == ("房屋征收",)
    assert "人社局" in known.variants("劳动局")
    assert "人事局" not in known.variants("劳动局")
    assert known.variants("低保") == ("最低生活保障",)


def test_what_papers_say_is_not_looked_for_in_everyday_words() -> None:
    everyday = [e for e in packaged_vocabulary().entries if e.relation is Relation.OFFICIAL]
    known = packaged_vocabulary().thesaurus()
    assert everyday
    assert not [each for each in everyday if each.term in known.variants(each.other)]
