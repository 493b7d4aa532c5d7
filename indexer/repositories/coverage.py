"""How much of the archive can be searched: records by the text they have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, select

from indexer.records import RecordId, TextState
from indexer.tables import record, record_file, stored_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection, Select


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Which records are wanted.

    Attributes:
        state: With that much text, or ``None`` for all.
        fonds: Of that fonds (``""``: of none), or ``None`` for all.
        year: Of that year (``""``: undated), or ``None`` for all.
    """

    state: TextState | None = None
    fonds: str | None = None
    year: str | None = None


def by_fonds(connection: Connection, visible: ColumnElement[bool]) -> list[Share]:
    """Every fonds with visible records, by code."""
    return _shares(connection, visible, record.c.fonds, func.max(record.c.fonds_name))


def by_year(connection: Connection, visible: ColumnElement[bool]) -> list[Share]:
    """Every year of a visible record's date, the newest first; undated records at the end."""
    return _shares(connection, visible, _year(), func.max(_year()))[::-1]


def count(connection: Connection, visible: ColumnElement[bool], branch: Branch) -> int:
    """How many visible records a branch has."""
    statement = select(func.count()).select_from(_of_branch(visible, branch).subquery())
    return int(connection.execute(statement).scalar_one())


def by_state(connection: Connection, condition: ColumnElement[bool]) -> dict[TextState, int]:
    """The records that meet a condition by how much of their text can be searched, 0 included."""
    states = _states(condition).subquery()
    statement = select(states.c.state, func.count()).group_by(states.c.state)
    found = {TextState(row[0]): int(row[1]) for row in connection.execute(statement)}
    return {state: found.get(state, 0) for state in TextState}


def ids(
    connection: Connection,
    visible: ColumnElement[bool],
    branch: Branch,
    *,
    offset: int,
    limit: int,
) -> list[RecordId]:
    """Some visible records of a branch, by fonds, 档号 and id."""
    statement = (
        _of_branch(visible, branch)
        .order_by(record.c.fonds, record.c.archival_code, record.c.record_id)
        .offset(offset)
        .limit(limit)
    )
    return [RecordId(each) for each in connection.execute(statement).scalars()]


def _year() -> ColumnElement[str]:
    return func.substr(record.c.date, 1, 4)


def _of_branch(visible: ColumnElement[bool], branch: Branch) -> Select[str]:
    conditions = [visible]
    if branch.fonds is not None:
        conditions.append(record.c.fonds == branch.fonds)
    if branch.year is not None:
        conditions.append(_year() == branch.year)
    statement: Select[str] = select(record.c.record_id).where(*conditions)
    if branch.state is None:
        return statement
    states = _states(and_(*conditions)).subquery()
    return statement.join(states, states.c.record_id == record.c.record_id).where(
        states.c.state == branch.state
    )


def _states(condition: ColumnElement[bool]) -> Select[str, str]:
    """Records with their text state; the rule is :meth:`indexer.records.Record.text_state`."""
    with_text = func.coalesce(func.sum(case((stored_file.c.page_count > 0, 1), else_=0)), 0)
    files = func.count(record_file.c.ordinal)
    unread = func.coalesce(func.sum(stored_file.c.unread_count), 0)
    return (
        select(
            record.c.record_id,
            case(
                (files == 0, TextState.PAPER.value),
                (and_(with_text == files, unread == 0), TextState.COMPLETE.value),
                (with_text > 0, TextState.PARTIAL.value),
                else_=TextState.MISSING.value,
            ).label("state"),
        )
        .outerjoin(record_file, record_file.c.record_id == record.c.record_id)
        .outerjoin(stored_file, stored_file.c.file_hash == record_file.c.file_hash)
        .where(condition)
        .group_by(record.c.record_id)
    )


def _shares(
    connection: Connection,
    visible: ColumnElement[bool],
    branch: ColumnElement[str],
    label: ColumnElement[str],
) -> list[Share]:
    states = _states(visible).subquery()
    statement = (
        select(branch.label("branch"), states.c.state, label.label("label"), func.count())
        .join(states, states.c.record_id == record.c.record_id)
        .group_by(branch, states.c.state)
        .order_by(branch)
    )
    labels: dict[str, str] = {}
    counts: dict[str, dict[TextState, int]] = {}
    for value, state, name, number in connection.execute(statement):
        labels[value] = name or labels.get(value) or value
        of_branch = counts.setdefault(value, dict.fromkeys(TextState, 0))
        of_branch[TextState(state)] += int(number)
    return [
        Share(value=value, label=labels[value], counts=found) for value, found in counts.items()
    ]
