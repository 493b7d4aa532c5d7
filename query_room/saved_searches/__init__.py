"""Questions that the staff keep, and what is new of what they find.

Each belongs to one account, and nobody else learns of it. What is new is counted when its owner
looks, with the rights that the owner has in that moment.
"""

from query_room.saved_searches.errors import SavedSearchNotFoundError, TooManySavedError
from query_room.saved_searches.model import SavedSearch, Standing
from query_room.saved_searches.service import MOST, SavedSearches

__all__ = [
    "MOST",
    "SavedSearch",
    "SavedSearchNotFoundError",
    "SavedSearches",
    "Standing",
    "TooManySavedError",
]
