"""Papers laid before those who must sign them, in the order that the organ set.

Source: 政府信息公开条例 (2019) art. 17 asks for a documented review and leaves steps and roles to
the organ. Whoever has a paper to review opens a review in their own transaction and is told when
the last signature is there.
"""

from query_room.reviews.errors import ReviewRefusedError
from query_room.reviews.model import Review, ReviewStatus, Signature, Verdict
from query_room.reviews.service import ReviewService

__all__ = ["Review", "ReviewRefusedError", "ReviewService", "ReviewStatus", "Signature", "Verdict"]
