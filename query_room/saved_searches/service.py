"""Keeping questions, and telling their owner what is new."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from indexer.errors import InvalidQueryError
from indexer.repositories import outbox
from query_room.accounts.model import Permission
from query_room.fields import required
from query_room.saved_searches import repository
from query_room.saved_searches.errors import SavedSearchNotFoundError, TooManySavedError
from query_room.saved_searches.model import SavedSearch, Standing
from search_api.news import by_date
from search_api.params import parse_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from query_room.accounts.model import Account
    from query_room.saved_searches.model import Arguments
    from query_room.saved_searches.repository import SavedRow
    from query_room.vault import Vault
    from search_api.answers import Question
    from search_api.news import SearchNews

MOST: Final = 50
"""Searches that one account keeps: each is asked whenever its owner looks."""

_STAFF = Permission.SERVE_VISITORS


class SavedSearches:
    """The searches that accounts keep, each for itself.

    Every method raises ``PermissionDeniedError`` for accounts that serve nobody, and disabled ones.
    """

    def __init__(self, *, engine: Engine, vault: Vault, news: SearchNews) -> None:
        self._engine = engine
        self._vault = vault
        self._news = news

    def keep(self, name: str, arguments: Sequence[tuple[str, str]], *, by: Account) -> int:
        """Keep a question under a name; its number comes back. What comes later is new to it.

        Raises:
            InvalidFieldError: The name cannot be used.
            InvalidQueryError: The question cannot be asked.
            TooManySavedError: One has to go first.
            EngineUnavailableError: No index answers.
        """
        by.require(_STAFF)
        named = required("name", name)
        asked(tuple(arguments))
        position = self._news.position()
        with writing(self._engine) as connection:
            if repository.count_of(connection, by.account_id) >= MOST:
                raise TooManySavedError(f"{by.name} keeps {MOST} searches")
            return repository.add(
                connection,
                by.account_id,
                self._sealed(named, tuple(arguments)),
                position=position,
                at=utc_now(),
            )

    def of(self, by: Account) -> tuple[SavedSearch, ...]:
        """The searches that an account keeps, in the order in which it kept them."""
        by.require(_STAFF)
        with reading(self._engine) as connection:
            rows = repository.of_account(connection, by.account_id)
        return tuple(self._opened(row) for row in rows)

    def standing(self, *, by: Account, viewer: Viewer) -> tuple[Standing, ...]:
        """The same with what is new of each, within the rights that the owner has now.

        Raises:
            EngineUnavailableError: No index answers.
        """
        kept = self.of(by)
        questions = [_of_what_is_new(each) for each in kept]
        wanted = [
            question
            for each, question in zip(kept, questions, strict=True)
            if each.alerts and question is not None
        ]
        news = self._news.count(wanted, viewer)
        counts = iter(news.counts)
        return tuple(
            Standing(
                saved=each,
                question=question,
                fresh=next(counts) if each.alerts and question is not None else None,
                position=news.position,
            )
            for each, question in zip(kept, questions, strict=True)
        )

    def fresh(self, *, by: Account, viewer: Viewer) -> int:
        """How many of an account's searches have something new."""
        return sum(1 for each in self.standing(by=by, viewer=viewer) if each.fresh)

    def load(self, saved_id: int, *, by: Account) -> SavedSearch:
        """One of an account's searches.

        Raises:
            SavedSearchNotFoundError: It keeps none of that number.
        """
        by.require(_STAFF)
        with reading(self._engine) as connection:
            return self._opened(_require(connection, by, saved_id))

    def what_is_new(self, saved_id: int, *, by: Account) -> tuple[SavedSearch, Question, int]:
        """One of an account's searches, the question for what is new of it, and up to where.

        Raises:
            SavedSearchNotFoundError: It keeps none of that number.
            InvalidQueryError: This version cannot ask it.
            EngineUnavailableError: No index answers.
        """
        saved = self.load(saved_id, by=by)
        question = replace(by_date(asked(saved.arguments)), since=saved.seen_position)
        # Read before it is asked: what comes in between is shown, and shown once more.
        return saved, question, self._news.position()

    def rename(self, saved_id: int, name: str, *, by: Account) -> None:
        """Give a search another name.

        Raises:
            InvalidFieldError: The name cannot be used.
            SavedSearchNotFoundError: There is none of that number.
        """
        by.require(_STAFF)
        named = required("name", name)
        with writing(self._engine) as connection:
            saved = self._opened(_require(connection, by, saved_id))
            sealed = self._sealed(named, saved.arguments)
            repository.reseal(connection, by.account_id, saved_id, sealed)

    def set_alerts(self, saved_id: int, *, wanted: bool, by: Account) -> None:
        """Tell of what is new from now on, or no more.

        Raises:
            SavedSearchNotFoundError: There is none of that number.
        """
        by.require(_STAFF)
        with writing(self._engine) as connection:
            if not repository.set_alerts(connection, by.account_id, saved_id, wanted=wanted):
                raise SavedSearchNotFoundError(f"no saved search {saved_id}")

    def mark_seen(self, saved_id: int, position: int, *, by: Account) -> None:
        """Count as new only what comes after a position that its owner was shown.

        Raises:
            SavedSearchNotFoundError: There is none of that number.
        """
        by.require(_STAFF)
        with writing(self._engine) as connection:
            # Nobody has seen what has not come yet.
            position = min(position, outbox.newest_position(connection))
            if not repository.mark_seen(connection, by.account_id, saved_id, position):
                raise SavedSearchNotFoundError(f"no saved search {saved_id}")

    def remove(self, saved_id: int, *, by: Account) -> None:
        """Forget a search.

        Raises:
            SavedSearchNotFoundError: There is none of that number.
        """
        by.require(_STAFF)
        with writing(self._engine) as connection:
            if not repository.remove(connection, by.account_id, saved_id):
                raise SavedSearchNotFoundError(f"no saved search {saved_id}")

    def _sealed(self, name: str, arguments: Arguments) -> str:
        return self._vault.encrypt(json.dumps({"name": name, "arguments": arguments}))

    def _opened(self, row: SavedRow) -> SavedSearch:
        known = json.loads(self._vault.decrypt(row.sealed))
        return SavedSearch(
            saved_id=row.saved_id,
            name=known["name"],
            arguments=tuple((name, value) for name, value in known["arguments"]),
            saved_at=row.saved_at,
            seen_position=row.seen_position,
            alerts=row.alerts,
        )


def asked(arguments: Arguments) -> Question:
    """The question that was kept.

    Raises:
        InvalidQueryError: This version cannot ask it.
    """
    given: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in arguments:
        if value:
            given[name].append(value)
    return parse_question(given)


def _of_what_is_new(saved: SavedSearch) -> Question | None:
    try:
        return replace(by_date(asked(saved.arguments)), since=saved.seen_position)
    except InvalidQueryError:
        return None


def _require(connection: Connection, by: Account, saved_id: int) -> SavedRow:
    row = repository.find(connection, by.account_id, saved_id)
    if row is None:
        raise SavedSearchNotFoundError(f"no saved search {saved_id}")
    return row
