"""The settings that a room runs with, for those who set it up again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import URL, make_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.settings import IndexerSettings

_PREFIX: Final = "QUERY_ROOM_"
_SECRET: Final = re.compile("TOKEN|PASSWORD|SECRET|KEY|CREDENTIAL")
_SECRET_ARGUMENT: Final = re.compile("pass", re.IGNORECASE).search
_USER_INFO: Final = re.compile(r"(?<=://)[^/@]*@")


def settings_in_force(settings: IndexerSettings, environ: Mapping[str, str]) -> dict[str, str]:
    """Every variable that is set, and where the data is; no password, token or key among them.

    What is not set has the default of the version that the backup names.
    """
    found = {
        name: _USER_INFO.sub("", value)
        for name, value in environ.items()
        if name.startswith(_PREFIX) and not _SECRET.search(name)
    }
    found[f"{_PREFIX}DATA"] = str(settings.data)
    found[f"{_PREFIX}DATABASE_URL"] = _without_password(settings.database_url)
    return dict(sorted(found.items()))


def _without_password(url: str) -> str:
    # Not hidden by asterisks, which somebody would take for a password. Drivers also take one as
    # an argument of the query.
    given = make_url(url)
    bare = URL.create(
        given.drivername,
        username=given.username,
        host=given.host,
        port=given.port,
        database=given.database,
        query={name: value for name, value in given.query.items() if not _SECRET_ARGUMENT(name)},
    )
    return bare.render_as_string(hide_password=False)
