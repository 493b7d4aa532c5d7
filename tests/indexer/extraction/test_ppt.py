"""Old presentations: slides as the last edit left them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.kinds import PPT, media_type_of
from indexer.extraction.ppt import PptExtractor
from indexer.extraction.registry import extractor_for
from tests.indexer.extraction.damage import damaged, read_or_refused
from tests.indexer.extraction.ole import storage

if TYPE_CHECKING:
    from pathlib import Path

OPEN, LOCKED = 0xE391C05F, 0xF3D1C4DF
CONTAINER = 0xF


def record(kind: int, content: bytes = b"", instance: int = 0, version: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4 | version, kind, len(content)) + content


def holding(kind: int, *parts: bytes, instance: int = 0) -> bytes:
    return record(kind, b"".join(parts), instance, CONTAINER)


def text(words: str) -> bytes:
    return record(0x0FA0, words.encode("utf-16-le"))


def box(words: str) -> bytes:
    """A text box within the groups of a drawing."""
    return holding(0x040C, holding(0xF002, holding(0xF003, holding(0xF00D, text(words)))))


def outline(*titles: str) -> bytes:
    return b"".join(record(0x0F9F, struct.pack("<I", 0)) + text(title) for title in titles)


def reference(number: int) -> bytes:
    return holding(0x040C, holding(0xF00D, record(0x0F9E, struct.pack("<I", number))))


def comment(author: str, words: str) -> bytes:
    strings = [
        record(0x0FBA, each.encode("utf-16-le"), number)
        for number, each in enumerate((author, words))
    ]
    # The data of a tag hold records without saying that they do.
    return holding(0x1388, holding(0x138A, record(0x138B, holding(0x2EE0, *strings))))


class Presentation:
    """A stream in the making: objects, and edits that say where they lie."""

    def __init__(self) -> None:
        self.stream = b""
        self.places: dict[int, int] = {}
        self.edit = 0

    def put(self, key: int, content: bytes) -> None:
        self.places[key] = len(self.stream)
        self.stream += content

    def save(self, extra: bytes = b"") -> None:
        """Write where the objects of this edit lie."""
        directory = len(self.stream)
        entries = b"".join(
            struct.pack("<II", 1 << 20 | key, place) for key, place in self.places.items()
        )
        self.stream += record(0x1772, entries)
        edit = len(self.stream)
        content = struct.pack("<IIIIIII", 0, 0, self.edit, directory, 1, 0, 0) + extra
        self.stream += record(0x0FF5, content)
        self.edit, self.places = edit, {}

    def at(self, path: Path, token: int = OPEN) -> Path:
        current = record(0x0FF6, struct.pack("<III", 20, token, self.edit))
        streams = {"PowerPoint Document": self.stream, "Current User": current}
        return storage(path / "a.ppt", streams)


def persist(key: int, slide_id: int = 0) -> bytes:
    return record(0x03F3, struct.pack("<IIIII", key, 0, 0, slide_id, 0))


def document(*slides: bytes, notes: bytes = b"") -> bytes:
    return holding(
        0x03E8,
        holding(0x0FF0, persist(9) + outline("单击此处编辑母版标题样式"), instance=1),
        holding(0x0FF0, *slides, instance=0),
        holding(0x0FF0, notes, instance=2),
    )


def two_slides() -> Presentation:
    made = Presentation()
    made.put(2, holding(0x03EE, reference(0), box("第一张\r第二行")))
    made.put(3, holding(0x03EE, box("第二张"), comment("王", "请核对")))
    made.put(4, holding(0x03F0, record(0x03F1, struct.pack("<I", 256)), box("讲稿")))
    made.put(9, holding(0x03F8, box("单击此处编辑母版")))
    made.put(
        1,
        document(
            persist(2, 256), outline("标题", "没有框的提纲"), persist(3, 257), notes=persist(4)
        ),
    )
    made.save()
    return made


def read(path: Path) -> list[str]:
    return list(PptExtractor().pages(path))


def reason_of(path: Path) -> str:
    with pytest.raises(ExtractionError) as refused:
        read(path)
    return refused.value.reason


def test_slides_come_with_outline_notes_and_comments_and_without_masters(tmp_path: Path) -> None:
    path = two_slides().at(tmp_path)
    assert media_type_of(path, "a.ppt") == PPT
    assert extractor_for(PPT).name == "ppt/1"
    assert read(path) == ["标题\n第一张\n第二行\n没有框的提纲\n讲稿", "第二张\n请核对"]


def test_only_what_the_last_edit_left_is_read(tmp_path: Path) -> None:
    made = two_slides()
    made.put(3, holding(0x03EE, box("第二张改")))
    made.put(1, document(persist(3, 257)))
    made.save()
    assert read(made.at(tmp_path)) == ["第二张改"]


def test_text_in_bytes_is_western(tmp_path: Path) -> None:
    made = Presentation()
    made.put(2, holding(0x03EE, holding(0xF00D, record(0x0FA8, b"caf\xe9"))))
    made.put(1, document(persist(2)))
    made.save()
    assert read(made.at(tmp_path)) == ["café"]


def test_slides_are_found_where_the_edits_are_lost(tmp_path: Path) -> None:
    made = two_slides()
    made.edit = 7
    assert read(made.at(tmp_path)) == ["第一张\n第二行", "第二张\n请核对"]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    assert reason_of(two_slides().at(tmp_path, LOCKED)) == Reason.ENCRYPTED
    keyed = two_slides()
    keyed.save(struct.pack("<I", 5))
    assert reason_of(keyed.at(tmp_path)) == Reason.ENCRYPTED
    assert reason_of(Presentation().at(tmp_path)) == Reason.EMPTY
    other = storage(tmp_path / "b.ppt", {"Other": b"x"})
    assert reason_of(other) == Reason.DAMAGED


def test_edits_that_name_each_other_come_to_an_end(tmp_path: Path) -> None:
    made = two_slides()
    content = struct.pack("<IIIIIII", 0, 0, made.edit, 0, 1, 0, 0)
    first = made.edit
    made.edit = len(made.stream)
    made.stream += record(0x0FF5, content)
    circle = bytearray(made.stream)
    struct.pack_into("<I", circle, first + 8 + 8, made.edit)
    made.stream = bytes(circle)
    assert len(read(made.at(tmp_path))) == 2


def test_containers_without_end_are_left(tmp_path: Path) -> None:
    deep = box("深")
    for _ in range(200):
        deep = holding(0xF003, deep)
    made = Presentation()
    made.put(2, holding(0x03EE, box("正文"), deep))
    made.put(1, document(persist(2)))
    made.save()
    assert read(made.at(tmp_path)) == ["正文"]


@given(data=st.data())
def test_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = two_slides().at(tmp_path_factory.mktemp("damage"))
    path.write_bytes(damaged(path.read_bytes(), data))
    read_or_refused(PptExtractor(), path)
