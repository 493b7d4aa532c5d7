from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from indexer.storage.names import key_of, locate, shown, shown_name

if TYPE_CHECKING:
    import pytest

GBK_NAME = os.fsdecode("低保.txt".encode("gb18030"))


def test_a_chinese_name_is_its_own_key() -> None:
    assert key_of(Path("民政/低保.txt")) == "民政/低保.txt"
    assert shown_name("民政/低保.txt") == "低保.txt"


def test_a_gbk_name_can_be_stored_found_again_and_read(tmp_path: Path) -> None:
    (tmp_path / GBK_NAME).write_text("text", encoding="utf-8")
    key = key_of(Path(GBK_NAME))
    key.encode()
    assert shown_name(key) == "低保.txt"
    assert locate(tmp_path, key).read_text(encoding="utf-8") == "text"


def test_a_name_that_looks_escaped_is_found_as_it_is(tmp_path: Path) -> None:
    (tmp_path / r"\xb5.txt").write_text("text", encoding="utf-8")
    assert locate(tmp_path, key_of(Path(r"\xb5.txt"))).is_file()
    assert shown(r"a\b.txt") == r"a\b.txt"


@given(name=st.binary(min_size=1, max_size=40).filter(lambda name: not set(name) & {0, 47}))
def test_every_name_a_disk_takes_leads_back_to_its_file(
    tmp_path_factory: pytest.TempPathFactory, name: bytes
) -> None:
    if name in {b".", b".."}:
        return
    folder = tmp_path_factory.mktemp("names")
    (folder / os.fsdecode(name)).touch()
    key = key_of(Path(os.fsdecode(name)))
    key.encode()
    assert locate(folder, key).is_file()
