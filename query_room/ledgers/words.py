"""What is wrong with a cell, in the words of the report of bad rows."""

from __future__ import annotations

from typing import Final

BAD_CELLS: Final = {
    "missing": "必填而为空，或公式没有存下结果",
    "not_a_day": "不是日期",
    "not_a_month": "不是月份",
    "not_a_year": "不是年份",
    "not_a_count": "不是数量",
    "unknown_word": "不是已知的类别或结果",
    "in_future": "晚于今天",
    "before_receipt": "早于收到日期",
    "result_without_day": "有结果而没有答复日期",
    "day_without_result": "有答复日期而没有结果",
    "twice": "重复",
}
VALUE_CLASSES: Final = {
    "empty": "空",
    "text": "文字",
    "number": "数字",
    "date": "日期",
    "other": "其他",
}
