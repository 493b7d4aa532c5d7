"""An organ as its letters show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from query_room.letters.model import Letterhead

if TYPE_CHECKING:
    from query_room.organs import Organ


def letterhead(organ: Organ) -> Letterhead:
    """The head of an organ's letters."""
    return Letterhead(
        organ=organ.name,
        office=organ.disclosure_office,
        address=organ.address,
        postcode=organ.postcode,
        phone=organ.phone,
        fax=organ.fax,
        hours=organ.hours,
        seal=organ.seal_name,
    )
