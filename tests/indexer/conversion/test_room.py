"""Office programs that do not do what they are there for: real ones, in real processes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.conversion.room import ConversionRoom, office_program
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.desk import Desk
from indexer.settings import IndexerSettings
from tests.indexer.conversion.programs import office, open_text, word_2, writes

if TYPE_CHECKING:
    from collections.abc import Callable

    Converted = Callable[..., bytes]
    Refused = Callable[..., tuple[str, str]]

TEXT = open_text("关于知青档案的通知")


@pytest.fixture
def converted(tmp_path: Path) -> Converted:
    """What a file is converted to by a program of these lines, in so many seconds."""
    (tmp_path / "a.doc").write_bytes(word_2())
    desk = Desk.made_in(tmp_path)

    def convert(*lines: str, seconds: float = 60, content: bytes = word_2()) -> bytes:
        settings = IndexerSettings(data=tmp_path, database_url="", extraction_timeout_s=seconds)
        (tmp_path / "a.doc").write_bytes(content)
        room = ConversionRoom(office(tmp_path, *lines), settings, output_mb=1)
        return room.convert(tmp_path / "a.doc", "a.doc", desk).path.read_bytes()

    return convert


@pytest.fixture
def refused(converted: Converted) -> Refused:
    """The reason and the detail of what is not converted."""

    def refuse(*lines: str, seconds: float = 60, content: bytes = word_2()) -> tuple[str, str]:
        with pytest.raises(ExtractionError) as error:
            converted(*lines, seconds=seconds, content=content)
        return error.value.reason, error.value.detail

    return refuse


def test_what_it_writes_is_taken(converted: Converted) -> None:
    assert converted(writes(TEXT)) == TEXT


def test_one_that_hangs_is_ended_with_what_it_has_started(tmp_path: Path, refused: Refused) -> None:
    reason, _ = refused('sleep 600 & echo $! > "$out/pid"; wait', seconds=1)
    assert reason == Reason.TIMEOUT
    (written,) = tmp_path.rglob("pid")
    status = Path("/proc", written.read_text().strip(), "stat")
    # Whoever takes care of orphans may be slow to count it out.
    while status.exists() and ") Z " not in status.read_text():
        time.sleep(0.01)


def test_one_that_writes_more_than_it_may_is_ended(refused: Refused) -> None:
    line = 'exec dd if=/dev/zero of="$out/Sheet1.odt" bs=64K count=32'
    assert refused(line) == (Reason.MEMORY, "LibreOffice was ended by SIGXFSZ")


def test_what_it_leaves_leads_to_no_other_file(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "secret").write_text("secret")
    line = f'ln -s {tmp_path}/secret "$out/Sheet1.odt"'
    assert refused(line) == (Reason.INTERNAL, "nothing was converted")


def test_it_sees_no_other_file_and_reaches_no_network(converted: Converted) -> None:
    seen = converted(
        'ls / > "$out/seen"; cat /etc/hostname >> "$out/seen"',
        'echo "$HOME $TMPDIR" | sed "s#$out#out#g" >> "$out/seen"',
        'env | grep -c QUERY_ROOM >> "$out/seen"',
        'setsid true 2> /dev/null || echo "cannot hide" >> "$out/seen"',
        'mv "$out/seen" "$out/Sheet1.odt"',
    )
    assert seen.decode().splitlines() == ["out out", "0", "cannot hide"]


def test_a_program_that_may_not_be_started_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(word_2())
    settings = IndexerSettings(data=tmp_path, database_url="")
    room = ConversionRoom(str(tmp_path / "gone"), settings)
    with pytest.raises(ExtractionError) as error:
        room.convert(tmp_path / "a.doc", "a.doc", Desk.made_in(tmp_path))
    assert error.value.detail.startswith("LibreOffice cannot be started: ")
    with pytest.raises(ExtractionError) as error:
        room.convert(tmp_path / "b.doc", "b.doc", Desk.made_in(tmp_path))
    assert error.value.reason == Reason.UNREADABLE


def test_the_program_is_the_one_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(name: str = "soffice") -> str | None:
        return office_program(IndexerSettings(data=tmp_path, database_url="", office=name))

    monkeypatch.setenv("PATH", str(tmp_path))
    assert found() is None
    there = tmp_path / "soffice"
    Path(office(tmp_path)).rename(there)
    assert found() == str(there)
    assert found(str(there)) == str(there)
    assert found(str(tmp_path / "gone")) is None
    assert found("") is None
