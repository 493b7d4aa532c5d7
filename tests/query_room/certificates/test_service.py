"""What the archive attests, and what it does not."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import docx
import pytest

from query_room.certificates import CertificateRefusedError, CertificateService
from query_room.errors import PermissionDeniedError
from query_room.letters import LetterKind, Letters
from query_room.organs import OrganService
from query_room.outcomes import Outcome
from query_room.register import Mode, NewEntry, NewItem, PageRange, RegisterService
from query_room.visits import NewAnswer
from search_api.log import events_of_subject, verify
from tests.query_room.counter import ZHANG, Counter, counter

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["counter"]  # the fixture


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A counter whose archive issues certificates."""

    counter: Counter
    register: RegisterService
    certificates: CertificateService

    def entry(self, outcome: Outcome = Outcome.FOUND) -> str:
        """Somebody came, and something or nothing was found."""
        counter = self.counter
        visit = counter.open_visit().visit_id
        answer = counter.ask("知青名单", visit)
        record = answer.hits[0].record
        items = (
            (
                NewItem(
                    record_id=record.record_id,
                    mode=Mode.CONSULT,
                    pages=(PageRange(first=1, last=1),),
                ),
            )
            if outcome is Outcome.FOUND
            else ()
        )
        new = NewEntry(search_id=answer.search_id, outcome=outcome, items=items)
        entry = self.register.log_entry(
            visit, new, by=counter.staff, viewer=counter.viewer(counter.staff)
        )
        return entry.entry_id

    def issue(self, entry_id: str, extract: str = "王小明，男。", copied: int = 0) -> str:
        counter = self.counter
        return self.certificates.issue(
            entry_id,
            extract=extract,
            copied_pages=copied,
            by=counter.staff,
            viewer=counter.viewer(counter.staff),
        ).certificate_id

    def words(self, certificate_id: str) -> str:
        content = self.certificates.docx(certificate_id, by=self.counter.staff)
        document = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in document.paragraphs), *cells])


@pytest.fixture
def desk(counter: Counter, tmp_path: Path) -> Desk:
    organs = OrganService(engine=counter.engine)
    organs.ensure_default("清河区人民政府")
    register = RegisterService(
        engine=counter.engine, vault=counter.vault, find_record=counter.search.record
    )
    return Desk(
        counter=counter,
        register=register,
        certificates=CertificateService(
            engine=counter.engine,
            vault=counter.vault,
            organs=organs,
            register=register,
            handovers=counter.handovers,
            letters=Letters(tmp_path / "letters"),
            find_record=counter.search.record,
            name_of=counter.accounts.display_name,
        ),
    )


def test_what_was_found_is_attested_literally_with_its_place(desk: Desk) -> None:
    entry_id = desk.entry()
    words = desk.words(desk.issue(entry_id))
    made = desk.certificates.of_entry(entry_id, by=desk.counter.staff)
    assert made is not None
    assert made.kind is LetterKind.CERTIFICATE
    assert made.number.endswith("1号")
    assert made.number in words
    assert "王小明，男。" in words
    assert "Q012-1971-Y-0003" in words
    assert ZHANG.organisation in words
    assert "不作解释" in words


def test_each_entry_gets_one_and_numbers_have_no_gaps(desk: Desk) -> None:
    first = desk.entry()
    desk.issue(first)
    with pytest.raises(CertificateRefusedError, match="issued_before"):
        desk.issue(first)
    visit = first.rpartition("-")[0]
    desk.counter.visits.close_visit(visit, by=desk.counter.staff)
    second = desk.entry()
    with pytest.raises(CertificateRefusedError, match="nothing_to_attest"):
        desk.issue(second, extract=" ")
    desk.issue(second, extract="", copied=2)
    made = desk.certificates.of_entry(second, by=desk.counter.staff)
    assert made is not None
    assert made.number.endswith("2号")
    assert "共2页" in desk.words(made.certificate_id)


def test_nothing_found_needs_an_archivist_who_looked(desk: Desk) -> None:
    entry_id = desk.entry(Outcome.NONE)
    visit = entry_id.rpartition("-")[0]
    with pytest.raises(CertificateRefusedError, match="needs_archivist_search"):
        desk.issue(entry_id)
    counter = desk.counter
    search = counter.ask("张建国 招工", visit)
    handover = counter.handovers.ask(
        visit, search_id=search.search_id, note="张建国的招工表", by=counter.staff
    )
    counter.handovers.take(handover, by=counter.archivist)
    looked = counter.ask("张建国 招工", by=counter.archivist)
    counter.handovers.answer(
        handover,
        NewAnswer(text="未查到", outcome=Outcome.NONE, records=(), searches=(looked.search_id,)),
        by=counter.archivist,
        viewer=counter.viewer(counter.archivist),
    )
    words = desk.words(desk.issue(entry_id))
    assert "查无证明" in words
    assert "张建国的招工表" in words
    assert "不存在" not in words


def test_who_does_not_serve_visitors_neither_issues_nor_reads(desk: Desk) -> None:
    entry_id = desk.entry()
    certificate_id = desk.issue(entry_id)
    with pytest.raises(PermissionDeniedError):
        desk.certificates.docx(certificate_id, by=desk.counter.auditor)
    with pytest.raises(CertificateRefusedError, match="unknown"):
        desk.certificates.html("nothing", by=desk.counter.staff)


def test_what_it_says_is_erased_with_the_visitor_and_the_chain_stays_whole(desk: Desk) -> None:
    entry_id = desk.entry()
    certificate_id = desk.issue(entry_id)
    (event,) = events_of_subject(desk.counter.engine, certificate_id)
    assert "王小明" not in str(event.body)
    visit = entry_id.rpartition("-")[0]
    desk.counter.visits.erase_person(visit, ground="到期", by=desk.counter.archivist)
    with pytest.raises(CertificateRefusedError, match="unknown"):
        desk.certificates.docx(certificate_id, by=desk.counter.staff)
    assert verify(desk.counter.engine).is_whole
