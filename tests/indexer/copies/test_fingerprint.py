from __future__ import annotations

import random

import pytest

from indexer.copies import fingerprint
from indexer.copies.fingerprint import BAND, BINS, band_keys, fingerprint_of, likeness

CIRCULAR = "关于进一步做好城乡居民最低生活保障工作的通知" * 3 + "".join(
    map(chr, range(0x4E00, 0x4F00))
)


def misread(text: str, rate: float) -> str:
    rng = random.Random(7)
    return "".join(chr(rng.randint(0x5000, 0x6000)) if rng.random() < rate else c for c in text)


def test_it_is_the_same_on_every_machine_and_in_every_version() -> None:
    # Kept fingerprints depend on it: where this must change, VERSION must, too.
    found = fingerprint_of(["2020年关于低保工作的通知" + CIRCULAR])
    assert fingerprint.VERSION == 1
    assert found.digest == "c1f0526e67696054306c26268960b981"
    assert found.sketch[:32] == "48b400405626c201af3a31421a11bac3"
    assert found.figures == 3459934514698070566
    assert band_keys(found.sketch)[0] == 2514638374708795953


def test_the_same_text_in_another_layout_has_the_same_digest() -> None:
    lines = "\n".join(CIRCULAR[at : at + 20] for at in range(0, len(CIRCULAR), 20))
    assert fingerprint_of([lines]) == fingerprint_of([CIRCULAR])


def test_one_other_figure_is_another_digest_and_nearly_the_same_sketch() -> None:
    one, other = fingerprint_of([CIRCULAR + "2019年"]), fingerprint_of([CIRCULAR + "2020年"])
    assert one.digest != other.digest
    assert one.figures != other.figures
    assert likeness(one.sketch, other.sketch) > 0.9


def test_bins_agree_as_often_as_the_texts_have_shingles_in_common() -> None:
    rng = random.Random(3)
    text = "".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(3000))
    for rate in (0.01, 0.05):
        other = misread(text, rate)
        one, two = ({t[at : at + 4] for at in range(len(t) - 3)} for t in (text, other))
        estimated = likeness(fingerprint_of([text]).sketch, fingerprint_of([other]).sketch)
        assert estimated == pytest.approx(len(one & two) / len(one | two), abs=0.2)


def test_a_misread_text_is_met_in_some_band_and_another_text_is_not() -> None:
    rng = random.Random(3)
    texts = ["".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(900)) for _ in range(3)]
    keys = [set(band_keys(fingerprint_of([text]).sketch)) for text in texts]
    assert keys[0] & set(band_keys(fingerprint_of([misread(texts[0], 0.02)]).sketch))
    assert not keys[0] & keys[1]
    assert not keys[1] & keys[2]
    assert all(len(each) == BINS // BAND for each in keys)


def test_hashes_that_are_passed_over_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fingerprint_of([CIRCULAR]).sketch
    monkeypatch.setattr(fingerprint, "_KEPT_PER_BIN", 1 << 20)
    assert fingerprint_of([CIRCULAR]).sketch == found


@pytest.mark.parametrize(
    "text", ["此页无正文", "卷内备考表 本卷情况说明 立卷人 检查人", "2020"[:3]]
)
def test_a_short_text_without_a_figure_is_nobodys_copy(text: str) -> None:
    found = fingerprint_of([text])
    assert (found.digest, found.sketch) == ("", "")
    assert band_keys(found.sketch) == ()


def test_a_short_text_with_a_figure_is_a_copy_of_its_equal_alone() -> None:
    found = fingerprint_of(["松政发〔2020〕15号 封面"])
    assert found.digest
    assert not found.sketch


def test_of_a_very_long_text_only_its_equal_is_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "MAX_CHARS", 100)
    found = fingerprint_of([CIRCULAR])
    assert found.digest
    assert not found.sketch
