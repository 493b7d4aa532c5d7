from __future__ import annotations

from indexer.errors import QueryRoomError
from search_api import errors


def test_every_error_stands_in_the_tree_and_has_a_code_of_its_own() -> None:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, QueryRoomError)
        and kind.__module__ == errors.__name__
    ]
    assert kinds
    assert len({kind.code for kind in kinds} | {QueryRoomError.code}) == len(kinds) + 1
    for kind in kinds:
        assert kind.__name__ in str(errors.__doc__)
