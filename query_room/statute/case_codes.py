"""Words of table IV: which way a dispute went, and how it ended."""

from __future__ import annotations

from enum import StrEnum


class CaseBlock(StrEnum):
    """Which part of table IV a case stands in. Source: 国办公开办函〔2021〕30号."""

    REVIEW = "rev"  # 行政复议
    DIRECT = "dir"  # 未经复议直接起诉
    AFTER_REVIEW = "post"  # 复议后起诉


class CaseResult(StrEnum):
    """How a case ended. Source: 国办公开办函〔2021〕30号."""

    UPHELD = "keep"  # 结果维持
    CORRECTED = "fix"  # 结果纠正
    OTHER = "oth"  # 其他结果
    OPEN = "open"  # 尚未审结
