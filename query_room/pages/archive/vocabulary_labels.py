"""Words for the vocabulary, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, gettext, lazy_gettext

from indexer.analysis.thesaurus import Relation
from indexer.indexing.generating import PRODUCT
from indexer.vocabulary import Kind
from query_room.languages import message_language
from query_room.messages import reason_words
from query_room.vocabulary import Holding, Taking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.analysis.thesaurus import Years
    from indexer.repositories.vocabularies import VersionRow
    from indexer.vocabulary import Problem

RELATIONS: Final[Mapping[Relation, LazyString]] = {
    Relation.SAME: lazy_gettext("Mean the same: each is found by the other"),
    Relation.LATER: lazy_gettext("The first became the second: each is found by the other"),
    Relation.OFFICIAL: lazy_gettext("Everyday word and official term: found from the first alone"),
}
SIGNS: Final[Mapping[Relation, str]] = {
    Relation.SAME: "＝",
    Relation.LATER: "→",
    Relation.OFFICIAL: "⇒",
}
KINDS: Final[Mapping[Kind, LazyString]] = {
    Kind.TERM: lazy_gettext("Term of law or office"),
    Kind.AGENCY: lazy_gettext("Agency or office"),
    Kind.PLACE: lazy_gettext("Place"),
    Kind.UNIT: lazy_gettext("Unit of measure"),
    Kind.EVERYDAY: lazy_gettext("Everyday word"),
}
HOLDINGS: Final[Mapping[Holding, LazyString]] = {
    Holding.ENTRIES: lazy_gettext("A table of variants (CSV)"),
    Holding.WORDS: lazy_gettext("Words of the office, one a line"),
}
TAKINGS: Final[Mapping[Taking, LazyString]] = {
    Taking.ADD: lazy_gettext("Add to what there is; entries of the same terms are changed"),
    Taking.REPLACE: lazy_gettext("It is the whole; what it does not name is taken out"),
}


def span(years: Years) -> str:
    """Years in which a term was in use, or ``""`` where nobody says."""
    if years.first is None and years.last is None:
        return ""
    return f"{years.first or ''}–{years.last or ''}"


def fault(problem: Problem) -> str:
    """Why a line was not taken."""
    return reason_words("vocabulary_refused", problem.reason, message_language())


def why(row: VersionRow) -> str:
    """Why a version was made."""
    if row.made_by == PRODUCT:
        text: str = gettext("What comes with the product")
        return text
    return row.reason
