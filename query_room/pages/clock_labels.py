"""Words for the days of a clock, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from query_room.clock import LineReason

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY_REASONS: Final[Mapping[LineReason, LazyString]] = {
    LineReason.RECEIVED: lazy_gettext("Received; the day itself is not counted"),
    LineReason.REOPENED: lazy_gettext("Reopened; the day itself is not counted"),
    LineReason.RESTARTED: lazy_gettext("The period begins anew; the day itself is not counted"),
    LineReason.COUNTED: lazy_gettext("Working day"),
    LineReason.MAKE_UP: lazy_gettext("Make-up working day"),
    LineReason.WEEKEND: lazy_gettext("Weekend"),
    LineReason.HOLIDAY: lazy_gettext("Holiday"),
    LineReason.AWAITING_CORRECTION: lazy_gettext("Waiting for the correction"),
    LineReason.AWAITING_PAYMENT: lazy_gettext("Waiting for the payment"),
    LineReason.THIRD_PARTY: lazy_gettext("A third party is being consulted: not counted"),
    LineReason.OTHER_ORGAN: lazy_gettext("Another organ is being consulted: not counted"),
}
