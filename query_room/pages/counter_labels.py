"""Words for what happens at the counter, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from query_room.outcomes import Outcome
from query_room.register import Mode
from query_room.visits import HandoverStatus, IdentityKind, Purpose, Standing, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

PURPOSES: Final[Mapping[Purpose, LazyString]] = {
    Purpose.PERSONAL_PROOF: lazy_gettext("Personal proof"),
    Purpose.SOCIAL_SECURITY: lazy_gettext("Social security"),
    Purpose.POLICY: lazy_gettext("Policy implementation"),
    Purpose.WORK: lazy_gettext("Official business"),
    Purpose.RESEARCH: lazy_gettext("Academic research"),
    Purpose.HISTORY: lazy_gettext("Histories and gazetteers"),
    Purpose.ECONOMY: lazy_gettext("Economic construction"),
    Purpose.EDUCATION: lazy_gettext("Publicity and education"),
    Purpose.OTHER: lazy_gettext("Other"),
}
"""In the order in which the counter meets them."""
STANDINGS: Final[Mapping[Standing, LazyString]] = {
    Standing.OWN: lazy_gettext("For themselves"),
    Standing.AGENT: lazy_gettext("For somebody else"),
    Standing.UNIT: lazy_gettext("For an organisation"),
}
IDENTITY_KINDS: Final[Mapping[IdentityKind, LazyString]] = {
    IdentityKind.ID_CARD: lazy_gettext("Resident identity card"),
    IdentityKind.INTRODUCTION_LETTER: lazy_gettext("Letter of introduction"),
    IdentityKind.PASSPORT: lazy_gettext("Passport"),
    IdentityKind.RESIDENCE_PERMIT: lazy_gettext("Residence permit (HK, Macao, Taiwan)"),
    IdentityKind.MILITARY: lazy_gettext("Military card"),
    IdentityKind.OTHER: lazy_gettext("Another document"),
    IdentityKind.NONE: lazy_gettext("None shown"),
}
MODES: Final[Mapping[Mode, LazyString]] = {
    Mode.CONSULT: lazy_gettext("Consulted"),
    Mode.COPY: lazy_gettext("Copied"),
    Mode.EXCERPT: lazy_gettext("Excerpted"),
    Mode.CERTIFY: lazy_gettext("Certified"),
    Mode.LEND: lazy_gettext("Lent"),
}
OUTCOMES: Final[Mapping[Outcome, LazyString]] = {
    Outcome.FOUND: lazy_gettext("Found"),
    Outcome.PARTLY: lazy_gettext("Partly found"),
    Outcome.NONE: lazy_gettext("Not found"),
}
HANDOVER_STATUSES: Final[Mapping[HandoverStatus, LazyString]] = {
    HandoverStatus.WAITING: lazy_gettext("Waiting"),
    HandoverStatus.TAKEN: lazy_gettext("Being looked for"),
    HandoverStatus.ANSWERED: lazy_gettext("Answered, to be told"),
    HandoverStatus.DELIVERED: lazy_gettext("Visitor was told"),
    HandoverStatus.CANCELLED: lazy_gettext("Cancelled"),
}
STEPS: Final[Mapping[Step, LazyString]] = {
    Step.TAKE: lazy_gettext("Take it"),
    Step.PUT_BACK: lazy_gettext("Put it back"),
    Step.DELIVER: lazy_gettext("The visitor was told"),
    Step.CANCEL: lazy_gettext("Ask no longer"),
}
"""Steps that are one press of a button; answering has a form."""
