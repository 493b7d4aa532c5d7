"""发文字号 in the text of a document: 青政办发〔2008〕15号.

Source: GB/T 9704-2012 7.2.5; the damaged forms are those met on government sites.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_OPEN: Final = r"[〔\[(【〖{]"
_CLOSE: Final = r"[〕\])】〗}]"
_YEAR: Final = r"(?:19|20)\d\d"
_NUMBER: Final = re.compile(
    rf"(?P<prefix>[㐀-鿿]{{1,16}}?)字?\s*{_OPEN}\s*(?P<year>{_YEAR})\s*年?\s*{_CLOSE}?\s*第?\s*"
    rf"(?P<serial>\d{{1,5}})\s*[号號]"
)
_OLD: Final = re.compile(
    rf"{_OPEN}\s*(?P<year>(?:19|20)?\d\d)\s*{_CLOSE}\s*(?P<prefix>[㐀-鿿]{{1,12}}?)字?\s*第?\s*"
    r"(?P<serial>\d{1,5})\s*[号號]"
)
_TOP_LINES: Final = 25


def document_number_of(first_page: str) -> str:
    """The document's own number: one that stands alone on a line near the top, else ``""``.

    A number inside a sentence is another document's.
    """
    lines = [line.strip() for line in first_page.splitlines() if line.strip()][:_TOP_LINES]
    for line in lines:
        plain = unicodedata.normalize("NFKC", line)
        # An upward paper has the signer on the same line.
        number = re.split(r"\s{2,}|签发人|簽發人", plain)[0].strip()
        for pattern in (_NUMBER, _OLD):
            match = pattern.fullmatch(number)
            if match:
                return _standard(match, pattern is _OLD)
    return ""


def _standard(match: re.Match[str], is_old: bool) -> str:  # noqa: FBT001 - private
    number = int(match["serial"])
    if is_old:
        return f"({match['year']}){match['prefix']}字第{number}号"
    return f"{match['prefix']}〔{match['year']}〕{number}号"
