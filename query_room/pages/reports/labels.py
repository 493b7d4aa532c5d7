"""Words for annual reports, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from query_room.reports import CheckKey
from query_room.statute.codes import ApplicantCategory

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKS: Final[Mapping[CheckKey, LazyString]] = {
    CheckKey.BALANCE: lazy_gettext("1. New and carried in equal done and carried on"),
    CheckKey.OUTCOMES: lazy_gettext("2. The outcomes add up to what is done"),
    CheckKey.COLUMNS: lazy_gettext("3. The columns add up to the total"),
    CheckKey.CARRIED: lazy_gettext("4. Carried in is what last year carried on"),
    CheckKey.WHOLE_NUMBERS: lazy_gettext("5. No number is below zero"),
    CheckKey.QUOTED: lazy_gettext("6. Numbers in part 1 agree with the tables"),
    CheckKey.REGISTER: lazy_gettext("7. Each request counts once"),
    CheckKey.CASES: lazy_gettext("Table 4: the results add up to the total"),
    CheckKey.VALID_RULES: lazy_gettext("Table 2: in force is last year's, made and repealed"),
}
BAD_CELLS: Final[Mapping[str, LazyString]] = {
    "not_a_number": lazy_gettext("not a number"),
    "below_zero": lazy_gettext("below zero"),
    "fraction": lazy_gettext("not a whole number"),
    "too_large": lazy_gettext("too large"),
    "missing": lazy_gettext("the row was not found"),
}
CATEGORIES: Final[Mapping[ApplicantCategory, LazyString]] = {
    ApplicantCategory.NATURAL: lazy_gettext("Natural persons"),
    ApplicantCategory.BUSINESS: lazy_gettext("Businesses"),
    ApplicantCategory.RESEARCH: lazy_gettext("Research institutions"),
    ApplicantCategory.WELFARE: lazy_gettext("Public welfare organisations"),
    ApplicantCategory.LEGAL_SERVICE: lazy_gettext("Legal service organisations"),
    ApplicantCategory.OTHER: lazy_gettext("Other organisations"),
}
