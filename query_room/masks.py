"""How personal data is shown where its full value is not needed."""

from __future__ import annotations

from typing import Final

STAR: Final = "*"


def mask_name(name: str) -> str:
    """``张三`` and ``张三丰`` as ``张*``; how long the name is does not show."""
    name = name.strip()
    return f"{name[0]}{STAR}" if name else ""


def mask_phone(phone: str) -> str:
    """``13812345678`` as ``138****5678``; shorter numbers keep their last two digits."""
    return _mask_middle(phone.strip(), keep_first=3, keep_last=4)


def mask_identity_number(number: str) -> str:
    """``150204199001011234`` as ``150204********1234``; shorter ones keep less."""
    return _mask_middle(number.strip(), keep_first=6, keep_last=4)


def mask_email(address: str) -> str:
    """``zhangsan@example.cn`` as ``z****@example.cn``; how long the name is does not show."""
    local, at, domain = address.strip().rpartition("@")
    return f"{local[:1]}{STAR * _LEAST_HIDDEN}{at}{domain}" if at else STAR * len(address.strip())


def _mask_middle(text: str, *, keep_first: int, keep_last: int) -> str:
    # At least four characters stay hidden, and never less than half of a short value.
    hidden = len(text) - keep_first - keep_last
    if hidden >= _LEAST_HIDDEN:
        return f"{text[:keep_first]}{STAR * hidden}{text[-keep_last:]}"
    shown = min(2, len(text) // 4)
    return STAR * (len(text) - shown) + text[len(text) - shown :]


_LEAST_HIDDEN: Final = 4
