"""The last searches of the log, asked in the generation that answers and in the one that follows.

Shown are numbers and identifiers of searches, never what people asked nor what was found: whoever
runs the machine decides whether to swap, and needs neither.
"""

from search_api.rehearsing.model import Rehearsal, RehearsedSearch
from search_api.rehearsing.service import COMPARED, Rehearsals, load_rehearsal

__all__ = ["COMPARED", "Rehearsal", "Rehearsals", "RehearsedSearch", "load_rehearsal"]
