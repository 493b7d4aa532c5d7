from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from query_room.errors import InvalidFieldError
from query_room.notices import NoticeFields

FIELDS = NoticeFields(
    request_number="清依申〔2026〕12号",
    organ="清河区人民政府",
    due_on=dt.date(2026, 4, 1),
    status_url="/status",
)


def test_fields_come_back_as_they_were() -> None:
    for fields in (FIELDS, replace(FIELDS, due_on=None, status_url="")):
        assert NoticeFields.from_json(fields.as_json()) == fields.checked()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("request_number", ""),
        ("request_number", "12\r\nBcc: a@b.cn"),
        ("organ", "清河区\n人民政府"),
        ("organ", "清\u2028河"),
        ("organ", "区" * 101),
        ("status_url", "https://elsewhere.example.com/"),
        ("status_url", "/x\r\ny"),
        ("status_url", f"/{'x' * 500}"),
    ],
)
def test_what_does_not_fit_the_head_of_a_message_is_refused(field: str, value: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        replace(FIELDS, **{field: value}).checked()  # type: ignore[arg-type]
    assert caught.value.field == field
