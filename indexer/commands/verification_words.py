"""What the findings of a verification mean to the operator."""

from __future__ import annotations

from typing import Final

from indexer.commands.words import REASONS
from indexer.engine.port import Pair
from indexer.importing.mending import Deed, Why
from indexer.indexing.findings import Problem

PROBLEMS: Final = {
    Problem.BREACH: "【越权】索引中有无权查到的内容",
    Problem.QUARANTINED_KEPT: "【越权】存储中留有已隔离的文件",
    Problem.NO_GENERATION: "没有可用的索引",
    Problem.INDEX_UNREADABLE: "索引无法打开",
    Problem.NOT_INDEXED: "未编入索引的档案",
    Problem.STALE: "索引内容过时或重复的档案",
    Problem.PASSAGES: "索引中段落缺少或多余的档案",
    Problem.SET_ASIDE: "编入时屡次使索引进程中止、已搁置的档案",
    Problem.ORPHANED: "索引中已不存在的档案",
    Problem.STRAY_PASSAGES: "索引中无主的段落",
    Problem.TEXT_MISSING: "文本缺失的文件",
    Problem.TEXT_DAMAGED: "文本已损坏的文件",
    Problem.ORIGINAL_MISSING: "原件缺失的文件",
    Problem.TEXT_ORPHANED: "无主的文本",
    Problem.WORDS_ORPHANED: "无主的文字位置",
    Problem.ORIGINAL_ORPHANED: "无主的原件",
}

PAIRS: Final = {Pair.FULL: "全部索引", Pair.PUBLIC: "公开索引"}

DEEDS: Final = {
    Deed.QUEUED: "重新编入索引",
    Deed.REMOVED: "立即停止提供，并移出索引",
    Deed.READ: "由原件重新读出文本",
    Deed.MARKED: "原件不可用，下次导入其文件夹时重新读入",
    Deed.DELETED: "已删除",
    Deed.LEFT: "未处理",
}

WHY: Final[dict[str, str]] = {
    **REASONS,
    Why.IMPORTING: "正在导入，请稍后再试",
    Why.SET_ASIDE: "查明原因后执行 query-room retry set_aside",
    Why.NOBODYS: "无法单独移出，请执行 query-room reindex 重建索引",
    Why.TOLD_ONLY: "只列出，不删除；确认无用后可加 --prune 删除",
    Why.NO_ORIGINAL: "原件不可用，来源处也没有，请从备份恢复",
    Why.UNREADABLE: "请把这一代索引移出索引目录，索引进程会重新编入",
}
"""Why a finding was left as it is."""
