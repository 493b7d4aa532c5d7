from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now, writing
from query_room.organs import Duty, ReviewStep
from query_room.reviews import Review, ReviewRefusedError, ReviewService, ReviewStatus, Verdict
from query_room.vault import Vault
from search_api.log import events_of_subject

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

STEPS = (
    ReviewStep(name="保密审查", duty=Duty.SECRECY_REVIEWER),
    ReviewStep(name="负责人审批", duty=Duty.HEAD),
)


@pytest.fixture
def reviews(database: Engine, tmp_path: Path) -> ReviewService:
    return ReviewService(engine=database, vault=Vault.open(tmp_path))


def opened(
    database: Engine, reviews: ReviewService, steps: tuple[ReviewStep, ...] = STEPS
) -> Review:
    with writing(database) as connection:
        return reviews.open_within(
            connection, "paper", organ_id="organ", steps=steps, by="wang", at=utc_now()
        )


def sign(
    database: Engine,
    reviews: ReviewService,
    review: Review,
    duty: Duty,
    *,
    verdict: Verdict = Verdict.AGREES,
    by: str = "bao",
    remark: str = "",
) -> Review:
    with writing(database) as connection:
        return reviews.sign_within(
            connection,
            review.review_id,
            verdict,
            duties={duty},
            remark=remark,
            by=by,
            at=utc_now(),
        )


def test_a_paper_is_signed_step_by_step(database: Engine, reviews: ReviewService) -> None:
    review = opened(database, reviews)
    assert review.next_step is not None
    assert review.next_step.duty is Duty.SECRECY_REVIEWER
    with pytest.raises(ReviewRefusedError, match="not_your_step"):
        sign(database, reviews, review, Duty.HEAD)
    half = sign(database, reviews, review, Duty.SECRECY_REVIEWER)
    assert half.status is ReviewStatus.OPEN
    done = sign(database, reviews, review, Duty.HEAD, by="zhou", remark="可以")
    assert (done.status, done.next_step) == (ReviewStatus.APPROVED, None)
    assert [each.remark for each in done.signatures] == ["", "可以"]
    with pytest.raises(ReviewRefusedError, match="not_open"):
        sign(database, reviews, review, Duty.HEAD)
    kinds = [event.kind for event in events_of_subject(database, "paper")]
    assert kinds.count("review.signed") == 2


def test_nobody_signs_what_they_submitted(database: Engine, reviews: ReviewService) -> None:
    review = opened(database, reviews)
    with pytest.raises(ReviewRefusedError, match="own_paper"):
        sign(database, reviews, review, Duty.SECRECY_REVIEWER, by="wang")


def test_sending_back_ends_it_and_says_why(database: Engine, reviews: ReviewService) -> None:
    review = opened(database, reviews)
    with pytest.raises(ReviewRefusedError, match="remark_required"):
        sign(database, reviews, review, Duty.SECRECY_REVIEWER, verdict=Verdict.RETURNS)
    back = sign(
        database, reviews, review, Duty.SECRECY_REVIEWER, verdict=Verdict.RETURNS, remark="请改"
    )
    assert back.status is ReviewStatus.RETURNED
    again = opened(database, reviews)
    assert again.review_id != review.review_id
    assert [each.status for each in reviews.of_subject("paper")] == [
        ReviewStatus.RETURNED,
        ReviewStatus.OPEN,
    ]


def test_without_steps_a_paper_is_approved_at_once(
    database: Engine, reviews: ReviewService
) -> None:
    assert opened(database, reviews, ()).status is ReviewStatus.APPROVED


def test_a_review_waits_for_those_whose_duty_is_next(
    database: Engine, reviews: ReviewService
) -> None:
    review = opened(database, reviews)
    for organ_id, duty, waits in (
        ("organ", Duty.SECRECY_REVIEWER, True),
        ("organ", Duty.HEAD, False),
        ("other", Duty.SECRECY_REVIEWER, False),
    ):
        found = reviews.waiting_for({organ_id: frozenset({duty})})
        assert bool(found) is waits
    with writing(database) as connection:
        reviews.cancel_within(connection, review.review_id)
    assert reviews.waiting_for({"organ": frozenset({Duty.SECRECY_REVIEWER})}) == ()
