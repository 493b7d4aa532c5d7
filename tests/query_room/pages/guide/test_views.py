from __future__ import annotations

from typing import TYPE_CHECKING

from query_room.pages.guide.examples import TOPICS
from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_the_page_shows_every_example_as_a_question_that_can_be_asked(
    client: FlaskClient,
) -> None:
    for language, heading in (("zh", "怎样查找"), ("en", "How to ask")):
        page = client.get("/help/search", headers={"Accept-Language": language}).text
        assert heading in text_of(page)
        examples = [each for topic in TOPICS for each in topic.examples]
        assert all(example.asked in text_of(page) for example in examples)
        assert page.count("/search?q=") == len(examples)
        assert 'href="/help/search"' in page  # beside the box, wherever there is one
