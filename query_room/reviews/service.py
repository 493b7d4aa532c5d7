"""Opening a review, signing it, and reading where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading
from query_room.fields import LONG, optional
from query_room.organs import Duty
from query_room.reviews import repository
from query_room.reviews.errors import ReviewRefusedError
from query_room.reviews.model import Review, ReviewStatus, Signature, Verdict
from query_room.sealing import Sealing
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence
    from typing import Any

    from sqlalchemy import Connection, Engine, Row

    from query_room.organs import ReviewStep
    from query_room.vault import Vault


class ReviewService:
    """Reviews of any kind of paper; the caller's transaction carries the paper along."""

    def __init__(self, *, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._sealing = Sealing(vault)

    def open_within(
        self,
        connection: Connection,
        subject: str,
        *,
        organ_id: str,
        steps: Sequence[ReviewStep],
        by: str,
        at: dt.datetime,
    ) -> Review:
        """Lay a paper before its signers; without any step it is approved at once."""
        review_id = f"{subject}-r{repository.count_of(connection, subject) + 1:02d}"
        status = ReviewStatus.OPEN if steps else ReviewStatus.APPROVED
        repository.add(
            connection,
            review_id=review_id,
            subject=subject,
            organ_id=organ_id,
            status=status.value,
            by=by,
            at=at,
            steps=[(step.name, step.duty.value) for step in steps],
        )
        return self.load_within(connection, review_id)

    def sign_within(
        self,
        connection: Connection,
        review_id: str,
        verdict: Verdict,
        *,
        duties: Collection[Duty],
        remark: str,
        by: str,
        at: dt.datetime,
    ) -> Review:
        """Sign the step that waits; the review comes back as it stands then.

        Args:
            connection: The caller's transaction.
            review_id: Which review.
            verdict: Agreed, or sent back.
            duties: What the signer is entrusted with in the organ.
            remark: Needed where it is sent back.
            by: The signer's account.
            at: When.

        Raises:
            ReviewRefusedError: Not open; not the signer's step; the signer's own paper; sent back
                without a remark.
        """
        review = self.load_within(connection, review_id)
        step = review.next_step
        if step is None:
            raise ReviewRefusedError("not_open")
        if by == review.opened_by:
            raise ReviewRefusedError("own_paper")
        if step.duty not in duties:
            raise ReviewRefusedError("not_your_step")
        remark = optional("remark", remark, LONG)
        if verdict is Verdict.RETURNS and not remark:
            raise ReviewRefusedError("remark_required")
        remark_event_id = (
            self._sealing.keep(
                connection, EventKind.REQUEST_TEXT_WRITTEN, review.subject, remark, at
            )
            if remark
            else None
        )
        append(
            connection,
            NewEvent(
                at=at,
                kind=EventKind.REVIEW_SIGNED,
                subject=review.subject,
                body={
                    "review": review_id,
                    "ordinal": step.ordinal,
                    "duty": step.duty.value,
                    "verdict": verdict.value,
                    "remark_event": remark_event_id,
                    "by": by,
                },
            ),
        )
        signed = repository.sign(
            connection,
            review_id,
            step.ordinal,
            verdict=verdict.value,
            signed_by=by,
            signed_at=at,
            remark_event_id=remark_event_id,
        )
        if not signed:
            raise ReviewRefusedError("not_open")
        if verdict is Verdict.RETURNS:
            repository.end(connection, review_id, ReviewStatus.RETURNED.value)
        elif step.ordinal == len(review.signatures):
            repository.end(connection, review_id, ReviewStatus.APPROVED.value)
        return self.load_within(connection, review_id)

    def cancel_within(self, connection: Connection, review_id: str) -> None:
        """End a review whose paper was taken back."""
        if self.load_within(connection, review_id).status is ReviewStatus.OPEN:
            repository.end(connection, review_id, ReviewStatus.RETURNED.value)

    def load_within(self, connection: Connection, review_id: str) -> Review:
        """A review, in the caller's transaction.

        Raises:
            ReviewRefusedError: There is none.
        """
        row = repository.find(connection, review_id)
        if row is None:
            raise ReviewRefusedError("not_open")
        return self._review(connection, row)

    def of_subject(self, subject: str) -> tuple[Review, ...]:
        """Every review that a paper went through, in order."""
        with reading(self._engine) as connection:
            rows = repository.of_subject(connection, subject)
            return tuple(self._review(connection, row) for row in rows)

    def waiting_for(self, duties: dict[str, frozenset[Duty]]) -> tuple[Review, ...]:
        """Reviews whose next step somebody may sign, by their duties in each organ."""
        with reading(self._engine) as connection:
            rows = repository.open_of(connection, duties)
            reviews = [self._review(connection, row) for row in rows]
        return tuple(
            review
            for review in reviews
            if review.next_step is not None
            and review.next_step.duty in duties.get(review.organ_id, frozenset())
        )

    def _review(self, connection: Connection, row: Row[Any]) -> Review:
        steps = repository.signatures(connection, row.review_id)
        remarks = self._sealing.load(
            connection,
            [(row.subject, step.remark_event_id) for step in steps if step.remark_event_id],
        )
        return Review(
            review_id=row.review_id,
            subject=row.subject,
            organ_id=row.organ_id,
            status=ReviewStatus(row.status),
            opened_by=row.opened_by,
            opened_at=row.opened_at,
            signatures=tuple(
                Signature(
                    ordinal=step.ordinal,
                    name=step.name,
                    duty=Duty(step.duty),
                    verdict=None if step.verdict is None else Verdict(step.verdict),
                    signed_by=step.signed_by,
                    signed_at=step.signed_at,
                    remark=(
                        remarks.get((row.subject, step.remark_event_id))
                        if step.remark_event_id
                        else ""
                    ),
                )
                for step in steps
            ),
        )
