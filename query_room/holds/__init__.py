"""Holds: personal data that must stay though its time is over, as long as it may be needed.

Source: 个人信息保护法 art. 47 (erasure waits where the law demands keeping); 行政诉讼法 art. 34
(the agency proves what it did).
"""

from query_room.holds.errors import HeldError, HoldNotFoundError
from query_room.holds.model import Hold
from query_room.holds.service import Holds, require_free

__all__ = ["HeldError", "Hold", "HoldNotFoundError", "Holds", "require_free"]
