from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import reading, utc_now
from indexer.errors import InvalidQueryError
from query_room.accounts import Role
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.saved_searches import MOST, SavedSearchNotFoundError, TooManySavedError
from tests.query_room.audit.test_service import account

if TYPE_CHECKING:
    from query_room.accounts import Account
    from query_room.room import Room
    from query_room.saved_searches import Standing
    from tests.fixtures.archive import SmallArchive

ASKED = [("q", "知青"), ("year", "1971"), ("year", "1972"), ("order", "oldest")]


@pytest.fixture
def staff(room: Room, archive: SmallArchive) -> Account:
    archive.add("知青名单", "知青", date="1971")
    archive.run()
    return account(room, "wang", Role.STAFF)


def standing(room: Room, by: Account) -> list[Standing]:
    viewer = room.accounts.viewer_for(by, utc_now())
    return list(room.saved_searches.standing(by=by, viewer=viewer))


def test_a_question_is_kept_whole_and_unreadable_to_the_database(
    room: Room, staff: Account, archive: SmallArchive
) -> None:
    saved_id = room.saved_searches.keep("  知青回城  ", ASKED, by=staff)
    kept = room.saved_searches.load(saved_id, by=staff)
    assert (kept.name, kept.arguments, kept.alerts) == ("知青回城", tuple(ASKED), True)
    assert room.saved_searches.of(staff) == (kept,)
    with reading(archive.engine) as connection:
        stored = repr(connection.execute(text("SELECT * FROM saved_search")).all())
    assert "知青" not in stored
    assert "\\u77e5" not in stored


def test_what_came_since_is_told_until_its_owner_has_looked(
    room: Room, staff: Account, archive: SmallArchive
) -> None:
    saved_id = room.saved_searches.keep("知青", ASKED, by=staff)
    assert [each.fresh for each in standing(room, staff)] == [0]
    archive.add("知青回城", "知青", date="1972")
    archive.add("知青来信", "知青", date="1980")
    archive.add("知青密信", "知青", date="1972", secrecy="工作秘密")
    archive.run()
    (now,) = standing(room, staff)
    assert now.fresh == 1  # one is of another year, one is not for these eyes
    viewer = room.accounts.viewer_for(staff, utc_now())
    assert room.saved_searches.fresh(by=staff, viewer=viewer) == 1
    room.saved_searches.mark_seen(saved_id, 10**9, by=staff)
    assert [each.fresh for each in standing(room, staff)] == [0]
    seen = room.saved_searches.load(saved_id, by=staff).seen_position
    assert seen <= now.position + 1
    room.saved_searches.mark_seen(saved_id, 0, by=staff)
    assert room.saved_searches.load(saved_id, by=staff).seen_position == seen


def test_rights_of_now_decide_what_is_news(
    room: Room, staff: Account, archive: SmallArchive
) -> None:
    archivist = account(room, "li", Role.ARCHIVIST)
    room.saved_searches.keep("知青", [("q", "知青")], by=archivist)
    archive.add("知青密信", "知青", secrecy="工作秘密")
    archive.run()
    assert [each.fresh for each in standing(room, archivist)] == [1]
    as_staff = replace(archivist, role=Role.STAFF)
    assert [each.fresh for each in standing(room, as_staff)] == [0]
    del staff


def test_nobody_learns_of_anothers_searches(room: Room, staff: Account) -> None:
    saved_id = room.saved_searches.keep("知青", ASKED, by=staff)
    other = account(room, "zhao", Role.STAFF)
    kept = room.saved_searches
    assert kept.of(other) == ()
    for step in (
        lambda: kept.load(saved_id, by=other),
        lambda: kept.what_is_new(saved_id, by=other),
        lambda: kept.rename(saved_id, "x", by=other),
        lambda: kept.set_alerts(saved_id, wanted=False, by=other),
        lambda: kept.mark_seen(saved_id, 1, by=other),
        lambda: kept.remove(saved_id, by=other),
    ):
        with pytest.raises(SavedSearchNotFoundError):
            step()
    assert kept.load(saved_id, by=staff).name == "知青"


def test_only_accounts_that_serve_somebody_keep_any(room: Room, staff: Account) -> None:
    room.saved_searches.keep("知青", ASKED, by=staff)
    disabled = replace(staff, disabled_at=utc_now())
    for by in (disabled, account(room, "sun", Role.AUDITOR), account(room, "ma", Role.ADMIN)):
        with pytest.raises(PermissionDeniedError):
            room.saved_searches.keep("x", ASKED, by=by)
        with pytest.raises(PermissionDeniedError):
            standing(room, by)


def test_a_search_is_renamed_quieted_and_removed(
    room: Room, staff: Account, archive: SmallArchive
) -> None:
    kept = room.saved_searches
    saved_id = kept.keep("知青", ASKED, by=staff)
    kept.rename(saved_id, "回城", by=staff)
    kept.set_alerts(saved_id, wanted=False, by=staff)
    archive.add("知青回城", "知青", date="1972")
    archive.run()
    (now,) = standing(room, staff)
    assert (now.saved.name, now.saved.arguments, now.fresh) == ("回城", tuple(ASKED), None)
    kept.remove(saved_id, by=staff)
    assert kept.of(staff) == ()


def test_what_cannot_be_kept_is_refused(
    room: Room, staff: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = room.saved_searches
    for name, asked, error in (
        ("", ASKED, InvalidFieldError),
        ("x" * 101, ASKED, InvalidFieldError),
        ("x", [], InvalidQueryError),
        ("x", [("q", "知青"), ("order", "size")], InvalidQueryError),
    ):
        with pytest.raises(error):
            kept.keep(name, asked, by=staff)
    monkeypatch.setattr("query_room.saved_searches.service.MOST", 1)
    kept.keep("一", ASKED, by=staff)
    with pytest.raises(TooManySavedError):
        kept.keep("二", ASKED, by=staff)
    assert MOST > 1
