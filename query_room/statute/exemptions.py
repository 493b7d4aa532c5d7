"""The grounds on which information is withheld.

Source: 政府信息公开条例 (2019) art. 14–16.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from query_room.statute.codes import Disposition
from query_room.statute.errors import StatuteError
from query_room.statute.tables import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A ground for withholding.

    Attributes:
        key: By which decisions name it. text: In the words of the article, shortened.
        disposition: The row of table III that withholding on it leads to.
    """

    key: str
    article: str
    text: str
    disposition: Disposition


EXEMPTIONS: Final = tuple(
    Exemption(
        key=row["key"],
        article=row["article"],
        text=row["text"],
        disposition=Disposition(row["disposition"]),
    )
    for row in rows_of("exemptions.csv")
)


def exemption_of(key: str) -> Exemption:
    """The ground of that key.

    Raises:
        StatuteError: There is none.
    """
    for exemption in EXEMPTIONS:
        if exemption.key == key:
            return exemption
    raise StatuteError("unknown_exemption")
