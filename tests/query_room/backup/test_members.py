from __future__ import annotations

import pytest

from indexer.records import FileHash
from query_room.backup.members import (
    MemberKind,
    original_name,
    parse_name,
    rows_name,
    text_name,
    words_name,
)
from query_room.errors import BackupDamagedError

HASH = FileHash("ab" * 32)


def test_a_name_is_understood_as_it_was_made() -> None:
    text = parse_name(text_name(HASH, "docx/1 新"))
    assert (text.kind, text.file_hash, text.extractor) == (MemberKind.TEXT, HASH, "docx/1 新")
    words = parse_name(words_name(HASH, "pdf/4+ocr/1"))
    assert (words.kind, words.file_hash, words.extractor) == (MemberKind.WORDS, HASH, "pdf/4+ocr/1")
    original = parse_name(original_name(HASH))
    assert (original.kind, original.file_hash) == (MemberKind.ORIGINAL, HASH)
    rows = parse_name(rows_name("log_event", 12))
    assert (rows.kind, rows.subject, rows.detail) == (MemberKind.ROWS, "log_event", "000012")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "manifest.json/",
        "./manifest.json",
        "/etc/passwd",
        "../manifest.json",
        "originals/../../../etc/passwd",
        f"originals/cd/{HASH}",
        f"originals/ab/{HASH}/",
        f"originals/ab/{HASH}\n",
        f"originals/ab/{HASH.upper()}",
        f"texts/{HASH}/..json/../x.json",
        f"texts/{HASH}/a/b.json",
        f"words/{HASH}/a/b.json",
        f"texts/{HASH}/{'a' * 91}.json",
        "database/record/1.jsonl",
        "database/re cord/000001.jsonl",
        "database/record/٠٠٠٠٠١.jsonl",
        "keys/vault.json",
    ],
)
def test_any_other_name_is_refused(name: str) -> None:
    with pytest.raises(BackupDamagedError, match="foreign_member"):
        parse_name(name)
