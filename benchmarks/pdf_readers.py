"""How much faster is reading PDF than pdfminer.six alone, and is it ever worse?

``python -m benchmarks.pdf_readers DIR``: every PDF below ``DIR`` is read by the product and by
pdfminer.six alone, one after the other in the same run, each in a forked process with a time limit.
Worse is a file of which pdfminer.six alone has letters (junk left out) that the product lacks.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from indexer.errors import ExtractionError
from indexer.extraction import PicturePage
from indexer.extraction.junk import is_junk
from indexer.extraction.pdf import PdfExtractor
from indexer.extraction.pdf_miner import MinerReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

_LIMIT_S: Final = 60.0
_ENOUGH: Final = 0.99
"""Share of pdfminer.six's letters below which a file is named: both guess at damaged fonts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one file.

    Attributes:
        pages: Their texts. cpu_s: Processor time. problem: Why it stopped, if it did.
    """

    pages: tuple[str, ...]
    cpu_s: float
    problem: str = ""


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--show", is_flag=True, help="Tell of every file how long both took.")
def main(folder: Path, *, show: bool) -> None:
    """Read every PDF below FOLDER twice."""
    logging.disable(logging.CRITICAL)
    pages: Counter[str] = Counter()
    seconds = {"product": 0.0, "pdfminer": 0.0}
    worse = 0
    found = sorted(folder.rglob("*.pdf"))
    if not found:
        raise click.UsageError(f"no PDF below {folder}")
    for path in found:
        ours, theirs = _limited(_by_product, path), _limited(_by_pdfminer, path)
        for name, reading in (("product", ours), ("pdfminer", theirs)):
            pages[name] += len(reading.pages)
            seconds[name] += reading.cpu_s
        if show:
            print(f"{path.relative_to(folder)}: {ours.cpu_s:.2f} s, alone {theirs.cpu_s:.2f} s")
        wanted, got = _letters(theirs), _letters(ours)
        kept = (wanted & got).total()
        if kept < wanted.total() * _ENOUGH:
            worse += 1
            print(
                f"{path.relative_to(folder)}: {kept} of {wanted.total()} letters"
                f" ({ours.problem or 'read'}; {got.total()} of its own)"
            )
    rates = {name: pages[name] / seconds[name] for name in pages}
    for name, rate in rates.items():
        print(f"{name}: {pages[name]} pages, {seconds[name]:.1f} CPU s, {rate:.1f} pages / CPU s")
    print(f"ratio {rates['product'] / rates['pdfminer']:.1f}, files worse: {worse}")


def _by_product(path: Path) -> Iterator[str]:
    for page in PdfExtractor().pages(path):
        yield page.text if isinstance(page, PicturePage) else page


def _by_pdfminer(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        reader = MinerReader(file)
        number = 0
        while True:
            try:
                page = reader.page(number)
            except IndexError:
                return
            yield "" if page is None or is_junk(page.text) else page.text
            number += 1


def _limited(read: Callable[[Path], Iterator[str]], path: Path) -> Reading:
    """One reader on one file, in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_send, args=(there, read, path))
    process.start()
    there.close()
    reading = Reading((), _LIMIT_S, "timeout")
    try:
        if here.poll(_LIMIT_S):
            reading = here.recv()
    except EOFError:
        reading = Reading((), 0.0, "died")
    process.kill()
    process.join()
    return reading


def _send(pipe: Connection, read: Callable[[Path], Iterator[str]], path: Path) -> None:
    pages: list[str] = []
    problem = ""
    start = time.process_time()
    try:
        pages.extend(read(path))
    except ExtractionError as error:
        problem = error.reason
    except Exception as error:  # noqa: BLE001 - the reader alone has nobody who catches for it
        problem = type(error).__name__
    pipe.send(Reading(tuple(pages), time.process_time() - start, problem))
    pipe.close()


def _letters(reading: Reading) -> Counter[str]:
    # One writes a ligature or an Arabic letter by its form, the other as itself.
    text = unicodedata.normalize("NFKC", "".join(reading.pages))
    return Counter(letter for letter in text if letter.isalnum())


if __name__ == "__main__":
    main()
