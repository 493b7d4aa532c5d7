"""How long personal data is kept, and its erasure when that time is over.

Source: 个人信息保护法 art. 19 (no longer than needed); the unit's own table of retention.
"""

from query_room.retention.rules import RetentionRule, load_rules
from query_room.retention.service import Due, Erased, RetentionService

__all__ = ["Due", "Erased", "RetentionRule", "RetentionService", "load_rules"]
