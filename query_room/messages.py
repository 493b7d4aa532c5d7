"""What this room's errors say to the person who met them; the rooms below have their own table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from query_room.errors import InvalidFieldError, RegisterRefusedError, WeakPasswordError
from search_api.messages import message as message_below

if TYPE_CHECKING:
    from indexer.errors import QueryRoomError
    from search_api.messages import Language

_CODES: Final[dict[str, tuple[str, str]]] = {
    "vault_failed": (
        "个人信息暂时无法读取，请联系管理员。",
        "Personal data cannot be read at present; please tell the administrator.",
    ),
    "sign_in_refused": ("用户名或密码不正确。", "The name or the password is not right."),
    "sign_in_locked": (
        "失败次数过多，请十五分钟后再试。",
        "Too many failures; please try again in fifteen minutes.",
    ),
    "account_exists": ("这个用户名已被使用。", "The name is taken."),
    "account_not_found": ("没有这个账户。", "There is no such account."),
    "grant_not_found": ("没有这项有效的授权。", "There is no such grant in force."),
    "permission_denied": ("您的岗位没有这项权限。", "Your role does not allow this."),
    "backup_refused": ("没有备份。", "No backup was made."),
    "backup_damaged": (
        "这不是完好的备份文件，没有恢复任何内容。",
        "This is not a whole backup; nothing was restored.",
    ),
    "restore_refused": (
        "不能恢复到这里。",
        "It cannot be restored here.",
    ),
    "batch_not_found": ("没有这个批次。", "There is no such batch."),
    "later_batches": (
        "之后的批次改动过同样的档案，请先撤销它们。",
        "Later batches changed the same records; undo them first.",
    ),
    "nothing_to_roll_back_to": (
        "没有保留可以退回的上一代索引。",
        "No earlier generation of the index is kept.",
    ),
    "rebuild_underway": (
        "新一代索引正在建立，请等它完成。",
        "A new generation is being built; please wait until it is whole.",
    ),
    "withdrawal_not_found": (
        "没有这项有效的撤下，可能已经恢复。",
        "No such withdrawal is in force; it may have been lifted.",
    ),
    "import_refused": (
        "不能这样处理：可能已经处理过。",
        "This cannot be done: it may have been done already.",
    ),
    "import_running": (
        "正在导入或撤销批次，请等它结束。",
        "An import or an undoing is running; please wait until it ends.",
    ),
    "visit_not_found": ("没有这次来访。", "There is no such visit."),
    "visit_closed": ("这次来访已经结束。", "The visit has ended."),
    "visit_already_open": (
        "还有一次来访没有结束，请先结束它。",
        "Another visit is still open; close it first.",
    ),
    "person_erased": ("来访人信息已经删除。", "The visitor's data has been erased."),
    "search_of_another_visit": (
        "这次检索不属于当前来访。",
        "That search does not belong to this visit.",
    ),
    "handover_not_found": ("没有这项代查。", "There is no such handover."),
    "invalid_transition": (
        "这项代查的状态已经改变，不能这样处理。",
        "The handover has moved on; this step cannot be taken now.",
    ),
    "entry_not_found": ("没有这条登记。", "There is no such entry."),
    "entry_corrected": ("这条登记已经更正过。", "The entry was corrected already."),
    "search_not_logged": ("没有这次检索的记录。", "No such search was logged."),
    "event_not_found": ("日志中没有这一条。", "There is no such event in the log."),
    "event_erased": ("这条日志的内容已经删除。", "What the event said was erased."),
    "erasure_refused": ("这条日志不能删除。", "This event cannot be erased."),
}
_PASSWORDS: Final[dict[str, tuple[str, str]]] = {
    "too_short": ("密码至少十个字符。", "A password has at least ten characters."),
    "too_long": ("密码过长。", "The password is too long."),
    "is_the_name": ("密码不能与用户名相同。", "The password cannot be the name."),
}
_FIELDS: Final[dict[str, tuple[str, str]]] = {
    "required": ("这一项必须填写。", "This must be given."),
    "too_long": ("内容过长。", "Too long."),
    "unknown": ("不是可用的取值。", "That value is not known."),
    "out_of_range": ("超出允许的范围。", "Out of the range allowed."),
}
_REGISTER: Final[dict[str, tuple[str, str]]] = {
    "search_erased": ("这次检索的内容已经删除。", "What was searched has been erased."),
    "not_a_hit": (
        "这件档案不在所选检索的结果中；如属手工补充，请注明。",
        "The record is not among that search's results; say so if it is added by hand.",
    ),
    "changed_since": (
        "这件档案在检索之后有变动，请重新检索。",
        "The record has changed since; please search again.",
    ),
    "needs_approval": (
        "未开放的档案须填写批准人和依据。",
        "What is not open needs an approver and a basis.",
    ),
    "lending_needs_a_unit": ("只有单位利用可以借出。", "Only units may borrow."),
    "needs_a_copy_count": ("请填写复制份数。", "Give the number of copies."),
    "needs_a_certificate": ("请填写证明编号。", "Give the number of the certificate."),
    "needs_items": ("请至少选择一件档案。", "Choose at least one record."),
    "has_items": ("结果为未查到时不能列出档案。", "An entry with nothing found lists no record."),
    "twice": ("同一件档案以同一方式列出了两次。", "A record is listed twice in the same way."),
}


def message(error: QueryRoomError, language: Language) -> str:
    """The text for a person, in their language; never one that tells what the archive holds."""
    pair = _pair(error)
    if pair is None:
        return message_below(error, language)
    return pair[0] if language == "zh" else pair[1]


def _pair(error: QueryRoomError) -> tuple[str, str] | None:
    match error:
        case WeakPasswordError():
            return _PASSWORDS[error.reason]
        case InvalidFieldError():
            return _FIELDS[error.reason]
        case RegisterRefusedError():
            return _REGISTER[error.reason]
        case _:
            return _CODES.get(error.code)
