from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from indexer.database import utc_now, writing
from query_room.errors import InvalidFieldError, PermissionDeniedError
from query_room.proofs import ProofError, ProofKind, ProofStore, prepare
from search_api.log import erase, events_of_subject, verify
from tests.query_room.counter import Counter, counter

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["counter"]  # the fixture


def kept(counter: Counter, store: ProofStore) -> tuple[int, bytes]:
    stream = io.BytesIO()
    Image.effect_noise((400, 300), 60).convert("RGB").save(stream, "JPEG")
    proof = prepare(stream.getvalue(), ProofKind.IDENTITY)
    with writing(counter.engine) as connection:
        return store.keep(connection, "R-1", proof, utc_now()), proof.jpeg


def test_a_proof_is_kept_unreadable_and_shown_on_record(counter: Counter, tmp_path: Path) -> None:
    store = ProofStore(engine=counter.engine, vault=counter.vault)
    event_id, jpeg = kept(counter, store)
    assert [each.event_id for each in store.list_for("R-1")] == [event_id]
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or jpeg[200:260] not in path.read_bytes()
    with pytest.raises(InvalidFieldError):
        store.show("R-1", event_id, ground="", by=counter.staff)
    with pytest.raises(PermissionDeniedError):
        store.show("R-1", event_id, ground="看看", by=counter.auditor)
    shown = store.show("R-1", event_id, ground="核对身份", by=counter.staff)
    assert (shown.jpeg, shown.kind) == (jpeg, ProofKind.IDENTITY)
    last = events_of_subject(counter.engine, "R-1")[-1]
    assert (last.kind, last.body) == (
        "request.proof_shown",
        {"ground": "核对身份", "event": event_id, "by": counter.staff.name},
    )


def test_an_erased_proof_is_gone(counter: Counter) -> None:
    store = ProofStore(engine=counter.engine, vault=counter.vault)
    event_id, _ = kept(counter, store)
    erase(counter.engine, [event_id], "到期", "guo")
    assert store.list_for("R-1") == ()
    with pytest.raises(ProofError):
        store.show("R-1", event_id, ground="再看", by=counter.staff)
    with pytest.raises(ProofError):
        store.show("R-2", 999, ground="再看", by=counter.staff)
    assert verify(counter.engine).is_whole
