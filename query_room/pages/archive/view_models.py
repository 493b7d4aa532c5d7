"""What the pages of the archive's keepers show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import url_for
from flask_babel import LazyString, gettext, lazy_gettext

from indexer.records import TextState
from query_room.archive import Grouping
from query_room.pages.archive.catalogue_lines import Line, catalogue_lines, place_of
from query_room.pages.archive.labels import DETAILS, MARKINGS, NEXT_STEPS, REASONS, ROW_PROBLEMS
from query_room.pages.labels import AUDIENCES, TEXT_STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.importing.report import BatchReport, FileProblem
    from indexer.records import Record
    from indexer.repositories.coverage import Branch
    from query_room.archive.model import BatchAccount, Coverage

LISTS: Final[Mapping[str, LazyString]] = {
    "files": lazy_gettext("Files without text"),
    "rows": lazy_gettext("Rows of the catalogue that could not be used"),
    "folders": lazy_gettext("Folders that could not be listed"),
    "unlisted": lazy_gettext("Files that no row of the catalogue names"),
    "without-file": lazy_gettext("Rows without a file"),
    "apart": lazy_gettext("Left apart, for more than one could be meant"),
    "doubts": lazy_gettext("Cells in doubt"),
    "numbers": lazy_gettext("Item numbers missing or there twice"),
}
"""Lists of a batch's account, by their names in addresses, the gravest first."""

SHOWN: Final = 20
"""Lines of each list on the batch's own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One list of an account.

    Attributes:
        name: In addresses. first: Its first lines.
    """

    name: str
    title: LazyString
    lines: tuple[Line, ...]

    @property
    def first(self) -> tuple[Line, ...]:
        """What the batch's own page shows."""
        return self.lines[:SHOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Some records: how many, what part of all, and where they are listed.

    Attributes:
        percent: Of the whole, rounded down: what is not complete is never called 100.
        url: The list, or ``None`` where there is nothing to list.
    """

    count: int
    percent: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One fonds or one year.

    Attributes:
        code: The fonds' code or the year, in words where there is none. name: The fonds' name.
        per_mille: Records with their full text, of a thousand.
        cells: By text state, in the order of the table.
    """

    code: str
    name: str
    total: int
    url: str
    per_mille: int
    percent: str
    cells: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """How much of the archive can be searched.

    Attributes:
        whole: All records by text state.
        unread: Files without text: reason, how many, where they are listed.
    """

    grouping: Grouping
    total: int
    whole: tuple[tuple[LazyString, Share], ...]
    rows: tuple[CoverageRow, ...]
    unread: tuple[tuple[str | LazyString, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredRecord:
    """A record in a list of those that have so much text.

    Attributes:
        notes: Why its files gave no text, each reason once.
    """

    url: str
    title: str
    code: str
    date: str
    state: LazyString
    notes: tuple[str | LazyString, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """Failures of one reason.

    Attributes:
        code: As commands know it. advice: What to do about it.
    """

    code: str
    name: str | LazyString
    files: int
    tries: int
    examples: tuple[FileProblem, ...]
    advice: str | LazyString
    may_be_retried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """What a batch has to answer for.

    Attributes:
        levels: Records it made or changed by who may see them. texts: By their text.
        differences: Open ones between catalogue and documents.
    """

    number: int
    reasons: tuple[ReasonView, ...]
    levels: tuple[tuple[LazyString, int], ...]
    texts: tuple[tuple[LazyString, int], ...]
    differences: int


def account_view(account: BatchAccount) -> AccountView:
    """The account of a batch, as a page."""
    return AccountView(
        number=account.batch.number,
        reasons=tuple(
            ReasonView(
                code=line.reason,
                name=REASONS.get(line.reason, line.reason),
                files=line.files,
                tries=line.tries,
                examples=line.examples,
                advice=NEXT_STEPS.get(line.reason, ""),
                may_be_retried=line.may_be_retried,
            )
            for line in account.reasons
        ),
        levels=tuple((AUDIENCES[each], count) for each, count in account.levels.items()),
        texts=tuple((TEXT_STATES[each], count) for each, count in account.texts.items() if count),
        differences=account.differences,
    )


def listed_of(report: BatchReport) -> tuple[Listed, ...]:
    """The lists of a batch's account that have anything in them."""
    lines = {
        "files": tuple(
            Line(
                subject=each.path,
                note=REASONS.get(each.reason, each.reason),
                detail=MARKINGS.get(each.detail) or DETAILS.get(each.detail, each.detail),
            )
            for each in report.problems
        ),
        "rows": tuple(
            Line(
                subject=place_of(each.sheet, each.number),
                note=ROW_PROBLEMS.get(each.problem, each.problem),
                detail=each.value,
            )
            for each in report.bad_rows
        ),
        "folders": tuple(Line(subject=each) for each in report.unreadable),
        "unlisted": tuple(Line(subject=each) for each in report.unlisted),
        **catalogue_lines(report.catalogue),
    }
    return tuple(
        Listed(name=name, title=title, lines=lines[name])
        for name, title in LISTS.items()
        if lines[name]
    )


def coverage_view(coverage: Coverage, grouping: Grouping) -> CoverageView:
    """How much can be searched, as a page."""
    return CoverageView(
        grouping=grouping,
        total=coverage.total,
        whole=tuple(
            (label, _share(coverage.counts[state], coverage.total, _records_url(state=state)))
            for state, label in TEXT_STATES.items()
        ),
        rows=tuple(
            CoverageRow(
                code=share.value or _nameless(grouping),
                name=share.label if share.label != share.value else "",
                total=share.total,
                url=_records_url(**{grouping.value: share.value}),
                per_mille=_per_mille(share.counts[TextState.COMPLETE], share.total),
                percent=_percent(share.counts[TextState.COMPLETE], share.total),
                cells=tuple(
                    _share(
                        share.counts[state],
                        share.total,
                        _records_url(**{grouping.value: share.value}, state=state),
                    )
                    for state in TEXT_STATES
                ),
            )
            for share in coverage.shares
        ),
        unread=tuple(
            (REASONS.get(reason, reason), count, url_for("archive.unread", reason=reason))
            for reason, count in coverage.unread.items()
        ),
    )


def covered_record(record: Record) -> CoveredRecord:
    """A record as a line of a list."""
    about = record.description
    reasons = dict.fromkeys(file.reason for file in record.files if file.reason)
    return CoveredRecord(
        url=url_for("records.record", record_id=record.record_id),
        title=about.title or gettext("(without title)"),
        code=about.archival_code or record.external_id,
        date=about.date.isoformat() if about.date else "",
        state=TEXT_STATES[record.text_state],
        notes=tuple(REASONS.get(reason, reason) for reason in reasons),
    )


def branch_names(branch: Branch) -> tuple[str | LazyString, ...]:
    """What a list of records was narrowed to, in words."""
    names: list[str | LazyString] = []
    if branch.fonds is not None:
        names.append(gettext("Fonds %(code)s", code=branch.fonds or _nameless(Grouping.FONDS)))
    if branch.year is not None:
        names.append(branch.year or _nameless(Grouping.YEAR))
    if branch.state is not None:
        names.append(TEXT_STATES[branch.state])
    return tuple(names)


def _share(count: int, total: int, url: str) -> Share:
    return Share(count=count, percent=_percent(count, total), url=url if count else None)


def _per_mille(count: int, total: int) -> int:
    return count * 1000 // total if total else 0


def _percent(count: int, total: int) -> str:
    whole, tenth = divmod(_per_mille(count, total), 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def _nameless(grouping: Grouping) -> str:
    words: str = gettext("(none)") if grouping is Grouping.FONDS else gettext("undated")
    return words


def _records_url(**narrowed: str) -> str:
    return f"{url_for('archive.covered')}?{urlencode(narrowed)}"
