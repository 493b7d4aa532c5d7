"""查阅登记: what was consulted, copied, certified or lent in a visit, tied to its search."""

from query_room.register.model import (
    EVERY_ENTRY,
    EntryFilter,
    Mode,
    NewEntry,
    NewItem,
    PageRange,
    RegisterCounts,
    RegisterEntry,
    RegisterItem,
)
from query_room.register.service import RegisterService

__all__ = [
    "EVERY_ENTRY",
    "EntryFilter",
    "Mode",
    "NewEntry",
    "NewItem",
    "PageRange",
    "RegisterCounts",
    "RegisterEntry",
    "RegisterItem",
    "RegisterService",
]
