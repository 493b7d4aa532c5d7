from __future__ import annotations

import json

from indexer.access import DEFAULT_LEVEL, LEVEL_PRESETS, Disclosure, Opening, Secrecy
from indexer.catalogue import CatalogueRow
from indexer.custody import Custody, CustodyKind
from indexer.dates import PartialDate
from indexer.importing.items import Item
from indexer.importing.origins import origin_to_json, preset_of, row_of

ROW = CatalogueRow(
    number=7,
    external_id="A-7",
    texts={"title": "防汛通知", "fonds": "J001"},
    date=PartialDate(2008, 3),
    persons=("王某",),
    secrecy=Secrecy.INTERNAL,
    opening=Opening.OPEN,
    disclosure=Disclosure.ON_REQUEST,
    custody=Custody(
        kind=CustodyKind.TRANSFERRED,
        due_on=PartialDate(2018),
        transferred_on=PartialDate(2019, 1, 2),
    ),
)


def test_row_and_preset_come_back_through_json() -> None:
    preset = LEVEL_PRESETS["public"]
    origin = json.loads(json.dumps(origin_to_json(Item(key="k", row=ROW, files=()), preset)))
    assert row_of(origin) == ROW
    assert preset_of(origin) == preset


def test_silence_comes_back_as_silence() -> None:
    bare = CatalogueRow(number=1, external_id="")
    origin = json.loads(json.dumps(origin_to_json(Item(key="k", row=bare, files=()), None)))
    assert row_of(origin) == bare
    assert preset_of(origin) is None
    alone = json.loads(json.dumps(origin_to_json(Item(key="k", row=None, files=()), DEFAULT_LEVEL)))
    assert row_of(alone) is None
    assert preset_of(alone) == DEFAULT_LEVEL
