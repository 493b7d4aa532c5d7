"""Every text of the pages is in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import query_room

if TYPE_CHECKING:
    from babel.messages import Catalog

PACKAGE = Path(query_room.__file__).parent
CATALOG = PACKAGE / "translations/zh_Hans/LC_MESSAGES/messages.po"


def extracted() -> set[str]:
    found = extract_from_dir(
        PACKAGE,
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
        keywords={"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)},
    )
    return {each[2] if isinstance(each[2], str) else each[2][0] for each in found}


def test_every_text_is_translated() -> None:
    with CATALOG.open("rb") as file:
        catalog = read_po(file, locale="zh_Hans")
    translated = {
        (message.id if isinstance(message.id, str) else message.id[0])
        for message in catalog
        if message.id and all(_forms(message.string))
    }
    assert extracted() - translated == set()
    assert translated - extracted() == set()


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOG.open("rb") as file, CATALOG.with_suffix(".mo").open("rb") as compiled:
        written, read = read_po(file, locale="zh_Hans"), read_mo(compiled)
    assert _texts(written) == _texts(read)


def _texts(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_forms(each.id): _forms(each.string) for each in catalog if each.id}


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]
