"""Words for what became of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from search_api.replaying import Fate, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

FATES: Final[Mapping[Fate, LazyString]] = {
    Fate.KEPT: lazy_gettext("unchanged"),
    Fate.MOVED: lazy_gettext("moved"),
    Fate.LOST: lazy_gettext("lost"),
    Fate.GAINED: lazy_gettext("new"),
    Fate.BEYOND: lazy_gettext("beyond your rights"),
}
REASONS: Final[Mapping[Reason, LazyString]] = {
    Reason.ADDED: lazy_gettext("came into the archive since"),
    Reason.CHANGED: lazy_gettext("its description, text or level changed since"),
    Reason.WITHDRAWN: lazy_gettext("withdrawn since"),
    Reason.REMOVED: lazy_gettext("taken out with its batch"),
    Reason.RESTRICTED: lazy_gettext("no longer open to whoever asked"),
    Reason.HIDDEN: lazy_gettext("can no longer be shown"),
    Reason.OUTRANKED: lazy_gettext("still found, far behind"),
    Reason.ANALYSIS: lazy_gettext("the dictionary, the vocabulary or the analyzer is another"),
    Reason.READING: lazy_gettext("the question is relaxed or corrected in another way"),
    Reason.OTHERS: lazy_gettext("other records came, went or changed"),
}
