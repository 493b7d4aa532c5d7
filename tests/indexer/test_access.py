from __future__ import annotations

import itertools

import pytest

from indexer.access import (
    DEFAULT_LEVEL,
    LEVEL_PRESETS,
    PUBLIC_VIEWER,
    Audience,
    Disclosure,
    Level,
    Opening,
    RecordAccess,
    Secrecy,
    Viewer,
)
from indexer.records import RecordId

RECORD = RecordId("raaaaaaaaaaaa")
EVERY_LEVEL = [
    Level(secrecy=secrecy, opening=opening, disclosure=disclosure)
    for secrecy, opening, disclosure in itertools.product(Secrecy, Opening, (*Disclosure, None))
]


def access(
    audience: Audience | None, internal_to: str | None = None, fonds: str = ""
) -> RecordAccess:
    return RecordAccess(record_id=RECORD, audience=audience, internal_to=internal_to, fonds=fonds)


@pytest.mark.parametrize("level", EVERY_LEVEL)
def test_the_public_sees_only_what_is_no_secret_and_was_opened(level: Level) -> None:
    opened = level.disclosure is Disclosure.PROACTIVE or level.opening is Opening.OPEN
    is_public = level.secrecy is Secrecy.PUBLIC and opened
    assert (level.audience is Audience.PUBLIC) == is_public


@pytest.mark.parametrize("level", [each for each in EVERY_LEVEL if each.secrecy.is_state_secret])
def test_a_state_secret_has_no_audience_here(level: Level) -> None:
    assert level.audience is None


def test_the_reading_room_adds_what_is_given_on_request_and_not_held_back() -> None:
    rooms = {each for each in EVERY_LEVEL if each.audience is Audience.READING_ROOM}
    assert rooms == {Level(opening=Opening.UNREVIEWED, disclosure=Disclosure.ON_REQUEST)}


def test_what_nobody_judged_is_for_staff() -> None:
    assert DEFAULT_LEVEL.audience is Audience.STAFF


def test_every_preset_gives_the_audience_it_is_named_after() -> None:
    assert {name: level.audience for name, level in LEVEL_PRESETS.items()} == {
        audience.slug: audience for audience in Audience
    }


@pytest.mark.parametrize("audience", Audience)
def test_slugs_go_both_ways(audience: Audience) -> None:
    assert Audience.from_slug(audience.slug) is audience


def test_an_unknown_slug_is_no_audience() -> None:
    with pytest.raises(ValueError, match="everybody"):
        Audience.from_slug("everybody")


@pytest.mark.parametrize("viewer", Audience)
@pytest.mark.parametrize("record", Audience)
def test_a_wider_circle_never_sees_a_smaller_ones_records(
    viewer: Audience, record: Audience
) -> None:
    assert Viewer(audience=viewer).may_see(access(record)) == (record <= viewer)


def test_internal_records_are_their_agencys() -> None:
    record = access(Audience.STAFF, internal_to="民政局")
    assert Viewer(audience=Audience.STAFF, agencies=frozenset({"民政局"})).may_see(record)
    assert not Viewer(audience=Audience.STAFF, agencies=frozenset({"教育局"})).may_see(record)
    assert Viewer(audience=Audience.ARCHIVIST, all_agencies=True).may_see(record)


def test_an_agency_that_is_not_known_is_nobodys() -> None:
    record = access(Audience.STAFF, internal_to="")
    assert not Viewer(audience=Audience.STAFF, agencies=frozenset({"民政局"})).may_see(record)


def test_a_grant_opens_a_record_or_a_fonds_but_never_a_secret() -> None:
    by_record = Viewer(audience=Audience.PUBLIC, granted_records=frozenset({RECORD}))
    by_fonds = Viewer(audience=Audience.PUBLIC, granted_fonds=frozenset({"L012"}))
    assert by_record.may_see(access(Audience.ARCHIVIST))
    assert by_fonds.may_see(access(Audience.STAFF, "民政局", fonds="L012"))
    assert not by_fonds.may_see(access(Audience.STAFF, fonds="L013"))
    assert not by_record.may_see(access(None))
    assert not by_fonds.may_see(access(None, fonds="L012"))


def test_only_a_viewer_without_grants_is_answered_from_the_public_pair() -> None:
    assert PUBLIC_VIEWER.is_public
    assert not Viewer(audience=Audience.PUBLIC, granted_fonds=frozenset({"L012"})).is_public
    assert not Viewer(audience=Audience.READING_ROOM).is_public
