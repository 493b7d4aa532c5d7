from __future__ import annotations

import csv
import hashlib
import io
import re
from typing import TYPE_CHECKING

import openpyxl

from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive
    from tests.query_room.pages.people import Person


def test_an_answer_is_taken_along_with_all_that_proves_it(
    staff: Person, archive: SmallArchive
) -> None:
    archive.add("=知青的算式", "知青")
    archive.run()
    assert "导出 CSV" in text_of(staff.get("/search?q=知青").text)
    answer = staff.post("/search/export", q="知青", order="oldest", format="csv")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    end = lines.index([])
    facts = dict(lines[:end])
    heading, *rows = lines[end + 1 :]
    assert facts["检索内容"] == "知青"
    assert "Asia/Shanghai" in facts["时间"]
    assert facts["命中件数"] == facts["本表件数"] == str(len(rows)) == "3"
    assert heading[:3] == ["位次", "档案标识", "内容散列值"]
    assert "'=知青的算式" in [row[3] for row in rows]
    three = "".join(f"{row[0]}\t{row[1]}\t{row[2]}\n" for row in rows)
    assert facts["清单摘要"] == hashlib.sha256(three.encode()).hexdigest()
    link = re.search(r"/s/\S+", facts["永久链接"])
    assert link is not None
    assert facts["清单摘要"] in staff.get(link.group()).text


def test_a_workbook_has_the_same(staff: Person) -> None:
    answer = staff.post("/search/export", q="知青", format="xlsx")
    page = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert cells[0][:2] == ["检索内容", "知青"]
    heading = next(row for row in cells if row[0] == "位次")
    assert cells.index(heading) + 3 == len(cells)


def test_what_cannot_be_asked_is_not_exported(staff: Person) -> None:
    for sent in (
        {"q": "知青", "format": "exe"},
        {"q": "", "format": "csv"},
        {"q": "知青", "format": "csv", "order": "by-size"},
    ):
        assert staff.post("/search/export", **sent).status_code == 400
