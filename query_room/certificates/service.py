"""Issuing certificates over entries of the register, and drawing them."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from indexer.access import Audience
from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.certificates import repository
from query_room.certificates.errors import CertificateRefusedError
from query_room.certificates.model import Certificate
from query_room.fields import LONG, optional
from query_room.letters import FilledLetter, Letter, LetterKind, LetterSearch, LetterSource
from query_room.letters.docx import draw_docx
from query_room.letters.html import draw_html
from query_room.letters.letterheads import letterhead
from query_room.letters.words import BY_ARCHIVIST, SYSTEM
from query_room.outcomes import Outcome
from query_room.register.page_ranges import format_ranges
from query_room.visits.personal_data import PersonalData
from query_room.visits.service import lock_visit, require_visit
from search_api.china_time import day_in_china
from search_api.log import EventKind, NewEvent, append, searches_of_visit
from search_api.log.chain import canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine, Row

    from indexer.access import Viewer
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord
    from query_room.letters import Letters
    from query_room.organs import Organ, OrganService
    from query_room.register import RegisterEntry, RegisterItem, RegisterService
    from query_room.vault import Vault
    from query_room.visits import HandoverService

_SERIES: Final = "certificate"


class CertificateService:
    """Certificates of a room's first organ, in whose name the archive attests."""

    def __init__(
        self,
        *,
        engine: Engine,
        vault: Vault,
        organs: OrganService,
        register: RegisterService,
        handovers: HandoverService,
        letters: Letters,
        find_record: FindRecord,
        name_of: Callable[[str], str],
    ) -> None:
        self._engine = engine
        self._personal = PersonalData(vault)
        self._organs = organs
        self._register = register
        self._handovers = handovers
        self._letters = letters
        self._find_record = find_record
        self._name_of = name_of

    def issue(
        self, entry_id: str, *, extract: str, copied_pages: int, by: Account, viewer: Viewer
    ) -> Certificate:
        """Attest what an entry says: what was found, or that nothing was.

        Args:
            entry_id: The entry; each gets one certificate.
            extract: The words of the record, literally; empty where a copy is attached.
            copied_pages: Pages of the copy attached.
            by: The keeper (经办人).
            viewer: With which rights; nothing beyond them can be attested.

        Raises:
            CertificateRefusedError: The entry has one already or was corrected; nobody is named;
                records of it are hidden from the account; nothing was found and no archivist has
                looked; something was found, but neither extract nor copy is given.
            InvalidFieldError: The extract is too long.
        """
        by.require(Permission.SERVE_VISITORS)
        extract = optional("extract", extract, LONG)
        entry = self._register.load(entry_id, by=by, viewer=viewer)
        if entry.corrected_by is not None:
            raise CertificateRefusedError("corrected")
        kind = LetterKind.NONE_FOUND if entry.outcome is Outcome.NONE else LetterKind.CERTIFICATE
        if kind is LetterKind.CERTIFICATE and not (extract or copied_pages > 0):
            raise CertificateRefusedError("nothing_to_attest")
        sources = tuple(self._source(item, viewer) for item in entry.items)
        if kind is LetterKind.CERTIFICATE and not sources:
            raise CertificateRefusedError("hidden")
        organ = self._organs.list_open()[0]
        now = utc_now()
        day = day_in_china(now)
        with writing(self._engine) as connection:
            visit = lock_visit(connection, entry.visit_id)
            if repository.of_entry(connection, entry_id) is not None:
                raise CertificateRefusedError("issued_before")
            visitor = self._personal.visitor(connection, visit.visit_id, visit.person_event_id)
            searches = self._searches(connection, entry, by=by, viewer=viewer)
            if kind is LetterKind.NONE_FOUND and not any(_is_archivists(each) for each in searches):
                raise CertificateRefusedError("needs_archivist_search")
            count = self._organs.next_number(connection, organ.organ_id, _SERIES, day.year)
            letter = Letter(
                kind=kind,
                number=_number(organ, day.year, count),
                day=day,
                letterhead=letterhead(organ),
                addressee=visitor.organisation or visitor.name,
                received_on=day_in_china(visit.opened_at),
                asked_for="、".join(dict.fromkeys(each.words for each in searches if each.words)),
                sources=sources,
                extract=extract,
                count=copied_pages,
                searches=searches,
                keeper=by.display_name,
            )
            filled = replace(self._letters.fill(letter), salt=secrets.token_hex(16))
            text = canonical_json([filled.organ, filled.text, filled.salt])
            text_event_id = self._personal.keep_text(connection, visit.visit_id, text, now)
            certificate_id = f"{entry_id}-z"
            event_id = append(
                connection,
                NewEvent(
                    at=now,
                    kind=EventKind.CERTIFICATE_ISSUED,
                    subject=certificate_id,
                    body={
                        "visit_id": visit.visit_id,
                        "entry": entry_id,
                        "letter_kind": kind.value,
                        "certificate": letter.number,
                        "records": [[item.record_id, item.content_hash] for item in entry.items],
                        "digest": filled.digest,
                        "text_event": text_event_id,
                        "by": by.name,
                    },
                ),
            )
            repository.add(
                connection,
                certificate_id=certificate_id,
                entry_id=entry_id,
                visit_id=visit.visit_id,
                kind=kind.value,
                number=letter.number,
                day=day,
                event_id=event_id,
                text_event_id=text_event_id,
                text_hash=filled.digest,
                issued_by=by.name,
            )
        found = self.of_entry(entry_id, by=by)
        assert found is not None  # noqa: S101 - it was just written
        return found

    def of_entry(self, entry_id: str, *, by: Account) -> Certificate | None:
        """The certificate of an entry, or ``None``."""
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            row = repository.of_entry(connection, entry_id)
        return None if row is None else _certificate(row)

    def docx(self, certificate_id: str, *, by: Account) -> bytes:
        """A certificate as a document.

        Raises:
            CertificateRefusedError: There is none, or what it says was erased.
        """
        return draw_docx(self._load(certificate_id, by).document())

    def html(self, certificate_id: str, *, by: Account) -> str:
        """A certificate as a page to print; errors as of :meth:`docx`."""
        return draw_html(self._load(certificate_id, by).document())

    def _load(self, certificate_id: str, by: Account) -> FilledLetter:
        by.require(Permission.SERVE_VISITORS)
        with reading(self._engine) as connection:
            row = repository.find(connection, certificate_id)
            if row is None:
                raise CertificateRefusedError("unknown")
            require_visit(connection, row.visit_id)
            texts = self._personal.texts(connection, [(row.visit_id, row.text_event_id)])
        if row.text_event_id not in texts:
            raise CertificateRefusedError("unknown")
        organ, words, salt = json.loads(texts[row.text_event_id])
        return FilledLetter(organ=organ, text=words, salt=salt)

    def _source(self, item: RegisterItem, viewer: Viewer) -> LetterSource:
        record = self._find_record(item.record_id, viewer)
        wanted = {pages.file_ordinal for pages in item.pages}
        hashes = [
            file.file_hash
            for file in record.files
            if file.file_hash and (not wanted or file.ordinal in wanted)
        ]
        return LetterSource(
            archival_code=item.archival_code or item.record_id,
            title=record.description.title,
            pages=format_ranges(item.pages),
            file_hash="、".join(hashes),
        )

    def _searches(
        self, connection: Connection, entry: RegisterEntry, *, by: Account, viewer: Viewer
    ) -> tuple[LetterSearch, ...]:
        made = [
            LetterSearch(
                where=SYSTEM
                + (
                    BY_ARCHIVIST
                    if Audience.from_slug(search.entry.audience) is Audience.ARCHIVIST
                    else ""
                ),
                words=search.entry.text,
                day=day_in_china(search.at),
                by=self._name_of(search.actor),
            )
            for search in searches_of_visit(connection, entry.visit_id)
            if search.entry is not None
        ]
        made += [
            LetterSearch(
                where=SYSTEM + BY_ARCHIVIST,
                words=each.note or "",
                day=day_in_china(each.answer.at),
                by=self._name_of(each.answer.by),
            )
            for each in self._handovers.of_visit(entry.visit_id, by=by, viewer=viewer)
            if each.answer is not None and each.answer.outcome is Outcome.NONE
        ]
        return tuple(made)


def _is_archivists(search: LetterSearch) -> bool:
    return search.where.endswith(BY_ARCHIVIST)


def _number(organ: Organ, year: int, count: int) -> str:
    return f"{organ.number_prefix.removesuffix('依申')}档证〔{year}〕{count}号"


def _certificate(row: Row[Any]) -> Certificate:
    return Certificate(
        certificate_id=row.certificate_id,
        entry_id=row.entry_id,
        visit_id=row.visit_id,
        kind=LetterKind(row.kind),
        number=row.number,
        day=row.day,
        text_hash=row.text_hash,
        issued_by=row.issued_by,
    )
