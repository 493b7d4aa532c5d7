"""What an archivist has settled for the catalogues of one form, kept for the next import.

A form is known by its signature: the names of its columns, in one spelling. A profile says what
each column means and by which rules rows are read and joined to files; nothing of it is guessed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from indexer.access import LEVEL_PRESETS
from indexer.catalogue.columns import FIELDS, NOT_USED, normal
from indexer.errors import ProfileRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_NAME: Final = 60
_MAX_COLUMNS: Final = 500
_MAX_TEXT: Final = 100
_MAX_ROW: Final = 30
_MAX_PAGES: Final = 1_000


class CodeRule(StrEnum):
    """How a 档号 is built where no column gives it."""

    NONE = "none"
    BY_ITEM = "by_item"  # 全宗号-门类·年度-保管期限-机构-件号 (DA/T 22-2015)
    BY_VOLUME = "by_volume"  # 全宗号-目录号-案卷号-件号 (DA/T 13-1994)


class SheetNames(StrEnum):
    """What the name of a sheet says of its rows."""

    NOTHING = "nothing"
    YEAR = "year"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How rows are read and joined, as settled by an archivist; the defaults settle nothing.

    Attributes:
        header_row: 1-based row of the header; 0 looks for it.
        code: How a 档号 is built where no column gives it.
        sheet_names: What the name of a sheet says.
        fonds: 全宗号 of rows that say none; in the same way category (门类代码), year, retention.
        six_digits_are_months: 201103 is March 2011.
        join_by_order: Rows and files of a folder that are left over are joined in their order, if
            they are as many.
        paper_without_file: Rows without a file are on paper, and not listed as left over.
        pages_before: Pages of a volume's scan that bear no page number, as its cover.
        level: Preset of records that say nothing, or ``""``.
    """

    header_row: int = 0
    code: CodeRule = CodeRule.NONE
    sheet_names: SheetNames = SheetNames.NOTHING
    fonds: str = ""
    category: str = ""
    year: str = ""
    retention: str = ""
    six_digits_are_months: bool = False
    join_by_order: bool = False
    paper_without_file: bool = False
    pages_before: int = 0
    level: str = ""


NO_RULES: Final = Rules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A form of catalogue and how it is read.

    Attributes:
        name: As archivists call it.
        signature: The names of its columns.
        columns: Field by the name of a column; ``""`` for one that is not used. A column that is
            not named here is read by itself.
        rules: How rows are read and joined.
        version: 1 and up; 0 before it is kept.
    """

    name: str
    signature: frozenset[str]
    columns: Mapping[str, str] = field(default_factory=dict)
    rules: Rules = NO_RULES
    version: int = 0

    def field_of(self, name: str, otherwise: str | None) -> str | None:
        """What a column means, by its name in one spelling; ``None`` where it is not used."""
        return self.columns.get(name, otherwise) or None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; the version is the keeper's."""
        return {
            "name": self.name,
            "signature": sorted(self.signature),
            "columns": dict(sorted(self.columns.items())),
            "rules": asdict(self.rules),
        }


def checked(profile: Profile) -> Profile:
    """The profile, if it can be kept.

    Raises:
        ProfileRefusedError: Something in it cannot be; ``field`` names it.
    """
    if not profile.name.strip() or len(profile.name) > MAX_NAME or not profile.name.isprintable():
        raise ProfileRefusedError("name", profile.name)
    if not profile.signature or len(profile.signature) > _MAX_COLUMNS:
        raise ProfileRefusedError("signature", str(len(profile.signature)))
    for name, each in profile.columns.items():
        if each != NOT_USED and each not in FIELDS:
            raise ProfileRefusedError("columns", f"{name}: {each}")
    rules = profile.rules
    if not 0 <= rules.header_row <= _MAX_ROW:
        raise ProfileRefusedError("header_row", str(rules.header_row))
    if not 0 <= rules.pages_before <= _MAX_PAGES:
        raise ProfileRefusedError("pages_before", str(rules.pages_before))
    for name in ("fonds", "category", "year", "retention"):
        value = getattr(rules, name)
        if len(value) > _MAX_TEXT or not value.isprintable():
            raise ProfileRefusedError(name, value)
    if rules.level and rules.level not in LEVEL_PRESETS:
        raise ProfileRefusedError("level", rules.level)
    return profile


def profile_from_json(body: Any) -> Profile:  # noqa: ANN401 - whatever a file holds
    """A profile from :meth:`Profile.to_json`.

    Raises:
        ProfileRefusedError: It is no such thing; ``field`` names what is wrong.
    """
    if not isinstance(body, dict):
        raise ProfileRefusedError("profile", type(body).__name__)
    name, signature, columns, rules = (
        body.get(key) for key in ("name", "signature", "columns", "rules")
    )
    if not isinstance(name, str):
        raise ProfileRefusedError("name", repr(name))
    if not isinstance(signature, list) or not all(isinstance(each, str) for each in signature):
        raise ProfileRefusedError("signature", "")
    if not isinstance(columns, dict) or not all(isinstance(each, str) for each in columns.values()):
        raise ProfileRefusedError("columns", "")
    return checked(
        Profile(
            name=name,
            signature=frozenset(map(normal, signature)),
            columns={normal(key): value for key, value in columns.items()},
            rules=_rules_from_json(rules),
        )
    )


def profile_from_text(text: str) -> Profile:
    """A profile from a file of JSON.

    Raises:
        ProfileRefusedError: It is none.
    """
    try:
        return profile_from_json(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise ProfileRefusedError("profile", type(error).__name__) from error


def matching(profiles: Iterable[Profile], signature: frozenset[str]) -> Profile | None:
    """The profile of a form; of several the one that was kept last."""
    return next((each for each in profiles if each.signature == signature), None)


def _rules_from_json(body: Any) -> Rules:  # noqa: ANN401 - same
    if not isinstance(body, dict) or body.keys() - asdict(NO_RULES).keys():
        raise ProfileRefusedError("rules", "")
    values: dict[str, Any] = {}
    for name, default in asdict(NO_RULES).items():
        value = body.get(name, default)
        if isinstance(default, StrEnum):
            try:
                value = type(default)(value)
            except ValueError:
                raise ProfileRefusedError(name, str(value)) from None
        elif type(value) is not type(default):
            raise ProfileRefusedError(name, repr(value))
        values[name] = value
    return Rules(**values)
