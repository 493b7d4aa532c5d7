"""What a batch's report says of its catalogue: how it was read, what came together, what is over.

Titles are left out: a row may describe what nobody may read about.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from indexer.catalogue import Doubt, Place
from indexer.catalogue.gaps import Numbering, numberings
from indexer.importing.joining import Ambiguity, Ground, UnevenFolder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.catalogue.manifest import Catalogue
    from indexer.importing.items import Joined


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAccount:
    """A sheet: where its header stands, and its rows by kind.

    Attributes:
        header_row: 1-based; 0 where the format gives names apart. rows: Records.
        passed_over: Repeated headers, sums, notes and numbered blanks.
        unused: Columns that nothing was read from.
        is_hidden: The sheet is hidden; hidden_rows, hidden_columns: read nevertheless.
    """

    name: str
    header_row: int
    rows: int
    passed_over: int
    unused: tuple[str, ...] = ()
    is_hidden: bool = False
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWithoutFile:
    """A row that no file was found for.

    Attributes:
        code: Its 档号; ``""`` where there is none, or it is a state secret's.
    """

    sheet: str
    number: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueAccount:
    """The account of a batch's catalogue.

    Attributes:
        profile: Name and version of the profile it was read by, or ``""``.
        sheets: That were read. unread_sheets: Without a header that is known.
        rows: Records described, usable or not.
        joined_by: Rows with files, by ground. paper: Rows without, where that is expected.
        without_file: Rows without, where it is not.
        doubts: What was left out of rows or read in a way worth a look.
        ambiguous: Rows and files of which more than one could be meant.
        uneven: Folders that were to be joined by order, and whose numbers differ.
        numberings: 件号 that are missing or stand twice.
    """

    profile: str = ""
    sheets: tuple[SheetAccount, ...] = ()
    unread_sheets: tuple[str, ...] = ()
    rows: int = 0
    joined_by: Mapping[str, int]
    paper: int = 0
    without_file: tuple[RowWithoutFile, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    uneven: tuple[UnevenFolder, ...] = ()
    numberings: tuple[Numbering, ...] = ()

    @property
    def missing_items(self) -> int:
        """How many 件号 no row has."""
        return sum(each.missing_count for each in self.numberings)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> CatalogueAccount:
        """The inverse of :meth:`to_json`."""
        return cls(
            **{
                **body,
                "sheets": tuple(
                    SheetAccount(
                        **{
                            **each,
                            "unused": tuple(each["unused"]),
                            "hidden_columns": tuple(each["hidden_columns"]),
                        }
                    )
                    for each in body["sheets"]
                ),
                "unread_sheets": tuple(body["unread_sheets"]),
                "without_file": tuple(RowWithoutFile(**each) for each in body["without_file"]),
                "doubts": tuple(Doubt(**each) for each in body["doubts"]),
                "ambiguous": tuple(map(_ambiguity, body["ambiguous"])),
                "uneven": tuple(UnevenFolder(**each) for each in body["uneven"]),
                "numberings": tuple(map(_numbering, body["numberings"])),
            }
        )


def account_of(catalogue: Catalogue, joined: Joined) -> CatalogueAccount | None:
    """The account of a catalogue, or ``None`` where a batch has none."""
    if not catalogue.sheets:
        return None
    profile = catalogue.profile
    counts = Counter(str(match.ground) for match in joined.matches)
    is_expected = catalogue.rules.paper_without_file
    return CatalogueAccount(
        profile=f"{profile.name} {profile.version}" if profile is not None else "",
        sheets=tuple(
            SheetAccount(
                name=sheet.name,
                header_row=sheet.header_row,
                rows=sheet.row_count,
                passed_over=sheet.passed.headers
                + sheet.passed.totals
                + sheet.passed.notes
                + sheet.passed.blanks,
                unused=tuple(column.text for column in sheet.columns if column.field is None),
                is_hidden=sheet.is_hidden,
                hidden_rows=sheet.passed.hidden,
                hidden_columns=sheet.hidden_columns,
            )
            for sheet in catalogue.sheets
        ),
        unread_sheets=catalogue.unread_sheets,
        rows=len(catalogue.rows) + len(catalogue.unusable),
        joined_by={ground.value: counts[ground] for ground in Ground if counts[ground]},
        paper=len(joined.without_file) if is_expected else 0,
        without_file=()
        if is_expected
        else tuple(
            RowWithoutFile(
                sheet=row.sheet,
                number=row.number,
                code=""
                if row.secrecy is not None and row.secrecy.is_state_secret
                else row.texts.get("archival_code", ""),
            )
            for row in joined.without_file
        ),
        doubts=catalogue.doubts,
        ambiguous=joined.ambiguous,
        uneven=joined.uneven,
        numberings=numberings(catalogue.in_order),
    )


def _ambiguity(body: dict[str, Any]) -> Ambiguity:
    return Ambiguity(
        ground=Ground(body["ground"]),
        rows=tuple((sheet, number) for sheet, number in body["rows"]),
        paths=tuple(body["paths"]),
    )


def _numbering(body: dict[str, Any]) -> Numbering:
    return Numbering(
        place=Place(**body["place"]),
        count=body["count"],
        last=body["last"],
        missing=tuple((first, last) for first, last in body["missing"]),
        repeated=tuple(body["repeated"]),
    )
