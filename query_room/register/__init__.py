"""查阅登记: what was consulted, copied, certified or lent in a visit, tied to its search."""

from query_room.register.effects import Effect, EffectsOfUse
from query_room.register.model import (
    EVERY_ENTRY,
    EntryFilter,
    Mode,
    MonthCounts,
    NewEntry,
    NewItem,
    PageRange,
    RegisterCounts,
    RegisterEntry,
    RegisterItem,
)
from query_room.register.periods import RegisterPeriods
from query_room.register.service import RegisterService

__all__ = [
    "EVERY_ENTRY",
    "Effect",
    "EffectsOfUse",
    "EntryFilter",
    "Mode",
    "MonthCounts",
    "NewEntry",
    "NewItem",
    "PageRange",
    "RegisterCounts",
    "RegisterEntry",
    "RegisterItem",
    "RegisterPeriods",
    "RegisterService",
]
