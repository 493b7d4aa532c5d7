"""What an error says to the person who met it, in their language.

One table for the API and the pages. Nothing here depends on what the archive holds: an error text
never tells what exists.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from indexer.errors import InvalidQueryError, QueryRoomError

Language: TypeAlias = Literal["zh", "en"]

_QUERY: Final[dict[str, tuple[str, str]]] = {
    "empty": ("请输入要查找的内容。", "Type what to look for."),
    "nothing_to_search": (
        "查找内容中没有可检索的文字或数字。",
        "The question has no letter, digit or character to look for.",
    ),
    "too_long": ("内容过长，最多 {detail} 个字。", "Too long: at most {detail} characters."),
    "too_many": ("筛选值过多，最多 {detail} 个。", "Too many values: at most {detail}."),
    "repeated": ("这一项只能填写一次。", "This can be given only once."),
    "unknown_filter": ("没有这样的筛选项。", "There is no such filter."),
    "unknown_value": ("不是可用的取值。", "That value is not known."),
    "out_of_range": ("数值超出范围。", "The number is out of range."),
    "bad_date": (
        "日期不正确，请写成 2008-03-15 的形式，且起始日期不晚于截止日期。",
        "Not a usable date: write 2008-03-15, and begin no later than you end.",
    ),
    "page_out_of_range": (
        "页码超出范围。按相关度最多可翻看前 1000 件，请改按日期排序或缩小范围。",
        "No such page. By relevance the first 1,000 records can be paged; order by date instead.",
    ),
}
_CODES: Final[dict[str, tuple[str, str]]] = {
    "record_not_found": (
        "没有找到，或不在您的查阅权限之内。",
        "Not found, or not within your rights.",
    ),
    "engine_unavailable": (
        "检索服务正在准备，请稍后再试。",
        "Search is being prepared; please try again shortly.",
    ),
    "index_mismatch": (
        "索引需要更新，请联系档案员。",
        "The index must be rebuilt; please tell an archivist.",
    ),
    "engine_failed": (
        "检索服务出现故障，请联系管理员。",
        "Search has failed; please tell the administrator.",
    ),
    "document_refused": (
        "索引不接受其中一件，请联系管理员。",
        "The index does not take one of the records; please tell the administrator.",
    ),
    "election_lost": (
        "索引工作已由另一个程序协调。",
        "Another process coordinates the work on the index by now.",
    ),
    "writer_locked": (
        "另一个程序正在写入索引，请稍后再试。",
        "Another process is writing the index; please try again shortly.",
    ),
    "storage_failed": (
        "存储出现故障，请联系管理员。",
        "Storage has failed; please tell the administrator.",
    ),
    "store_unreachable": (
        "存储暂时无法访问，请稍后再试。",
        "The store does not answer; please try again shortly.",
    ),
    "text_damaged": (
        "这份文件的文本已损坏，请联系档案员。",
        "The text of this file is damaged; please tell an archivist.",
    ),
    "source_unreadable": (
        "来源文件无法读取。",
        "A file to be archived cannot be read.",
    ),
    "import_refused": ("导入无法开始。", "The import cannot start."),
    "manifest_unreadable": ("目录文件无法读取。", "The catalogue cannot be read."),
    "profile_refused": (
        "目录配置无法使用。",
        "The profile of catalogues cannot be used.",
    ),
    "vocabulary_refused": ("词表不能这样改动。", "The vocabulary cannot be changed so."),
    "extraction_failed": ("无法提取文本。", "The file gave no text."),
    "invalid_setting": (
        "系统设置有误，请联系管理员。",
        "A setting is wrong; please tell the administrator.",
    ),
    "log_failed": (
        "日志读写出现故障，请联系管理员。",
        "The log refused a read or a write; please tell the administrator.",
    ),
    "text_missing": (
        "这一页的文本暂时无法读取，请联系档案员。",
        "The text of this page cannot be read at present; please tell an archivist.",
    ),
    "page_not_drawn": (
        "这一页无法显示为图像，请查看文字或下载原件。",
        "This page cannot be shown as an image; read its text or download the original.",
    ),
    "drawing_busy": (
        "正在生成的页面图像较多，请稍后再试。",
        "Many page images are being made; please try again shortly.",
    ),
    "storage_full": (
        "存储空间已满，请联系管理员。",
        "The data folder is full; please tell the administrator.",
    ),
    "too_many_requests": ("请求过于频繁，请稍后再试。", "Too many requests; please wait a moment."),
    "not_found": ("没有这个页面。", "There is no such page."),
    "method_not_allowed": ("不支持这种操作。", "That cannot be done here."),
    "bad_request": ("请求无法识别。", "The request cannot be understood."),
    "internal": (
        "系统出现故障，已记录。请稍后再试，或联系工作人员。",
        "Something went wrong and was noted. Please try again later or ask the staff.",
    ),
}


def message(error: QueryRoomError, language: Language) -> str:
    """The error's text for a person."""
    if isinstance(error, InvalidQueryError) and error.reason in _QUERY:
        return _in(language, _QUERY[error.reason]).format(detail=error.detail)
    return message_for_code(error.code, language)


def message_for_code(code: str, language: Language) -> str:
    """The text for a code; an unknown one gets the text of an internal error."""
    return _in(language, _CODES.get(code, _CODES["internal"]))


def _in(language: Language, texts: tuple[str, str]) -> str:
    return texts[0] if language == "zh" else texts[1]
