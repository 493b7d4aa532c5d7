from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from indexer.access import Audience, Viewer
from indexer.analysis.thesaurus import Relation
from indexer.indexing.serving import Serving
from indexer.vocabulary import Entry, packaged_vocabulary
from query_room.accounts import Account, Role
from query_room.vocabulary import Effects, VocabularyEffects
from query_room.vocabulary.effects import FEW
from search_api.params import parse_question
from tests.fixtures.archive import ARCHIVIST, context

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive

AFTER = packaged_vocabulary().joined(
    [Entry(term="红旗公社", other="东升乡", relation=Relation.LATER)]
)
PUBLIC = Viewer(audience=Audience.PUBLIC)


def account(name: str, role: Role = Role.ARCHIVIST) -> Account:
    return Account(
        account_id=1,
        name=name,
        display_name=name,
        role=role,
        agencies=(),
        credential_version=1,
        created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        disabled_at=None,
    )


@pytest.fixture
def filled(archive: SmallArchive) -> SmallArchive:
    archive.add("东升乡志")
    archive.add("东升乡内部通知", secrecy="内部", agency="甲局")
    archive.run(None)
    return archive


def asks(archive: SmallArchive, actor: str, *texts: str) -> None:
    for text in texts:
        archive.service.search(parse_question({"q": [text]}), ARCHIVIST, context(actor))


def seen(archive: SmallArchive, by: Account, viewer: Viewer = ARCHIVIST) -> Effects:
    effects = VocabularyEffects(engine=archive.engine, serving=Serving(archive.settings))
    return effects.of(AFTER, by=by, viewer=viewer)


def test_ones_own_questions_are_shown_with_what_they_would_find(filled: SmallArchive) -> None:
    asks(filled, "li", "红旗公社", "红旗公社", "通知", "-红旗公社 通知")
    effects = seen(filled, account("li"))
    (changed,) = effects.changed
    assert changed.question.text == "红旗公社"
    assert (changed.forms_before, changed.forms_after) == ((), ("东升乡",))
    assert (changed.total_before, changed.total_after) == (0, 2)
    assert (effects.asked, effects.others) == (3, None)


def test_totals_are_those_of_whoever_looks(filled: SmallArchive) -> None:
    asks(filled, "li", "红旗公社")
    (changed,) = seen(filled, account("li"), PUBLIC).changed
    assert changed.total_after < 2


def test_questions_of_others_are_counted_and_only_where_they_are_many(
    filled: SmallArchive,
) -> None:
    asks(filled, "wang", *(f"红旗公社 {number}" for number in range(FEW - 1)))
    effects = seen(filled, account("li"))
    assert (effects.asked, effects.changed, effects.others) == (0, (), None)
    asks(filled, "wang", "红旗公社志")
    assert seen(filled, account("li")).others == FEW
    # Nothing of it changes who may not see: no words, no totals.
    assert seen(filled, account("li")).changed == ()


def test_who_may_read_the_log_sees_every_question(filled: SmallArchive) -> None:
    asks(filled, "wang", "红旗公社")
    effects = seen(filled, account("shen", Role.AUDITOR), PUBLIC)
    assert [each.question.text for each in effects.changed] == ["红旗公社"]


def test_nothing_that_is_hidden_changes_what_is_shown(archive: SmallArchive) -> None:
    archive.add("通知")
    archive.run()
    asks(archive, "li", "红旗公社")
    before = seen(archive, account("li"), PUBLIC)
    archive.add("东升乡内部通知", secrecy="内部", agency="甲局")
    archive.run(None)
    assert seen(archive, account("li"), PUBLIC) == before
