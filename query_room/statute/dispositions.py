"""The rows of table III: what each says, on which articles, and which replies fit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from query_room.statute.codes import Disposition, ReplyType
from query_room.statute.errors import StatuteError
from query_room.statute.tables import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionRow:
    """How a request can end.

    Attributes:
        group: Its place in table III, e.g. ``三（三）4``. text: As the table words it.
        needs_exemption: Whether something must be withheld on a ground that leads here.
        can_be_proposed: Whether a handler chooses it; the others follow from what happened.
    """

    disposition: Disposition
    group: str
    text: str
    articles: str
    reply_types: tuple[ReplyType, ...]
    needs_exemption: bool
    can_be_proposed: bool


DISPOSITIONS: Final = {
    Disposition(row["code"]): DispositionRow(
        disposition=Disposition(row["code"]),
        group=row["group"],
        text=row["text"],
        articles=row["articles"],
        reply_types=tuple(ReplyType(each) for each in row["reply_types"].split()),
        needs_exemption=row["needs_exemption"] == "1",
        can_be_proposed=row["can_be_proposed"] == "1",
    )
    for row in rows_of("dispositions.csv")
}
"""Every disposition, in the order of the table."""


def disposition_row(disposition: Disposition) -> DispositionRow:
    """What the table says of a disposition."""
    return DISPOSITIONS[disposition]


def check_reply(disposition: Disposition, reply_type: ReplyType) -> None:
    """Go on only if a handler may propose the two together.

    Raises:
        StatuteError: They do not fit, or the disposition is not for a handler to choose.
    """
    row = DISPOSITIONS[disposition]
    if not row.can_be_proposed:
        raise StatuteError("not_for_choosing")
    if reply_type not in row.reply_types:
        raise StatuteError("reply_type_does_not_fit")
