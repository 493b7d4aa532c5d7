"""By which names offices call the columns of a catalogue."""

from __future__ import annotations

import unicodedata
from typing import Final

ID: Final = "external_id"
DATE: Final = "date"
PERSONS: Final = "persons"
SECRECY: Final = "secrecy"
OPENING: Final = "opening"
DISCLOSURE: Final = "disclosure"
CUSTODY: Final = "custody"
TRANSFER_DUE: Final = "transfer_due"
TRANSFERRED: Final = "transferred"
FILES: Final = "files"
ATTACHMENTS: Final = "attachments"

_NAMES: Final[dict[str, str]] = {
    ID: "id 编号 标识 记录号",
    "title": "title 题名 标题 文件题名 案卷题名 文件标题 名称",
    "agency": "agency 责任者 发文机关 发文单位 发布机构 作者",
    "document_number": "doc_number document_number 文号 发文字号 文件编号 字号",
    DATE: "date 日期 成文日期 文件日期 形成日期 生成日期 时间",
    "genre": "genre 文种 体裁",
    "archival_code": "archival_code reference_code 档号",
    "index_number": "index_number 索引号 索引",
    "fonds": "fonds 全宗号 全宗",
    "fonds_name": "fonds_name 全宗名称 立档单位",
    "category": "category kind 类别 门类 档案门类 分类 主题分类",
    "volume": "volume 案卷号 卷号",
    "item": "item 件号 顺序号",
    "retention": "retention 保管期限",
    "shelf_mark": "shelf_mark 存放位置 库位 架位 排架号",
    "summary": "summary 内容概述 摘要 提要 备注",
    PERSONS: "persons 人名 人员 涉及人员 姓名",
    SECRECY: "secrecy 密级",
    OPENING: "opening 开放状态 开放情况 开放标识",
    DISCLOSURE: "disclosure 公开属性 公开方式 公开类别",
    CUSTODY: "custody 保管情况 保管单位类型 移交情况 进馆情况",
    TRANSFER_DUE: "transfer_due_on transfer_due 应移交日期 应进馆日期 移交期限",
    TRANSFERRED: "transferred_on transferred 移交日期 实际移交日期 进馆日期",
    FILES: "file files path 文件 文件名 文件路径 正文 电子文件",
    ATTACHMENTS: "attachments 附件",
}
_BY_NAME: Final = {name: field for field, names in _NAMES.items() for name in names.split()}


def field_of(heading: str) -> str | None:
    """The field a heading names, or ``None`` for a column that is not used."""
    plain = "".join(unicodedata.normalize("NFKC", heading).split()).strip("*:：")
    return _BY_NAME.get(plain) or _BY_NAME.get(plain.lower())
