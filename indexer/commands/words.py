"""What the importer's words mean to the archivist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from indexer.confinement import Layer
from indexer.extraction import Reason
from indexer.importing.joining import Ground
from indexer.importing.quarantine import COPY, MARKED_MEMBER
from indexer.importing.rereading import BAD_ROW
from indexer.repositories.batches import BatchState
from indexer.repositories.failures import RETRY
from indexer.repositories.files import CATALOGUE_SECRET

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from indexer.confinement import Confinement

ROW_PROBLEMS: Final = {
    "duplicate_id": "编号、档号或题名与日期重复",
    "marking_elsewhere": "密级以外的栏内有密级标志",
    "bad_date": "日期无法识别",
    "bad_secrecy": "密级无法识别",
    "bad_opening": "开放状态无法识别",
    "bad_disclosure": "公开属性无法识别",
    "bad_custody": "保管情况无法识别",
    "bad_transfer_date": "移交日期无法识别",
    "not_text": "应为文字",
    "nothing_described": "既无题名也无文件",
    "not_a_row": "不是有效的一行",
    "outside_folder": "文件不在导入的文件夹内",
    "file_missing": "文件不存在",
    "file_ambiguous": "同名文件不止一个",
}

DOUBTS: Final = {
    **ROW_PROBLEMS,
    "bad_date": "日期无法识别，留空",
    "bad_custody": "保管情况无法识别，留空",
    "bad_transfer_date": "移交日期无法识别，留空",
    "bad_pages": "页号无法识别，留空",
    "unread_cell": "单元格没有可用的值，留空",
    "date_from_serial": "日期由表格序列值换算",
    "year_shown_as_day": "按年份读取（单元格误设为日期格式）",
    "perhaps_a_year": "1905 年的日期，可能本是年份",
    "date_span": "起止日期，取起始",
}
"""What a catalogue's row says that was left out, or read in a way worth a look."""

FIELDS: Final = {
    "external_id": "编号",
    "title": "题名",
    "agency": "责任者",
    "document_number": "文号",
    "date": "日期",
    "date_year": "日期：年",
    "date_month": "日期：月",
    "date_day": "日期：日",
    "genre": "文种",
    "archival_code": "档号",
    "index_number": "索引号",
    "fonds": "全宗号",
    "fonds_name": "全宗名称",
    "category": "类别",
    "category_code": "门类代码",
    "catalogue": "目录号",
    "volume": "案卷号",
    "item": "件号",
    "serial": "序号（不保存）",
    "year": "年度",
    "retention": "保管期限",
    "organ": "机构（问题）",
    "shelf_mark": "存放位置",
    "summary": "内容概述",
    "remark": "备注",
    "persons": "人名",
    "secrecy": "密级",
    "opening": "开放状态",
    "disclosure": "公开属性",
    "custody": "保管情况",
    "transfer_due": "应移交日期",
    "transferred": "移交日期",
    "files": "电子文件",
    "attachments": "附件",
    "folder": "文件夹",
    "extension": "扩展名",
    "page_count": "页数（不保存）",
    "page_range": "起止页号",
    "first_page": "起页",
    "last_page": "止页",
}
"""What a column of a catalogue is read as."""

GROUNDS: Final[dict[str, str]] = {
    Ground.PATH: "按文件路径",
    Ground.CODE: "按档号",
    Ground.NAME: "按文号或题名",
    Ground.ORDER: "按顺序",
}
"""Why a row and its files belong together."""

REASONS: Final[dict[str, str]] = {
    Reason.ENCRYPTED: "已加密",
    Reason.DAMAGED: "已损坏",
    Reason.UNSUPPORTED: "格式不支持",
    Reason.TIMEOUT: "超时",
    Reason.MEMORY: "超出限度",
    Reason.NEEDS_OCR: "需要文字识别",
    Reason.NEEDS_TOOL: "需要外部工具",
    Reason.QUARANTINED: "有密级标志，已隔离",
    Reason.EMPTY: "没有文字",
    Reason.UNREADABLE: "无法读取",
    Reason.INTERNAL: "提取程序出错",
    CATALOGUE_SECRET: "目录定为国家秘密，未打开",
    COPY: "与目录定为国家秘密的文件内容相同",
    MARKED_MEMBER: "内含已隔离的文件",
    BAD_ROW: "所属目录行有误，未打开",
    RETRY: "待重新提取",
}

NEXT_STEPS: Final[dict[str, str]] = {
    Reason.ENCRYPTED: "向形成单位要来密码，另存为不加密的文件后重新导入",
    Reason.DAMAGED: "向形成单位另取一份；没有的，打印件扫描代替",
    Reason.UNSUPPORTED: "用原来的程序另存为 PDF 或 OFD；升级后会自动再试",
    Reason.TIMEOUT: "会自动再试；仍不行的，把大文件拆开",
    Reason.MEMORY: "会自动再试；仍不行的，把大文件拆开",
    Reason.NEEDS_OCR: "安装文字识别组件后按原因重试",
    Reason.NEEDS_TOOL: "请管理员安装所需程序；装好后会自动再试",
    Reason.EMPTY: "打开看一看：空白的可以不管，是图像的需要文字识别",
    Reason.UNREADABLE: "检查磁盘和文件权限；下次导入会自动再试",
    Reason.INTERNAL: "告诉管理员；升级后按原因重试",
    BAD_ROW: "改正目录中的这一行后重新导入",
    RETRY: "再次导入该文件夹即可",
}
"""What an archivist does about it."""

STATES: Final = {
    BatchState.RUNNING: "未完成（再次导入即继续）",
    BatchState.FINISHED: "已完成",
    BatchState.UNDONE: "已撤销",
}

LAYERS: Final = {
    Layer.NAMESPACE: "网络命名空间",
    Layer.SECCOMP: "系统调用过滤",
    Layer.LANDLOCK: "Landlock 路径限制",
    Layer.AUDIT: "Python 审计钩子",
}

_CHINA: Final = ZoneInfo("Asia/Shanghai")


def china_time(moment: dt.datetime) -> str:
    """A moment as clocks in China show it, to the minute."""
    return f"{moment.astimezone(_CHINA):%Y-%m-%d %H:%M}"


def held_by(confinement: Confinement) -> str:
    """What keeps extraction processes from the network, from other programs and other files."""
    parts = (
        ("断网", confinement.network),
        ("不启动其他程序", confinement.children),
        ("不碰其他文件", confinement.files),
    )
    told = "；".join(f"{what}（{'、'.join(LAYERS[each] for each in by)}）" for what, by in parts)
    weak = "" if confinement.is_whole else "。本机内核不能完全隔离，见 docs/operators.md"
    return f"提取进程：{told}{weak}"


def programs(found: Mapping[str, str | None]) -> str:
    """Which programs of others are there for formats that need them."""
    told = "；".join(f"{name} {path or '未安装'}" for name, path in found.items())
    return f"外部程序：{told}"
