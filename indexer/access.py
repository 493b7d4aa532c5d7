"""Who may see a record.

Three independent judgements of the archive (secrecy, opening, disclosure) yield one *audience*. A
*viewer* is an audience plus the agencies whose internal records they may see plus dated grants to
single records or fonds. The engine filters by exactly what :func:`Viewer.may_see` says, so there is
one rule and two executions of it; a property test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from indexer.identity import RecordId


class Audience(IntEnum):
    """The widest circle that may see a record; a larger number is a smaller circle."""

    PUBLIC = 0
    READING_ROOM = 1
    STAFF = 2
    ARCHIVIST = 3

    @property
    def slug(self) -> str:
        """The name used in URLs, commands and the index: ``reading-room``, not ``READING_ROOM``."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def from_slug(cls, slug: str) -> Audience:
        """The audience of that name.

        Raises:
            ValueError: No audience is called that.
        """
        for audience in cls:
            if audience.slug == slug:
                return audience
        raise ValueError(slug)


class Secrecy(StrEnum):
    """密级. The last three never enter the text store: see :mod:`indexer.official.markings`."""

    PUBLIC = "public"  # 公开
    INTERNAL = "internal"  # 内部
    WORK_SECRET = "work_secret"  # noqa: S105 - 工作秘密
    SECRET = "secret"  # noqa: S105 - 秘密
    CONFIDENTIAL = "confidential"  # 机密
    TOP = "top"  # 绝密

    @property
    def is_state_secret(self) -> bool:
        """Whether the Secrets Law keeps it off this system altogether (保守国家秘密法 art. 31)."""
        return self in (Secrecy.SECRET, Secrecy.CONFIDENTIAL, Secrecy.TOP)


class Opening(StrEnum):
    """开放状态 of the archive law (档案法 art. 27-30)."""

    OPEN = "open"  # 开放
    CONTROLLED = "controlled"  # 控制
    DELAYED = "delayed"  # 延期开放
    UNREVIEWED = "unreviewed"  # 未审核


class Disclosure(StrEnum):
    """公开属性 of the disclosure regulation (政府信息公开条例 art. 19-27)."""

    PROACTIVE = "proactive"  # 主动公开
    ON_REQUEST = "on_request"  # 依申请公开
    NOT_PUBLIC = "not_public"  # 不予公开


class Basis(StrEnum):
    """The judgement that decides who may see a record; the first that applies."""

    STATE_SECRET = "state_secret"  # noqa: S105 - 国家秘密
    WORK_SECRET = "work_secret"  # noqa: S105 - 工作秘密
    INTERNAL = "internal"  # 内部
    PUBLISHED = "published"  # 主动公开
    OPENED = "opened"  # 已开放
    ON_REQUEST = "on_request"  # 依申请公开，未经开放审核
    HELD_BACK = "held_back"  # 未开放、未公开


_AUDIENCES: Final[dict[Basis, Audience | None]] = {
    Basis.STATE_SECRET: None,
    Basis.WORK_SECRET: Audience.ARCHIVIST,
    Basis.INTERNAL: Audience.STAFF,
    Basis.PUBLISHED: Audience.PUBLIC,
    Basis.OPENED: Audience.PUBLIC,
    Basis.ON_REQUEST: Audience.READING_ROOM,
    Basis.HELD_BACK: Audience.STAFF,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The three judgements on one record; anything not judged is denied."""

    secrecy: Secrecy = Secrecy.PUBLIC
    opening: Opening = Opening.CONTROLLED
    disclosure: Disclosure | None = None

    @property
    def basis(self) -> Basis:  # noqa: PLR0911 - one for each
        """Which of the judgements decides who may see it."""
        if self.secrecy.is_state_secret:
            return Basis.STATE_SECRET
        if self.secrecy is Secrecy.WORK_SECRET:
            return Basis.WORK_SECRET
        if self.secrecy is Secrecy.INTERNAL:
            return Basis.INTERNAL
        if self.disclosure is Disclosure.PROACTIVE:
            return Basis.PUBLISHED
        if self.opening is Opening.OPEN:
            return Basis.OPENED
        if self.disclosure is Disclosure.ON_REQUEST and self.opening is Opening.UNREVIEWED:
            return Basis.ON_REQUEST
        return Basis.HELD_BACK

    @property
    def audience(self) -> Audience | None:
        """The audience these judgements yield, or ``None`` when nobody may see it here.

        Public needs ``secrecy=public`` and one of proactive disclosure or an opened file; the
        reading room adds what is given on request and not held back by the archive.
        """
        return _AUDIENCES[self.basis]

    @property
    def is_internal(self) -> bool:
        """Whether the record is internal to its agency (内部)."""
        return self.secrecy is Secrecy.INTERNAL


LEVEL_PRESETS: Final[dict[str, Level]] = {
    "public": Level(opening=Opening.OPEN, disclosure=Disclosure.PROACTIVE),
    "reading-room": Level(opening=Opening.UNREVIEWED, disclosure=Disclosure.ON_REQUEST),
    "staff": Level(opening=Opening.CONTROLLED),
    "archivist": Level(secrecy=Secrecy.WORK_SECRET, opening=Opening.CONTROLLED),
}
"""What ``query-room index --level NAME`` gives a record that says nothing of itself."""

DEFAULT_LEVEL: Final = Level()
"""控制 (controlled): the level of a record for which nobody has said anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAccess:
    """The facts about a record that access depends on.

    Attributes:
        record_id: The record.
        audience: From :attr:`Level.audience`; ``None`` is seen by nobody.
        internal_to: The agency whose internal record it is, ``""`` where the agency is unknown
            (then only viewers of all agencies see it), or ``None`` where it is not internal.
        fonds: 全宗号, or ``""``.
    """

    record_id: RecordId
    audience: Audience | None
    internal_to: str | None
    fonds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Whoever asks. Build one per question: grants are dated and end.

    Attributes:
        audience: The circle the viewer belongs to.
        agencies: Agencies whose internal records the viewer may see; needs ``audience`` of at
            least staff to matter.
        all_agencies: Sees the internal records of every agency (the archive's own people).
        granted_records: Records opened to this viewer by a grant in force now.
        granted_fonds: Fonds opened to this viewer by a grant in force now.
    """

    audience: Audience
    agencies: frozenset[str] = field(default_factory=frozenset)
    all_agencies: bool = False
    granted_records: frozenset[RecordId] = field(default_factory=frozenset)
    granted_fonds: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_public(self) -> bool:
        """Whether the public pair of indexes answers this viewer completely."""
        return (
            self.audience is Audience.PUBLIC and not self.granted_records and not self.granted_fonds
        )

    def may_see(self, access: RecordAccess) -> bool:
        """Whether the viewer may know that this record exists. Withdrawal is checked apart."""
        if access.audience is None:
            return False
        if access.record_id in self.granted_records:
            return True
        if access.fonds and access.fonds in self.granted_fonds:
            return True
        if access.audience > self.audience:
            return False
        if access.internal_to is None or self.all_agencies:
            return True
        return access.internal_to in self.agencies


PUBLIC_VIEWER: Final = Viewer(audience=Audience.PUBLIC)
"""Anybody, on the open network."""
