from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from indexer.analysis.thesaurus import Relation
from indexer.database import reading
from indexer.errors import VocabularyRefusedError
from indexer.vocabulary import Entry, packaged_vocabulary
from query_room.vocabulary import FileSent, Holding, Taking, VocabularyService
from search_api.log import EventKind
from search_api.tables import log_event

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive

ENTRY = Entry(term="红旗公社", other="东升乡", relation=Relation.LATER)


@pytest.fixture
def service(archive: SmallArchive) -> VocabularyService:
    return VocabularyService(engine=archive.engine, settings=archive.settings)


def reason_of(refused: pytest.ExceptionInfo[VocabularyRefusedError]) -> str:
    return refused.value.reason


def test_entries_and_words_come_and_go_each_a_version_and_an_event(
    service: VocabularyService, archive: SmallArchive
) -> None:
    assert service.present().number == 1
    assert service.present().vocabulary == packaged_vocabulary()
    assert service.keep_entry(ENTRY, reason="地名志", by="李") == 2
    later = Entry(term="红旗公社", other="松瓦乡")
    assert service.keep_entry(later, instead_of=ENTRY.key, reason="更正", by="李") == 3
    assert service.keep_word("红旗公社", reason="分词", by="李") == 4
    assert service.remove_word("红旗公社", reason="不要", by="李") == 5
    assert service.remove_entry(later.key, reason="不要", by="李") == 6
    assert service.present().vocabulary == packaged_vocabulary()
    row, changes = service.version(3)
    assert (row.made_by, row.reason) == ("李", "更正")
    assert (changes.added, changes.removed) == ((later,), (ENTRY,))
    with reading(archive.engine) as connection:
        kinds = [row.kind for row in connection.execute(log_event.select())]
    assert kinds.count(EventKind.VOCABULARY_CHANGED) == 5


def test_what_cannot_be_kept_says_why(service: VocabularyService) -> None:
    service.keep_entry(ENTRY, reason="地名志", by="李")
    for entry, reason in ((Entry(term="甲", other="乙乡"), "too_short"), (ENTRY, "exists")):
        with pytest.raises(VocabularyRefusedError) as refused:
            service.keep_entry(entry, reason="试", by="李")
        assert reason_of(refused) == reason
    with pytest.raises(VocabularyRefusedError) as refused:
        service.remove_entry(("无", "有"), reason="试", by="李")
    assert reason_of(refused) == "no_entry"
    with pytest.raises(VocabularyRefusedError) as refused:
        service.keep_word("=甲", reason="试", by="李")
    assert reason_of(refused) == "too_short"


def test_a_file_that_was_sent_is_looked_at_and_then_taken(service: VocabularyService) -> None:
    table = "词,另一词\n红旗公社,东升乡\n坏行,\n".encode()
    upload = service.receive(table, Holding.ENTRIES)
    sent = FileSent(upload=upload, holding=Holding.ENTRIES, taking=Taking.ADD)
    foreseen = service.foresee(sent)
    assert [each.line for each in foreseen.problems] == [3]
    assert len(foreseen.revision.added) == 1
    service.take(foreseen, Taking.ADD, reason="地名志", by="李")
    assert service.foresee(sent).revision.is_empty
    with pytest.raises(VocabularyRefusedError) as refused:
        service.take(foreseen, Taking.ADD, reason="又", by="李", based_on=99)
    assert reason_of(refused) == "moved"


def test_a_whole_table_is_taken_whole_or_not_at_all(service: VocabularyService) -> None:
    damaged = "词,另一词\n红旗公社,东升乡\n坏行,\n".encode()
    foreseen = service.foresee_content(damaged, Holding.ENTRIES, Taking.REPLACE)
    with pytest.raises(VocabularyRefusedError) as refused:
        service.take(foreseen, Taking.REPLACE, reason="整表", by="李")
    assert reason_of(refused) == "problems"
    sound = "词,另一词\n红旗公社,东升乡\n".encode()
    foreseen = service.foresee_content(sound, Holding.ENTRIES, Taking.REPLACE)
    service.take(foreseen, Taking.REPLACE, reason="整表", by="李")
    assert [each.term for each in service.present().vocabulary.entries] == ["红旗公社"]
    words = service.foresee_content("东升乡\n".encode(), Holding.WORDS, Taking.REPLACE)
    service.take(words, Taking.REPLACE, reason="分词", by="李")
    assert service.present().vocabulary.words == ("东升乡",)
    service.restore(1, reason="退回", by="李")
    assert service.present().vocabulary == packaged_vocabulary()


@pytest.mark.parametrize("upload", ["", "../" * 20, "a" * 64])
def test_no_address_leads_to_another_file(service: VocabularyService, upload: str) -> None:
    with pytest.raises(VocabularyRefusedError) as refused:
        service.foresee(FileSent(upload=upload, holding=Holding.WORDS, taking=Taking.ADD))
    assert reason_of(refused) == "no_file"


def test_files_that_were_sent_long_ago_are_forgotten(
    service: VocabularyService, archive: SmallArchive
) -> None:
    service.receive("甲乡\n".encode(), Holding.WORDS)
    (old,) = archive.settings.catalogues.glob("*.vocabulary")
    os.utime(old, (0, 0))
    service.receive("乙乡\n".encode(), Holding.WORDS)
    assert not old.exists()
