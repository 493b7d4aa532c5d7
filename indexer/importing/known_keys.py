"""Records keep their identity when a catalogue is corrected.

A record is known by the surest thing that its row says. When a corrected catalogue or profile says
more (a 档号 where there was none), the record that is there already keeps the key by which it
was made: requests and registers cite it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.repositories import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from indexer.importing.items import Item
    from indexer.importing.plan import Plan


def with_known_keys(connection: Connection, source_id: int, plan: Plan) -> Plan:
    """The same plan, each item under the key by which the archive knows it already, if it does."""
    joined = plan.joined
    former = [key for item in joined.items for key in item.former_keys]
    if not former:
        return plan
    known = records.present_keys(connection, source_id, {*former, *(i.key for i in joined.items)})
    if known.keys().isdisjoint(former):
        return plan
    # A key that could mean several items means none of them.
    claims = Counter(key for item in joined.items for key in {item.key, *item.former_keys})
    renamed = {item.key: _known(item, known, claims) for item in joined.items}
    return replace(
        plan,
        joined=replace(joined, items=tuple(renamed.values())),
        items=tuple(renamed[item.key] for item in plan.items),
    )


def _known(item: Item, known: Mapping[str, tuple[str, str]], claims: Counter[str]) -> Item:
    if item.key in known or item.row is None:
        return item
    own = (item.row.external_id, item.row.texts.get("archival_code", ""))
    for key in item.former_keys:
        if key not in known or claims[key] > 1:
            continue
        # One title and date may stand in two catalogues: another code is another record.
        if all(kept in {"", said} for kept, said in zip(known[key], own, strict=True)):
            return replace(item, key=key)
    return item
