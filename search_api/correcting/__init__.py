"""What may be meant where nothing, or little, has what was typed.

``doubts`` finds the stretches of a question that may be wrong, ``candidates`` what each may have
been, ``choosing`` the corrections of the whole question that have records, and ``applying`` whether
one of them is asked instead. Candidates come from fixed lists, the same for every archive, and from
what the viewer may find by sound; each is asked for within the viewer's rights before it counts. So
nothing hidden is proposed, and nothing hidden changes what is proposed or how much is asked.
"""

from search_api.correcting.applying import Meant, as_typed, forgive
from search_api.correcting.inquiry import Inquiry

__all__ = ["Inquiry", "Meant", "as_typed", "forgive"]
