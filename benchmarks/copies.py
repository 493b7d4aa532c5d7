"""Are copies found, and is what is found a copy? And what does it cost?

``python -m benchmarks.copies [--archive DIR] [--files N]``: texts of the sample archive are written
as DOCX, PDF, HTML and TXT and read again by the product's own extractors; pages are misread as a
recogniser misreads them; drafts, forms of other people, and notices of other years are made. With
``--archive`` every pair of a real archive (``docs/*.txt``) that the search links is named, to be
judged by eye. Pairs that are copies should be linked; no other pair may be.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from sqlalchemy import insert

from indexer.copies.body import body_of
from indexer.copies.comparing import Contrast, compare
from indexer.copies.fingerprint import (
    BINS,
    VERSION,
    Fingerprint,
    band_keys,
    fingerprint_of,
    likeness,
)
from indexer.database import migrate, open_database, reading, utc_now, writing
from indexer.extraction import PicturePage
from indexer.extraction.docx import DocxExtractor
from indexer.extraction.guarded import clean
from indexer.extraction.html import HtmlExtractor
from indexer.extraction.pdf import PdfExtractor
from indexer.extraction.plain_text import PlainTextExtractor
from indexer.indexing.copy_search import MIN_LIKENESS
from indexer.records import FileHash
from indexer.repositories import fingerprints
from indexer.repositories.fingerprints import KeptPrint
from indexer.tables import batch, fingerprint, fingerprint_band, source, stored_file
from query_room.demo.docx_layout import docx_bytes
from query_room.demo.manuscripts import load_manuscripts
from query_room.demo.papers import paper_of
from query_room.demo.pdf_layout import pdf_bytes
from query_room.demo.plain_layout import plain_text
from query_room.demo.web_layout import web_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Engine

    from indexer.extraction import Extractor
    from query_room.demo.papers import Paper

_ROWS: Final = 5_000
_FORM: Final = """结婚登记申请书
申请人（男）：{man}  性别：男  国籍：中国  出生日期：{man_born}  民族：汉
身份证件号：{man_id}  职业：{man_work}  文化程度：{school}  婚姻状况：未婚
申请人（女）：{woman}  性别：女  国籍：中国  出生日期：{woman_born}  民族：汉
身份证件号：{woman_id}  职业：{woman_work}  文化程度：{school}  婚姻状况：未婚
本人与对方均无配偶，没有直系血亲和三代以内旁系血亲关系，了解对方的身体健康状况。现依照
《中华人民共和国民法典》的规定，自愿结为夫妻。本人上述声明完全真实，如有虚假，愿承担法律责任。
监誓人声明：上述声明人在我面前宣读并签署了声明，婚姻登记机关已经依法审查了双方出具的证件、
证明材料，认为符合结婚条件，准予登记，发给结婚证。当事人领取结婚证后，双方确立夫妻关系，
依法享有婚姻关系中的权利，并履行相应的义务。
登记机关：临岚区民政局婚姻登记处  登记员：{clerk}  登记日期：{day}  结婚证字号：J150204-{number}
"""
_NOTICE: Final = """临岚区民政局关于做好{year}年度城乡居民最低生活保障年度核查工作的通知
各街道办事处、各苏木镇人民政府：
为进一步规范最低生活保障管理工作，做到应保尽保、应退尽退，根据《社会救助暂行办法》和上级民政部门
的要求，决定在全区开展{year}年度城乡居民最低生活保障年度核查工作。现将有关事项通知如下：
一、核查对象。截至{year}年{month}月底在册的全部城乡最低生活保障家庭。
二、核查内容。家庭人口变动情况、共同生活的家庭成员收入情况、家庭财产状况以及赡养、抚养、扶养情况。
三、核查方法。采取入户调查、邻里访问、信函索证、信息比对相结合的办法，逐户填写核查表，做到不漏一户。
四、时间安排。{month}月{first}日前完成入户调查，{month}月{last}日前完成民主评议和公示，逾期不予受理。
五、工作要求。各单位要高度重视，加强领导，明确专人负责，严格按照程序办理，确保核查结果真实准确。
临岚区民政局
{year}年{month}月{first}日
"""
_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂华建国文斌玉兰志宏"
_WORK: Final = ("职员", "教师", "农民", "工人", "医生", "个体经营者", "驾驶员", "护士")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the search meets it."""

    pages: tuple[str, ...]
    body: str
    print: Fingerprint

    @classmethod
    def of(cls, pages: Sequence[str]) -> Text:
        """The text of these pages."""
        return cls(tuple(pages), body_of(pages), fingerprint_of(pages))


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a pair: whether it was met, linked, and what set it apart."""

    is_met: bool
    is_linked: bool
    why: str


def look_at(one: Text, other: Text) -> Seen:
    """What the search makes of two texts."""
    if one.print.digest and one.print.digest == other.print.digest:
        return Seen(True, True, "same text")
    shared = set(band_keys(one.print.sketch)) & set(band_keys(other.print.sketch))
    if not shared or likeness(one.print.sketch, other.print.sketch) < MIN_LIKENESS:
        return Seen(False, False, "not met")
    contrast: Contrast | None = compare(*sorted((one.body, other.body))).contrast
    return Seen(True, contrast is None, contrast or "nearly the same")


@click.command()
@click.option("--archive", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--files", type=int, default=100_000, help="Files of the search for candidates.")
def main(archive: Path | None, files: int) -> None:
    """Measure copies."""
    rng = random.Random(1)
    papers = _papers()
    written, cost = _written(papers)
    print(f"{len(written)} texts in four formats")
    kinds = ("docx", "pdf", "html", "txt")
    for one, other in combinations(kinds, 2):
        report(f"{one} and {other}", ((each[one], each[other]) for each in written))
    clean_texts = [each["txt"] for each in written if len(each["txt"].body) > 300]
    for rate in (0.005, 0.01, 0.02, 0.03):
        scans = [_misread(text, rate, rng) for text in clean_texts]
        report(f"scan, {rate:.1%} misread, and txt", zip(scans, clean_texts, strict=True))
        others = [_misread(text, rate, rng) for text in clean_texts]
        report(f"two scans, {rate:.1%} misread each", zip(scans, others, strict=True))
    report("draft and final", ((_draft(text, rng), text) for text in clean_texts))
    _traps(rng, written)
    _speed(cost, clean_texts, rng)
    _candidates(files, rng)
    if archive is not None:
        _real(archive)


def report(name: str, pairs: Iterable[tuple[Text, Text]]) -> None:
    """Say of how many pairs what became."""
    seen = [look_at(*pair) for pair in pairs]
    why = Counter(each.why for each in seen)
    linked = sum(each.is_linked for each in seen)
    told = ", ".join(f"{what} {count}" for what, count in why.most_common())
    print(f"{name}: {linked} of {len(seen)} linked ({told})")


def _papers() -> list[Paper]:
    return [
        paper_of(manuscript, file)
        for manuscript in load_manuscripts()
        for file in manuscript.files
        if not file.is_attachment and "密级" not in file.parts
    ]


def _written(papers: Sequence[Paper]) -> tuple[list[dict[str, Text]], dict[str, float]]:
    """Each paper as it is read in each format, and characters per CPU second of reading it."""
    layouts: dict[str, tuple[Callable[[Paper], bytes], Extractor]] = {
        "docx": (docx_bytes, DocxExtractor()),
        "pdf": (pdf_bytes, PdfExtractor()),
        "html": (lambda paper: web_page(paper, column="公开", index_number=""), HtmlExtractor()),
        "txt": (plain_text, PlainTextExtractor()),
    }
    found: list[dict[str, Text]] = [{} for _ in papers]
    cost: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, (layout, extractor) in layouts.items():
            seconds, characters = 0.0, 0
            for number, paper in enumerate(papers):
                path = Path(folder) / f"{number}.{kind}"
                path.write_bytes(layout(paper))
                started = time.process_time()
                pages = _read(extractor, path)
                seconds += time.process_time() - started
                characters += sum(map(len, pages))
                found[number][kind] = Text.of(pages)
            cost[kind] = characters / seconds
    return found, cost


def _read(extractor: Extractor, path: Path) -> list[str]:
    pages = extractor.pages(path)
    return [clean(page.text if isinstance(page, PicturePage) else page) for page in pages]


def _misread(text: Text, rate: float, rng: random.Random) -> Text:
    """A text as a recogniser reads it: characters for others, some lost, a comma here and there."""
    letters = [each for each in text.body if not each.isdigit()]
    return Text.of(["".join(_misread_page(page, rate, letters, rng)) for page in text.pages])


def _misread_page(
    page: str, rate: float, letters: Sequence[str], rng: random.Random
) -> Iterator[str]:
    for character in page:
        if not character.isalnum() or rng.random() >= rate:
            yield character
        elif rng.random() < 0.15:
            yield ""
        elif character.isdigit():
            yield rng.choice("0123456789")
        else:
            yield rng.choice(letters)


def _draft(text: Text, rng: random.Random) -> Text:
    """A text before it was signed: a sentence more, one in other words, no number."""
    whole = re.sub(r"〔(\d{4})〕\d+号", r"〔\1〕号", "\n".join(text.pages))
    sentences = whole.split("。")
    at = rng.randrange(len(sentences))
    sentences[at] += "。上述意见已征求有关部门同意"
    return Text.of(["。".join(sentences).replace("应当", "应", 1).replace("进一步", "", 1)])


def _traps(rng: random.Random, written: Sequence[dict[str, Text]]) -> None:
    forms = [_form(rng) for _ in range(60)]
    report("forms of other couples", combinations(forms, 2))
    scans = [_misread(each, 0.02, rng) for each in forms]
    report("scans of forms, 2% misread", combinations(scans, 2))
    report("the same form, one a scan", zip(forms, scans, strict=True))
    blank = Text.of([re.sub(r"\{\w+\}", "      ", _FORM)])
    report("blank and filled in", ((blank, each) for each in forms))
    names = [
        Text.of([f"介绍信\n兹有{_name(rng)}同志前往你处联系工作，请予接洽。此致敬礼。\n" * 3])
        for _ in range(60)
    ]
    report("letters with other names alone", combinations(names, 2))
    notices = [
        Text.of([_NOTICE.format(year=year, month=month, first=10 + year % 9, last=25)])
        for year in range(2005, 2025)
        for month in (3, 9)
    ]
    report("notices of other years", combinations(notices, 2))
    scanned = [_misread(each, 0.02, rng) for each in notices]
    report("scans of notices of other years, 2% misread", combinations(scanned, 2))
    report("the same notice, one a scan", zip(notices, scanned, strict=True))
    texts = [each["docx"] for each in written]
    report("other papers of the sample archive", combinations(texts, 2))


def _form(rng: random.Random) -> Text:
    day = f"2021年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    return Text.of(
        [
            _FORM.format(
                man=_name(rng), woman=_name(rng), clerk=_name(rng), day=day,
                man_born=_born(rng), woman_born=_born(rng), man_id=_identity(rng),
                woman_id=_identity(rng), man_work=rng.choice(_WORK), woman_work=rng.choice(_WORK),
                school=rng.choice(("大学本科", "大专", "高中")),
                number=f"2021-{rng.randint(1, 9999):06}",
            )
        ]
    )  # fmt: skip


def _name(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, rng.choice((1, 2))))


def _born(rng: random.Random) -> str:
    return f"{rng.randint(1970, 2000)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"


def _identity(rng: random.Random) -> str:
    return f"150204{rng.randint(1970, 2000)}{rng.randint(101, 1228):04}{rng.randint(0, 9999):04}"


def _speed(cost: dict[str, float], texts: Sequence[Text], rng: random.Random) -> None:
    pages = [text.pages for text in texts] * 20
    characters = sum(len(page) for each in pages for page in each)
    started = time.process_time()
    for each in pages:
        fingerprint_of(each)
    speed = characters / (time.process_time() - started)
    print(f"fingerprints: {speed / 1e6:.2f} million characters / CPU s")
    for kind, rate in cost.items():
        print(f"  reading {kind}: {rate / 1e6:.3f}; a fingerprint adds {rate / speed:.1%}")
    scans = [(text, _misread(text, 0.02, rng)) for text in texts]
    started = time.process_time()
    for one, other in scans:
        compare(one.body, other.body)
    seconds = time.process_time() - started
    length = sum(len(one.body) for one, _ in scans)
    print(f"comparisons: {length / seconds / 1e6:.2f} million characters / CPU s")


def _candidates(files: int, rng: random.Random) -> None:
    """How long candidates are looked for among so many files, half of them one crowded form."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/copies.db")
        migrate(engine, "indexer")
        crowd = _sketch(rng)
        prints = [
            Fingerprint(
                length=1000,
                digest=f"{number:032x}",
                sketch=crowd if number % 2 else _sketch(rng),
                figures=rng.getrandbits(62),
            )
            for number in range(files)
        ]
        _fill(engine, prints)
        size = (Path(folder) / "copies.db").stat().st_size
        for name, own in (("any file", prints[0]), ("one of the crowd", prints[1])):
            kept = KeptPrint(number=0, file_hash=FileHash(""), extractor="", fingerprint=own)
            started = time.perf_counter()
            for _ in range(50):
                with reading(engine) as connection:
                    met = fingerprints.met_in_bands(connection, kept)
            each = (time.perf_counter() - started) / 50
            print(f"candidates of {name} among {files:,}: {len(met)} in {each * 1000:.1f} ms")
        print(f"  the database takes {size / files:.0f} bytes a file")
        engine.dispose()


def _sketch(rng: random.Random) -> str:
    return "".join(f"{rng.getrandbits(32):08x}" for _ in range(BINS))


def _fill(engine: Engine, prints: Sequence[Fingerprint]) -> None:
    with writing(engine) as connection:
        now = utc_now()
        connection.execute(insert(source).values(source_id=1, name="s", root="", created_at=now))
        connection.execute(
            insert(batch).values(
                number=1,
                source_id=1,
                in_place=False,
                state="finished",
                started_by="",
                started_at=now,
            )
        )
    for start in range(0, len(prints), _ROWS):
        some = list(enumerate(prints[start : start + _ROWS], start=start + 1))
        with writing(engine) as connection:
            connection.execute(
                insert(stored_file),
                [
                    {"file_hash": f"{number:064x}", "size": 1, "media_type": "",
                     "state": "extracted", "batch_number": 1, "stored_at": now}
                    for number, _ in some
                ],
            )  # fmt: skip
            connection.execute(
                insert(fingerprint),
                [
                    {"number": number, "file_hash": f"{number:064x}", "extractor": "x/1",
                     "version": VERSION, "length": each.length, "digest": each.digest,
                     "sketch": each.sketch, "figures": each.figures, "is_compared": True}
                    for number, each in some
                ],
            )  # fmt: skip
            connection.execute(
                insert(fingerprint_band),
                [
                    {"key": key, "figures": each.figures, "number": number}
                    for number, each in some
                    for key in band_keys(each.sketch)
                ],
            )


def _real(archive: Path) -> None:
    paths = sorted((archive / "docs").glob("*.txt"))
    texts = [Text.of([path.read_text("utf-8")]) for path in paths]
    by_key: dict[int, list[int]] = {}
    for number, text in enumerate(texts):
        for key in band_keys(text.print.sketch):
            by_key.setdefault(key, []).append(number)
    met = {pair for some in by_key.values() for pair in combinations(sorted(set(some)), 2)}
    seen = {pair: look_at(texts[pair[0]], texts[pair[1]]) for pair in sorted(met)}
    linked = [pair for pair, what in seen.items() if what.is_linked]
    print(f"{len(paths)} real texts: {len(met)} pairs met, {len(linked)} linked")
    print("  ", Counter(what.why for what in seen.values()).most_common())
    for one, other in linked:
        print(f"   {paths[one].name} and {paths[other].name}: {seen[one, other].why}")


if __name__ == "__main__":
    main()
