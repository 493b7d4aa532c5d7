"""How far a batch is, for whoever watches it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Step(StrEnum):
    """What a batch is at."""

    LOOKING = "looking"  # what there is, against what is known
    READING = "reading"  # files into texts, texts into records
    CLOSING = "closing"  # the account
    UNDOING = "undoing"  # records as they were
    CLEARING = "clearing"  # contents that nobody has any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a batch is: files done, of how many; records where it is undone.

    Whoever is told may raise: the batch ends there, keeps what is through, and goes on from it
    when it is run again.
    """

    batch_number: int
    step: Step
    done: int
    total: int


class Count:
    """What is done so far, told on."""

    def __init__(self, batch_number: int, total: int, progress: Callable[[Progress], None]) -> None:
        self._batch_number = batch_number
        self._total = total
        self._done = 0
        self._step = Step.LOOKING
        self._progress = progress

    def begin(self, step: Step) -> None:
        """Note what the batch is at now."""
        self._step = step
        self.add(0)

    def add(self, done: int) -> None:
        """Note that more is through."""
        self._done += done
        self._progress(
            Progress(
                batch_number=self._batch_number,
                step=self._step,
                done=self._done,
                total=self._total,
            )
        )
