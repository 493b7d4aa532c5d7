"""What the reasons of a refused backup or restore mean to the operator."""

from __future__ import annotations

from typing import Final

from query_room.backup.model import FlawKind, Stage

REASONS: Final = {
    "file_exists": "文件已存在，不会覆盖",
    "marked_meanwhile": "备份期间有文件因密级标志被隔离，备份已作废，请重新备份",
    "no_keys": "没有可以另存的密钥",
    "no_backup": "文件不是备份",
    "no_key_file": "文件不是密钥文件",
    "unreadable": "内容无法读取",
    "cut_short": "文件不完整",
    "trailing": "文件末尾有多余内容",
    "foreign_member": "含有不属于备份的内容",
    "too_large": "内容过大",
    "changed": "内容与备份时不一致",
    "changed_meanwhile": "恢复期间内容发生变化",
    "manifest_differs": "内容与清单不一致",
    "unfit_value": "数据不符合表的结构",
    "newer_format": "由更新的版本写成，请先升级",
    "newer_schema": "数据库结构来自更新的版本，请先升级",
    "not_empty": "数据目录或数据库不是空的，已有",
    "other_restore": "这里有另一份备份未恢复完，请先恢复完那一份，或换一个空目录",
    "other_keys": "这里已有别的密钥，不会覆盖",
    "keys_do_not_fit": "密钥与这份备份不符",
    "not_loadable": "数据库不接受其中的数据",
}
"""By the ``reason`` of a :class:`query_room.errors.BackupError`."""

STAGES: Final = {
    Stage.CHECKING: ("核对备份", "字节"),
    Stage.ROWS: ("数据库", "行"),
    Stage.ORIGINALS: ("原件", "件"),
    Stage.TEXTS: ("文本", "份"),
    Stage.WORDS: ("识别文字的位置", "份"),
    Stage.INDEX: ("索引", "条变更"),
}
"""A stage and what it counts."""

FLAWS: Final = {
    FlawKind.ORIGINAL_MISSING: "原件缺失",
    FlawKind.ORIGINAL_DAMAGED: "原件已损坏",
    FlawKind.TEXT_MISSING: "文本缺失或已损坏",
}
