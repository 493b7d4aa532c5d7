"""After an erasure nothing in the data folder says who applied, for what, or what was searched."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from sqlalchemy import text

from indexer.database import reading, utc_now
from query_room.clock import Channel, ConsultedParty
from query_room.letters import LetterKind
from query_room.proofs import ProofKind, prepare
from query_room.requests import Manner
from search_api.china_time import day_in_china
from search_api.log import seal, verify
from tests.query_room.requests.conftest import LI
from tests.query_room.requests.issuing import issue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.query_room.requests.conftest import Office

SEARCHED = "李秀英的下乡证明"


def whole_way(office: Office) -> str:
    """A request with everything in it that may name somebody, closed."""
    stream = io.BytesIO()
    Image.effect_noise((400, 300), 60).save(stream, "PNG")
    receipt = office.requests.intake.file(
        office.new(channel=Channel.FAX, received_on=None),
        proofs=[prepare(stream.getvalue(), ProofKind.IDENTITY)],
        by=office.handler,
    )
    number = receipt.request_id
    today = day_in_china(utc_now())
    office.requests.intake.confirm(
        number, organ_confirmed_on=today, applicant_confirmed_on=today, by=office.handler
    )
    office.requests.intake.assign(number, office.handler.name, by=office.handler)
    office.requests.consulting.consult(
        number,
        party=ConsultedParty.OTHER_ORGAN,
        name="红旗公社",
        about="李秀英所请",
        by=office.handler,
    )
    office.ask(SEARCHED, number)
    issue(office, number, LetterKind.RECEIPT)
    office.requests.deciding.dispatch(
        number,
        f"{number}-l01",
        manner=Manner.CALLED,
        day=today,
        note="李秀英本人接听",
        by=office.handler,
    )
    office.requests.deciding.withdraw(number, reason="李秀英来电撤回", by=office.handler)
    return number


def kept_by_database(office: Office) -> bytes:
    """Every value of every table, as PostgreSQL or SQLite hands it out."""
    with reading(office.room.engine) as connection:
        names = [
            *("log_event", "log_body", "logged_search", "records_request"),
            *("request_letter", "request_consultation", "request_dispatch", "notice"),
        ]
        rows = [
            str(tuple(row))
            for name in names
            for row in connection.execute(text(f"SELECT * FROM {name}"))
        ]
    return "\n".join(rows).encode()


def files_under(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_that_names_somebody_is_ever_written_in_clear(
    office: Office, tmp_path: Path
) -> None:
    whole_way(office)
    kept = kept_by_database(office) + files_under(tmp_path)
    for word in (LI.name + "本人", LI.identity_number, LI.phone, LI.email, LI.address):
        assert word.encode() not in kept, word


def test_after_erasure_not_even_the_ciphertext_stays(office: Office, tmp_path: Path) -> None:
    number = whole_way(office)
    with reading(office.room.engine) as connection:
        sealed = [
            row.body[12:72].encode()
            for row in connection.execute(
                text(
                    "SELECT body FROM log_body JOIN log_event USING (event_id)"
                    " WHERE subject = :number AND body LIKE '{\"sealed\"%'"
                ),
                {"number": number},
            )
        ]
    assert len(sealed) >= 8
    office.requests.intake.erase_applicant(number, ground="保存期满", by=office.archivist)
    kept = kept_by_database(office)
    if office.room.engine.dialect.name == "sqlite":
        kept += files_under(tmp_path)
    else:
        kept += files_under(tmp_path / "keys")
    for token in sealed:
        assert token not in kept
    for word in (LI.name, LI.identity_number, LI.phone, SEARCHED):
        assert word.encode() not in kept, word
    seal(office.room.engine)
    assert verify(office.room.engine).is_whole


@pytest.mark.parametrize("name", ["docx", "html"])
def test_a_letter_whose_words_were_erased_cannot_be_drawn(office: Office, name: str) -> None:
    from query_room.requests import ApplicantErasedError  # noqa: PLC0415 - its one use

    number = whole_way(office)
    office.requests.intake.erase_applicant(number, ground="保存期满", by=office.archivist)
    with pytest.raises(ApplicantErasedError):
        getattr(office.requests.letters, name)(number, f"{number}-l01", by=office.handler)
