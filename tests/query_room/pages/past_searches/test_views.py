from __future__ import annotations

import re
from typing import TYPE_CHECKING

from query_room.pages.past_searches.labels import FATES, REASONS
from search_api.replaying import Fate, Reason
from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.fixtures.archive import SmallArchive
    from tests.query_room.pages.people import Person


def link_of(html: str) -> str:
    found = re.search(r'href="(/s/[^"]+)"', html)
    assert found is not None
    return found.group(1)


def test_a_citizen_finds_the_answer_again_under_its_link(
    client: FlaskClient, staff: Person, archive: SmallArchive
) -> None:
    link = link_of(client.get("/search?q=知青&order=oldest").text)
    page = client.get(link)
    shown = text_of(page.text)
    assert page.status_code == 200
    assert "知青" in shown
    assert "红旗公社知青名单" in shown
    assert "红旗公社回城批复" not in shown
    assert "重新查找并比较" not in shown  # that is for those whose names the log knows
    assert staff.get(link).status_code == 200
    assert client.get("/s/keine-Suche").status_code == 404
    del archive


def test_what_staff_searched_is_theirs(client: FlaskClient, staff: Person, auditor: Person) -> None:
    link = link_of(staff.get("/search?q=知青").text)
    assert "红旗公社回城批复" in staff.get(link).text
    assert client.get(link).status_code == 404
    assert client.post(f"{link}/compare").status_code in {400, 404}
    seen = auditor.get(link)
    assert seen.status_code == 200
    assert "红旗公社" not in seen.text


def test_then_and_now_stand_beside_each_other(
    staff: Person, auditor: Person, archive: SmallArchive
) -> None:
    link = link_of(staff.get("/search?q=知青").text)
    assert "检索结果没有变化" in text_of(staff.post(f"{link}/compare").text)
    archive.add("新来的知青档案", "知青知青")
    archive.run()
    page = text_of(staff.post(f"{link}/compare").text)
    assert "新来的知青档案" in page
    assert "此后新进馆" in page
    by_ids = auditor.post(f"{link}/compare").text
    assert "知青档案" not in by_ids
    assert "超出您的权限" in by_ids
    assert link in auditor.get("/log/searches").text


def test_every_word_of_a_comparison_can_be_said() -> None:
    assert set(FATES) == set(Fate)
    assert set(REASONS) == set(Reason)
