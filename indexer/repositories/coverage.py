"""How much of the archive can be searched: records by the text they have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from indexer.records import TextState
from indexer.repositories.files import PathState
from indexer.tables import record, record_file, source_file, stored_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Records of one branch by what can be searched of them.

    Attributes:
        value: The fonds' code or the year; ``""`` where a record has none.
        label: The fonds' name, or the value again.
        counts: Records by :class:`~indexer.records.TextState`, 0 included.
    """

    value: str
    label: str
    counts: Mapping[TextState, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Records of the branch."""
        return sum(self.counts.values())


def by_fonds(connection: Connection) -> list[Share]:
    """Every fonds, by code."""
    return _shares(connection, record.c.fonds, func.max(record.c.fonds_name))


def by_year(connection: Connection) -> list[Share]:
    """Every year of a record's date, the newest first; records without a date at the end."""
    year = func.substr(record.c.date, 1, 4)
    return _shares(connection, year, func.max(year))[::-1]


def unread_by_reason(connection: Connection) -> dict[str, int]:
    """How many files gave no text, by reason, the commonest first."""
    statement = (
        select(source_file.c.reason, func.count())
        .where(source_file.c.state == PathState.FAILED)
        .group_by(source_file.c.reason)
        .order_by(func.count().desc(), source_file.c.reason)
    )
    return {str(row[0]): int(row[1]) for row in connection.execute(statement)}


def _shares(
    connection: Connection, branch: ColumnElement[str], label: ColumnElement[str]
) -> list[Share]:
    """Counts by branch and text state; the rule is :meth:`indexer.records.Record.text_state`."""
    with_text = func.coalesce(func.sum(case((stored_file.c.page_count > 0, 1), else_=0)), 0)
    files = func.count(record_file.c.ordinal)
    states = (
        select(
            record.c.record_id,
            case(
                (files == 0, TextState.PAPER.value),
                (with_text == files, TextState.COMPLETE.value),
                (with_text > 0, TextState.PARTIAL.value),
                else_=TextState.MISSING.value,
            ).label("state"),
        )
        .outerjoin(record_file, record_file.c.record_id == record.c.record_id)
        .outerjoin(stored_file, stored_file.c.file_hash == record_file.c.file_hash)
        .where(record.c.removed_at.is_(None))
        .group_by(record.c.record_id)
        .subquery()
    )
    statement = (
        select(branch.label("branch"), states.c.state, label.label("label"), func.count())
        .join(states, states.c.record_id == record.c.record_id)
        .group_by(branch, states.c.state)
        .order_by(branch)
    )
    labels: dict[str, str] = {}
    counts: dict[str, dict[TextState, int]] = {}
    for value, state, name, count in connection.execute(statement):
        labels[value] = name or labels.get(value) or value
        of_branch = counts.setdefault(value, dict.fromkeys(TextState, 0))
        of_branch[TextState(state)] += int(count)
    return [
        Share(value=value, label=labels[value], counts=found) for value, found in counts.items()
    ]
