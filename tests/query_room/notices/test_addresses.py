from __future__ import annotations

import pytest

from query_room.notices import NoticeReason
from query_room.notices.addresses import UnfitAddressError, address_in, checked_address


@pytest.mark.parametrize(
    "address", ["a@b.cn", "li.si+room@mail.example.cn", "x_y@localhost", " a@b.cn "]
)
def test_usual_addresses_are_taken(address: str) -> None:
    assert checked_address(address) == address.strip()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", NoticeReason.NO_ADDRESS),
        ("a@例子.中国", NoticeReason.NEEDS_SMTPUTF8),
        *((wrong, NoticeReason.BAD_ADDRESS) for wrong in ("a", "@b.cn", "a@", "a b@c.cn")),
        *((wrong, NoticeReason.BAD_ADDRESS) for wrong in ("a@b.cn\nX: y", "a@-b.cn", "a..b@c.cn")),
        *((wrong, NoticeReason.BAD_ADDRESS) for wrong in ("<a@b.cn>", "a@b.cn,c@d.cn", "a\0@b.cn")),
        (f"{'a' * 65}@b.cn", NoticeReason.BAD_ADDRESS),
    ],
)
def test_others_are_refused_without_being_repeated(address: str, reason: NoticeReason) -> None:
    with pytest.raises(UnfitAddressError) as caught:
        checked_address(address)
    assert caught.value.reason is reason
    assert str(caught.value) == reason.value


def test_the_address_is_the_sealed_text_or_its_field() -> None:
    assert address_in("a@b.cn") == "a@b.cn"
    assert address_in('{"email": "a@b.cn", "name": "张三"}') == "a@b.cn"
    for without in ('{"name": "张三"}', '{"email": 3}', "{broken", ""):
        assert address_in(without) == ""
