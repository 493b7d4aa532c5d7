"""A logged search asked again, and what became of its answer.

What runs is the question with the rights of whoever asked it then *and* of whoever compares now:
the engine filters by both. So nobody learns through an old search of a record they may not see,
and who sees all that was seen then gets the whole comparison. Where the rights of now are
narrower, ranks of then and now cannot be held against each other: what stood between two hits is
not known. Then only this is told: which records still match, which do not, and which came since.
"""

from search_api.replaying.comparing import Fate, compare
from search_api.replaying.model import ComparedHit, Comparison, Reason
from search_api.replaying.service import Replays

__all__ = ["ComparedHit", "Comparison", "Fate", "Reason", "Replays", "compare"]
