from __future__ import annotations

import datetime as dt
import os
import pickle
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from indexer.confinement import Confinement, Layer
from indexer.copies.fingerprint import fingerprint_of
from indexer.dates import PartialDate
from indexer.errors import ExtractionError, StorageFullError
from indexer.extraction import Extracted, Failed, Reason
from indexer.official import ParsedDocument
from indexer.processes.answers import MAX_BYTES, NoAnswerError, received


def heard(content: bytes) -> Any:
    ours, theirs = Pipe()
    with ours, theirs:
        theirs.send_bytes(content)
        return received(ours)


PARSED = ParsedDocument(title="通知", date=PartialDate(2008, 3))


@pytest.mark.parametrize(
    "answer",
    [
        "ready",
        Failed(media_type="text/plain", reason=Reason.DAMAGED, detail=""),
        Extracted(
            media_type="x",
            extractor="text/1",
            page_count=1,
            char_count=2,
            parsed=PARSED,
            fingerprint=fingerprint_of(["通知"]),
        ),
        Confinement(layers=frozenset({Layer.AUDIT})),
        [("a", 1, 2.5, None)],
    ],
)
def test_values_come_through(answer: object) -> None:
    for protocol in range(3, pickle.HIGHEST_PROTOCOL + 1):
        assert heard(pickle.dumps(answer, protocol)) == answer


def test_errors_come_through() -> None:
    full = heard(pickle.dumps(StorageFullError("no space")))
    assert isinstance(full, StorageFullError)
    assert str(full) == "no space"
    refused = heard(pickle.dumps(ExtractionError(Reason.MEMORY, "64 MB")))
    assert (refused.reason, refused.detail) == ("memory", "64 MB")


class Call:
    def __init__(self, *call: Any) -> None:
        self.call = call

    def __reduce__(self) -> tuple[Any, ...]:
        function, *arguments = self.call
        return function, tuple(arguments)


def test_words_come_through_however_python_names_them() -> None:
    assert heard(pickle.dumps(Call(getattr, Layer, "AUDIT"))) is Layer.AUDIT


@pytest.mark.parametrize(
    ("kind", "name"), [(Layer, "__class__"), (Layer, "mro"), (Confinement, "is_whole"), ("", "x")]
)
def test_attributes_of_other_things_do_not(kind: object, name: str) -> None:
    with pytest.raises(NoAnswerError):
        heard(pickle.dumps(Call(getattr, kind, name)))


def test_nothing_that_comes_is_run(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    for call in (Call(os.system, f"touch {canary}"), Call(eval, "1"), Call(Path, "/")):
        with pytest.raises(NoAnswerError):
            heard(pickle.dumps(call))
        with pytest.raises(NoAnswerError):
            heard(pickle.dumps([{"deep": call}]))
    assert not canary.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"cindexer.processes.answers\nimportlib\n.",
        b"cindexer.processes.answers\nreceived\n.",
        b"cindexer.extraction.pool\nExtractionPool\n.",
        b"\x80\x04\x8c\x1aindexer.processes.answers\x8c\x0fpickle.Unpickle\x93.",
        b"cindexer.no.such.module\nX\n.",
        b"no pickle at all",
        b"",
        pickle.dumps(dt.date(2008, 3, 15)),
    ],
)
def test_types_that_are_no_values_are_not_understood(content: bytes) -> None:
    with pytest.raises(NoAnswerError):
        heard(content)


def test_an_answer_without_end_is_the_end() -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        # What is said of its length is enough.
        os.write(theirs.fileno(), (MAX_BYTES + 1).to_bytes(4))
        with pytest.raises(NoAnswerError):
            received(ours)
