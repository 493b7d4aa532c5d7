from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from indexer.database import utc_now
from query_room.clock import Channel
from query_room.errors import (
    InvalidFieldError,
    InvalidTransitionError,
    PermissionDeniedError,
)
from query_room.proofs import ProofKind, prepare
from query_room.requests import (
    ApplicantErasedError,
    ReceiptSecretError,
    RecordsRequestNotFoundError,
    RequestKind,
    RequestStatus,
    StepRefusedError,
)
from search_api.china_time import day_in_china
from search_api.errors import SearchNotLoggedError
from search_api.log import events_of_subject, verify
from tests.query_room.requests.conftest import LI, WANTED

if TYPE_CHECKING:
    from query_room.proofs import PreparedProof
    from tests.query_room.requests.conftest import Office


def photograph() -> PreparedProof:
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(stream, "JPEG")
    return prepare(stream.getvalue(), ProofKind.IDENTITY)


def test_a_request_at_the_counter_is_received_that_day(office: Office) -> None:
    request_id = office.file()
    found = office.load(request_id).request
    assert found.status is RequestStatus.RECEIVED
    assert found.received_on == day_in_china(utc_now())
    assert found.wanted == WANTED
    assert found.applicant is not None
    assert found.applicant.name == "李*"
    assert found.applicant.identity_number == "150204********1227"
    assert office.load(request_id).clock is not None


def test_numbers_follow_each_other_in_each_organ_kind_and_year(office: Office) -> None:
    first, second = office.file(), office.file()
    use = office.file(kind=RequestKind.ARCHIVE_USE)
    year = day_in_china(utc_now()).year
    assert first.endswith(f"-{year}-00001")
    assert second.endswith(f"-{year}-00002")
    assert use.endswith(f"-{year}-L00001")
    assert office.load(second).request.display_number.endswith(f"〔{year}〕2号")


def test_an_online_request_begins_when_both_sides_have_confirmed(office: Office) -> None:
    today = day_in_china(utc_now())
    receipt = office.requests.intake.file(
        office.new(channel=Channel.ONLINE, received_on=None, applicant_confirmed_on=today),
        proofs=[photograph()],
        by=None,
    )
    filed = office.load(receipt.request_id)
    assert (filed.request.status, filed.clock) == (RequestStatus.FILED, None)
    office.requests.intake.confirm(
        receipt.request_id, organ_confirmed_on=today, applicant_confirmed_on=None, by=office.handler
    )
    received = office.load(receipt.request_id)
    assert (received.request.status, received.request.received_on) == (
        RequestStatus.RECEIVED,
        today,
    )
    with pytest.raises(InvalidTransitionError):
        office.requests.intake.confirm(
            receipt.request_id,
            organ_confirmed_on=today,
            applicant_confirmed_on=today,
            by=office.handler,
        )


def test_a_fax_needs_the_applicants_confirmation_too(office: Office) -> None:
    request_id = office.file(channel=Channel.FAX, received_on=None)
    today = day_in_china(utc_now())
    with pytest.raises(InvalidFieldError, match="applicant_confirmed_on"):
        office.requests.intake.confirm(
            request_id, organ_confirmed_on=today, applicant_confirmed_on=None, by=office.handler
        )
    with pytest.raises(InvalidFieldError, match="out_of_range"):
        office.requests.intake.confirm(
            request_id,
            organ_confirmed_on=today + dt.timedelta(days=1),
            applicant_confirmed_on=today,
            by=office.handler,
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": None}, "received_on"),
        ({"received_on": dt.date(2999, 1, 1)}, "received_on"),
        ({"channel": Channel.EMAIL}, "received_on"),
        ({"applicant": replace(LI, name=" ")}, "name"),
        ({"applicant": replace(LI, identity_number="")}, "identity_number"),
        ({"applicant": replace(LI, phone="", email="", address="")}, "phone"),
        ({"wanted": replace(WANTED, description="")}, "description"),
    ],
)
def test_what_article_29_asks_for_must_be_there(
    office: Office, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidFieldError, match=field):
        office.file(**changes)


def test_an_organisation_is_identified_by_its_code(office: Office) -> None:
    firm = replace(LI, name="清河某公司", identity_number="", credit_code="91150204MA0000000X")
    assert office.load(office.file(applicant=firm)).request.applicant is not None


def test_an_oral_request_is_read_back(office: Office) -> None:
    with pytest.raises(StepRefusedError, match="not_read_back"):
        office.file(is_oral=True)
    assert office.file(is_oral=True, read_back=True)


def test_a_citizen_can_only_file_online_and_with_proof(office: Office) -> None:
    online = office.new(channel=Channel.ONLINE, received_on=None)
    with pytest.raises(StepRefusedError, match="no_proof_of_identity"):
        office.requests.intake.file(online, by=None)
    with pytest.raises(InvalidFieldError, match="channel"):
        office.requests.intake.file(office.new(), proofs=[photograph()], by=None)


def test_only_who_works_for_the_organ_may_file_see_and_assign(office: Office) -> None:
    with pytest.raises(PermissionDeniedError):
        office.requests.intake.file(office.new(), by=office.stranger)
    request_id = office.file()
    with pytest.raises(PermissionDeniedError):
        office.load(request_id, office.stranger)
    with pytest.raises(PermissionDeniedError):
        office.requests.intake.assign(request_id, office.handler.name, by=office.stranger)
    with pytest.raises(StepRefusedError, match="not_a_handler"):
        office.requests.intake.assign(request_id, office.stranger.name, by=office.handler)
    assert office.requests.reader.in_work(by=office.stranger) == []
    with pytest.raises(RecordsRequestNotFoundError):
        office.load("ORGAN-2026-99999")


def test_a_search_that_led_to_it_must_have_been_made(office: Office) -> None:
    with pytest.raises(SearchNotLoggedError):
        office.file(origin_search_id="s-none")
    answer = office.ask("知青")
    file = office.load(office.file(origin_search_id=answer.search_id))
    assert [(each.search_id, each.how) for each in file.searches] == [(answer.search_id, "origin")]


def test_number_and_secret_open_the_applicants_view_however_typed(office: Office) -> None:
    receipt = office.requests.intake.file(office.new(), by=office.handler)
    reader = office.requests.reader
    typed = receipt.secret.replace("-", " ").lower()
    assert reader.for_applicant(receipt.request_id, typed).request.request_id == receipt.request_id
    for number, secret in (
        (receipt.request_id, "0000-0000-0000"),
        (receipt.request_id, ""),
        ("ORGAN-2026-99999", receipt.secret),
    ):
        with pytest.raises(ReceiptSecretError):
            reader.for_applicant(number, secret)


def test_the_same_applicant_is_found_again_without_being_readable(office: Office) -> None:
    first = office.file()
    second = office.file(
        applicant=replace(LI, name="李 秀英", identity_number=" 150204199002301227")
    )
    other = office.file(applicant=replace(LI, identity_number="150204199002301235"))
    same = office.requests.intake.same_applicant
    assert same(first, by=office.handler) == (second,)
    assert same(other, by=office.handler) == ()


def test_looking_at_the_applicant_is_logged_first(office: Office) -> None:
    request_id = office.file()
    with pytest.raises(InvalidFieldError):
        office.requests.intake.reveal(request_id, ground=" ", by=office.handler)
    assert office.requests.intake.reveal(request_id, ground="邮寄答复书", by=office.handler) == LI
    events = events_of_subject(office.room.engine, request_id)
    assert [event.kind for event in events][-1] == "request.applicant_revealed"


def test_erasing_takes_every_word_and_leaves_the_chain_whole(office: Office) -> None:
    request_id = office.in_work()
    with pytest.raises(StepRefusedError, match="still_open"):
        office.requests.intake.erase_applicant(request_id, ground="到期", by=office.archivist)
    office.requests.deciding.withdraw(request_id, reason="来电撤回", by=office.handler)
    office.requests.intake.erase_applicant(request_id, ground="到期", by=office.archivist)
    file = office.load(request_id)
    assert (file.request.applicant, file.request.wanted) == (None, None)
    assert office.requests.intake.same_applicant(request_id, by=office.handler) == ()
    with pytest.raises(ApplicantErasedError):
        office.requests.intake.reveal(request_id, ground="再看", by=office.handler)
    for event in events_of_subject(office.room.engine, request_id):
        assert "sealed" not in (event.body or {})
    assert verify(office.room.engine).is_whole


def test_no_event_says_who_applied_or_for_what(office: Office) -> None:
    request_id = office.in_work()
    office.searched_by_hand(request_id, office.archivist)
    for event in events_of_subject(office.room.engine, request_id):
        said = str({**(event.body or {}), "sealed": ""})
        for word in (LI.name, LI.identity_number, LI.phone, LI.email, "知青"):
            assert word not in said, event.kind
