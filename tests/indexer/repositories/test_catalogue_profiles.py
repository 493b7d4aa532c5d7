from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.repositories import catalogue_profiles

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_versions_are_numbered_and_the_one_saved_last_comes_first(database: Engine) -> None:
    with writing(database) as connection:
        for name in ("甲", "乙", "甲"):
            catalogue_profiles.add(
                connection, name, {"n": name}, is_retired=False, by="li", at=utc_now()
            )
    with reading(database) as connection:
        assert [(each.name, each.version) for each in catalogue_profiles.latest(connection)] == [
            ("甲", 2),
            ("乙", 1),
        ]
        found = catalogue_profiles.versions(connection, "甲")
    assert [(each.version, each.body, each.saved_by) for each in found] == [
        (2, {"n": "甲"}, "li"),
        (1, {"n": "甲"}, "li"),
    ]
