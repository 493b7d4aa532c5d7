"""A profile as the form on a catalogue's page says it, and the form as it comes back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from indexer.catalogue.columns import NOT_USED
from indexer.catalogue.profiles import (
    MAX_NAME,
    NO_RULES,
    CodeRule,
    Profile,
    SheetNames,
    profile_from_json,
)
from query_room.pages.forms import chosen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.catalogue.manifest import Catalogue
    from indexer.catalogue.profiles import Rules

_NUMBERS: Final = ("header_row", "pages_before")
_TEXTS: Final = ("fonds", "category", "year", "retention", "level")
_TICKS: Final = ("six_digits_are_months", "join_by_order", "paper_without_file")
_MAX_COLUMNS: Final = 500
_MAX_DIGITS: Final = 4
_UNNAMED: Final = "？"


def profile_of_form(form: Mapping[str, str], catalogue: Catalogue) -> Profile:
    """The profile that a form describes, for the form of that catalogue.

    A profile that is only tried needs no name yet.

    Raises:
        InvalidFieldError: A choice is none that there is.
        ProfileRefusedError: Something in it cannot be kept; ``field`` names it.
    """
    columns: dict[str, str] = {}
    for number in range(_MAX_COLUMNS):
        name = form.get(f"name-{number}")
        if name is None:
            break
        columns[name] = form.get(f"column-{number}", NOT_USED)
    rules: dict[str, object] = {
        **{name: _number(form.get(name, "")) for name in _NUMBERS},
        **{name: form.get(name, "").strip() for name in _TEXTS},
        **{name: name in form for name in _TICKS},
        "code": chosen(form, "code", CodeRule).value,
        "sheet_names": chosen(form, "sheet_names", SheetNames).value,
    }
    return profile_from_json(
        {
            "name": form.get("name", "").strip()[: MAX_NAME + 1] or _UNNAMED,
            "signature": sorted(catalogue.signature),
            "columns": columns,
            "rules": rules,
        }
    )


def is_named(form: Mapping[str, str]) -> bool:
    """Whether the form gives the profile a name."""
    return bool(form.get("name", "").strip())


def form_of(rules: Rules, name: str = "") -> dict[str, str]:
    """The form's fields for some rules; what is not ticked is left out."""
    fields = {
        each: str(value)
        for each, value in asdict(rules).items()
        if each not in _TICKS and value != asdict(NO_RULES)[each]
    }
    fields.update({each: "1" for each in _TICKS if getattr(rules, each)})
    return {
        "code": rules.code.value,
        "sheet_names": rules.sheet_names.value,
        **fields,
        "name": name,
    }


def _number(text: str) -> int:
    plain = text.strip()
    if not plain:
        return 0
    is_number = plain.isascii() and plain.isdecimal() and len(plain) <= _MAX_DIGITS
    return int(plain) if is_number else -1  # refused by its range
