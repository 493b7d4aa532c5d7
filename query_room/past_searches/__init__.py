"""An answer as it was given, by the number of its search, and what has become of it.

Who may read it: whoever asked; for a search of somebody unknown, whoever has its number, which
nobody can guess; the counter, for searches made in a visit; and auditors, who see identifiers and
states alone. Everybody else is told that there is no such search. Hits are asked again with the
rights of whoever reads: what they may not see now is not shown, and not counted either.
"""

from query_room.past_searches.model import ComparedSearch, PastHit, PastSearch
from query_room.past_searches.service import PastSearches

__all__ = ["ComparedSearch", "PastHit", "PastSearch", "PastSearches"]
