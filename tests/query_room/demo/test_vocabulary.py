from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import query_room.demo
from indexer.vocabulary import packaged_vocabulary, read_entries
from query_room.demo.vocabulary import add_vocabulary
from query_room.vocabulary import VocabularyService

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive

TABLE = files(query_room.demo).joinpath("vocabulary.csv").read_bytes()


def test_every_line_is_read_and_becomes_the_second_version(archive: SmallArchive) -> None:
    assert read_entries(TABLE).problems == ()
    service = VocabularyService(engine=archive.engine, settings=archive.settings)
    add_vocabulary(service)
    present = service.present()
    assert present.number == 2
    known = present.vocabulary.thesaurus()
    assert known.variants("前进公社")[0] == "东风公社"
    assert "白蓼镇" in known.variants("前进公社")
    assert "雁回乡" not in known.variants("白蓼乡")
    assert len(present.vocabulary.entries) == len(packaged_vocabulary().entries) + len(
        read_entries(TABLE).entries
    )


def test_its_names_are_those_of_the_papers() -> None:
    texts = Path(query_room.demo.__file__).parent / "texts"
    papers = "".join(path.read_text("utf-8") for path in texts.rglob("*.txt"))
    named = {name for each in read_entries(TABLE).entries for name in (each.term, each.other)}
    assert [name for name in sorted(named) if name not in papers] == UNSAID


UNSAID: Final = ["政务和数据局"]
"""Short names that people say and no paper of the archive has."""
