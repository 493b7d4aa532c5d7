"""Addresses of answers: a question as URL arguments, and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlencode, urlsplit

from flask import url_for

from indexer.access import Audience
from indexer.engine.query import FacetField, Order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.answers import Question
    from search_api.log.model import JsonValue

Arguments: TypeAlias = list[tuple[str, str]]
LITERAL: Final = ("literal", "1")
"""The argument of a question whose signs are text."""

AS_TYPED: Final = ("as_typed", "1")
"""The argument of a question that is asked in the very characters it was typed in."""

_LOGGED_FILTERS: Final = {
    "agency": "agencies",
    "year": "years",
    "category": "categories",
    "fonds": "fonds",
    "from": "date_from",
    "to": "date_to",
}
"""Argument of the address to field of :class:`indexer.engine.query.Filters`."""


def arguments_of(question: Question) -> Arguments:
    """The question as URL arguments, page left out."""
    filters = question.filters
    arguments: Arguments = [("q", question.text)]
    if question.literal:
        arguments.append(LITERAL)
    if question.as_typed:
        arguments.append(AS_TYPED)
    arguments += [("agency", each) for each in filters.agencies]
    arguments += [("year", str(each)) for each in filters.years]
    arguments += [("category", each) for each in filters.categories]
    arguments += [("audience", each.slug) for each in filters.audiences]
    arguments += [("fonds", each) for each in filters.fonds]
    if filters.date_from:
        arguments.append(("from", filters.date_from.isoformat()))
    if filters.date_to:
        arguments.append(("to", filters.date_to.isoformat()))
    if question.order is not Order.RELEVANCE:
        arguments.append(("order", question.order))
    return arguments


GENERATION: Final = "g"
"""Argument of a later page: the generation of the index that the first one came from."""


def search_url(arguments: Arguments, page: int = 1, generation: int = 0) -> str:
    """The address of an answer; of a later page, with the generation it goes on with."""
    given = list(arguments)
    if generation:
        given.append((GENERATION, str(generation)))
    if page > 1:
        given.append(("page", str(page)))
    return f"{url_for('search.results')}?{urlencode(given)}"


def logged_search_url(text: str, filters: Mapping[str, JsonValue], *, literal: bool = False) -> str:
    """The address that asks a logged search again; ``filters`` by their names in the log."""
    arguments: Arguments = [("q", text), *([LITERAL] if literal else [])]
    for name, logged in _LOGGED_FILTERS.items():
        values = filters.get(logged, ())
        several = values if isinstance(values, (list, tuple)) else (values,)
        arguments += [(name, str(value)) for value in several]
    audiences = filters.get("audiences", ())
    assert isinstance(audiences, (list, tuple))  # noqa: S101 - as the search service writes it
    arguments += [("audience", Audience(int(str(each))).slug) for each in audiences]
    return search_url(arguments)


def local_path(wanted: str) -> str:
    """``wanted`` if it is a path of this site, else nothing."""
    parts = urlsplit(wanted)
    # "//elsewhere" and "/\\elsewhere" are addresses of other sites.
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if local and not parts.netloc and not parts.scheme else ""


def with_value(arguments: Arguments, field: FacetField, value: str) -> Arguments:
    """The question narrowed by one more value."""
    return [*arguments, (field.value, value)]


def without_value(arguments: Arguments, name: str, value: str) -> Arguments:
    """The question with one value less."""
    return [each for each in arguments if each != (name, value)]


def without_dates(arguments: Arguments) -> Arguments:
    """The question without years and days."""
    return [each for each in arguments if each[0] not in {"year", "from", "to"}]


def with_order(arguments: Arguments, order: Order) -> Arguments:
    """The same question in another order."""
    rest = [each for each in arguments if each[0] != "order"]
    return rest if order is Order.RELEVANCE else [*rest, ("order", order)]
