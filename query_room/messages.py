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
    "case_not_found": ("没有这件复议或诉讼。", "There is no such review or suit."),
    "held": (
        "已暂缓删除，或有未结的复议、诉讼，不能删除。",
        "It is held, or a review or suit over it is open: it cannot be erased.",
    ),
    "hold_not_found": (
        "没有这个编号的接待或申请，或暂缓已经解除。",
        "There is no visit or request of that number, or the hold was lifted.",
    ),
    "notice_not_found": (
        "没有这份未发送的通知，可能已经发出。",
        "There is no such unsent notice; it may have been sent.",
    ),
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
    "batch_not_finished": (
        "这个批次还没有完成，尚无结果可报。",
        "This batch has not finished and has no account yet.",
    ),
    "later_batches": (
        "之后的批次改动过同样的档案，请先撤销它们。",
        "Later batches changed the same records; undo them first.",
    ),
    "saved_search_not_found": (
        "没有这个收藏的检索。",
        "There is no such saved search.",
    ),
    "too_many_saved": (
        "收藏的检索已满 50 个，请先删除一些。",
        "50 searches are kept already; remove one first.",
    ),
    "nothing_to_release": (
        "没有等待启用的索引。",
        "No generation of the index waits to answer.",
    ),
    "nothing_to_roll_back_to": (
        "没有保留可以退回的上一代索引。",
        "No earlier generation of the index is kept.",
    ),
    "rebuild_underway": (
        "新一代索引正在建立，请等它完成。",
        "A new generation is being built; please wait until it is whole.",
    ),
    "copy_not_found": (
        "这两个文件已不再作为副本列出，可能刚由他人处理。",
        "These two files are not listed as copies any more; somebody else may have been quicker.",
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
    "folder_gone": (
        "文件夹不在了，或者里面已经没有文件。请检查磁盘是否接好。",
        "The folder is gone, or nothing is in it any more. Please see whether its disk is there.",
    ),
    "not_confined": (
        "读取文件的进程未能按要求隔离，因此没有读取任何文件。请联系系统管理员。",
        "Nothing was read: the processes that read files are not held as they must be.",
    ),
    "recognition_missing": (
        "未安装文字识别组件：请运行 make ocr。",
        "Text recognition is not installed: run make ocr.",
    ),
    "order_not_found": ("没有这项任务。", "There is no such order."),
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
        "状态已经改变，不能这样处理。",
        "It has moved on; this step cannot be taken now.",
    ),
    "entry_not_found": ("没有这条登记。", "There is no such entry."),
    "entry_corrected": ("这条登记已经更正过。", "The entry was corrected already."),
    "request_not_found": ("没有这件申请。", "There is no such request."),
    "applicant_erased": ("申请人信息已经删除。", "The applicant's data has been erased."),
    "receipt_refused": (
        "查询编号或密码不正确。",
        "Receipt number and secret do not belong together.",
    ),
    "report_not_found": ("没有这份年度报告。", "There is no such annual report."),
    "organ_not_found": ("没有这个机关。", "There is no such organ."),
    "calendar_refused": (
        "工作日历没有导入，请核对文件。",
        "The calendar was not imported; please check the file.",
    ),
    "letter_failed": (
        "文书模板有误，请联系管理员。",
        "The letter's template is broken; please tell the administrator.",
    ),
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
    "too_many": ("数量超过允许的上限。", "More than is allowed."),
    "not_a_docket": (
        "请按案号格式填写，如“青政复字〔2026〕12号”；不要写姓名。",
        "Give the docket number in its form, e.g. 青政复字〔2026〕12号, and no names.",
    ),
}
_STEPS: Final[dict[str, tuple[str, str]]] = {
    "not_read_back": (
        "口头申请须当面核对，请确认已读给申请人核对无误。",
        "An oral request must be read back to the applicant and found right.",
    ),
    "no_proof_of_identity": (
        "请附上身份证明的照片。",
        "Please add a photograph of your proof of identity.",
    ),
    "not_a_handler": ("这个账户不是承办人。", "That account is no handler of this organ."),
    "still_open": ("申请办结后才能删除个人信息。", "The request is still open."),
    "period_still_runs": ("期限尚未届满。", "The period still runs."),
    "no_such_consultation": (
        "没有等待答复的这项征求意见。",
        "No such consultation awaits an answer.",
    ),
    "not_a_hit": ("这件档案不在该次检索的结果中。", "That search did not show the record."),
    "marked_already": ("这件档案已经标记过。", "The record is marked already."),
    "no_such_finding": ("没有这一件。", "There is no such record in the request."),
    "needs_exemption": ("不予公开须选择依据。", "Withholding needs its ground."),
    "exemption_of_open": (
        "予以公开的不能选择依据。",
        "What is open has no ground for withholding.",
    ),
    "needs_reasons": ("请写明理由。", "Please give the reasons."),
    "needs_how_to_get": ("请写明获取的方式和途径。", "Please say how to get it."),
    "undecided": (
        "还有档案没有拟定处理意见。",
        "A record has no proposal yet.",
    ),
    "nothing_open": ("没有拟予公开的档案。", "No record is proposed as open."),
    "nothing_withheld": ("没有拟不予公开的内容。", "Nothing is proposed to be withheld."),
    "something_withheld": (
        "有拟不予公开的内容，不能选予以公开。",
        "Something is proposed to be withheld.",
    ),
    "something_open": (
        "有拟予公开的内容，应当选部分公开。",
        "Something is proposed as open: that is opening in part.",
    ),
    "something_found": (
        "已标记相关档案，不能答复不存在。",
        "Records are marked as relevant: it cannot be said not to exist.",
    ),
    "exemption_does_not_fit": (
        "结果与所选依据不符。",
        "The outcome does not fit the grounds chosen.",
    ),
    "needs_archivist_search": (
        "答复不存在须附档案员权限的检索或者档案员的手工查找。",
        "That it does not exist needs an archivist's search attached.",
    ),
    "nothing_proposed": ("还没有拟定答复意见。", "Nothing is proposed yet."),
    "consultation_open": (
        "征求意见尚未答复，期限也未届满。",
        "A consulted party has not answered, and its period still runs.",
    ),
    "nothing_to_pay": ("按标准不收费。", "By the tariff nothing is to be paid."),
    "charged_before": (
        "这件申请已经发过收费通知，不得重复或者两种方式并收。",
        "A fee was charged for this request before.",
    ),
    "no_such_letter": ("没有这份文书。", "There is no such letter."),
    "something_hidden": (
        "有您无权查看的档案，请由有权的人员制发。",
        "The answer has records that you may not see.",
    ),
    "moved_on": (
        "申请的状态刚刚改变，请核对后再试。",
        "The request has just moved on; please look again.",
    ),
}
_ORDERS: Final[dict[str, tuple[str, str]]] = {
    "moved_on": (
        "这项任务的状态刚刚改变，请核对后再试。",
        "This has just moved on; please look again.",
    ),
    "already_ordered": ("已经有一项同样的任务。", "The same was ordered already."),
    "still_importing": (
        "这一批还在导入，请先取消导入。",
        "This batch is still being imported; cancel that first.",
    ),
    "upload_gone": (
        "上传的文件已经清除，请重新上传。",
        "What was uploaded is gone; please upload it again.",
    ),
}
_CLOCK: Final[dict[str, tuple[str, str]]] = {
    "not_received": ("尚未确认收到申请。", "Receipt is not confirmed yet."),
    "received_twice": ("收到日期只能有一个。", "It cannot be received twice."),
    "before_receipt": ("日期早于收到申请之日。", "That day lies before the receipt."),
    "before_the_law": ("当时条例尚未施行。", "The law was not in force on that day."),
    "clarified_before": (
        "已经要求过补正，只能一次。",
        "Clarification was asked for before; it can be asked once.",
    ),
    "window_passed": (
        "要求补正的七个工作日期限已过。",
        "The seven working days for asking have passed.",
    ),
    "not_asked": ("没有要求过补正。", "No clarification was asked for."),
    "extended_before": ("已经延长过。", "It was extended before."),
    "needs_approver": ("须由负责人批准。", "It needs the head's approval."),
    "too_long": ("超过法定的最长期限。", "Longer than the law allows."),
    "too_short": ("期限过短。", "Too short."),
    "due_date_passed": ("答复期限已过。", "The due date has passed."),
    "stands_still": ("期限已暂停。", "The clock stands still."),
    "unknown_party": ("请选择征求意见的对象。", "Please say who is consulted."),
    "no_consultation": ("没有这项征求意见。", "There is no such consultation."),
    "answered_before": ("已经记录过答复。", "The answer was recorded before."),
    "no_fee": ("没有待缴的费用。", "No fee is to be paid."),
    "closed": ("申请已经办结。", "The request is closed."),
    "not_closed": ("申请还没有办结。", "The request is not closed."),
}
_REVIEWS: Final[dict[str, tuple[str, str]]] = {
    "not_open": ("这项审查已经结束。", "The review has ended."),
    "not_your_step": ("这一步不由您签署。", "This step is not yours to sign."),
    "own_paper": ("不能审查自己提交的意见。", "Nobody signs what they submitted."),
    "remark_required": ("退回须写明意见。", "Sending back needs a remark."),
}
_PROOFS: Final[dict[str, tuple[str, str]]] = {
    "unsupported": (
        "请上传 JPEG、PNG 或 HEIC 照片。",
        "Please send a JPEG, PNG or HEIC photograph.",
    ),
    "damaged": ("照片已损坏，无法读取。", "The photograph is damaged."),
    "too_large": ("照片超过 12 MB。", "The photograph is larger than 12 MB."),
    "too_many_pixels": ("照片尺寸过大。", "The photograph has too many pixels."),
    "too_small": ("照片太小，看不清。", "The photograph is too small to be read."),
    "too_slow": ("照片无法处理。", "The photograph cannot be processed."),
}
_CERTIFICATES: Final[dict[str, tuple[str, str]]] = {
    "issued_before": ("这条登记已经出具过证明。", "A certificate was issued for it before."),
    "corrected": (
        "这条登记已经更正，请在更正后的登记上出具。",
        "The entry was corrected; issue it for the one in its place.",
    ),
    "nothing_to_attest": (
        "请摘录原文，或者填写所附复制件的页数。",
        "Give the words of the record, or the pages of the copy attached.",
    ),
    "hidden": ("有您无权查看的档案。", "The entry has records that you may not see."),
    "needs_archivist_search": (
        "查无证明须有档案员查找过，请先请档案员代查。",
        "That nothing was found needs an archivist's search; ask one to look first.",
    ),
    "unknown": ("没有这份证明，或者内容已经删除。", "There is no such certificate."),
}
_ORGANS: Final[dict[str, tuple[str, str]]] = {
    "exists": ("这个代码已被使用。", "The code is taken."),
    "unknown_parent": ("没有这个上级机关。", "There is no such parent organ."),
    "closed": ("这个机关已停用。", "The organ takes no more requests."),
}
_STATUTE: Final[dict[str, tuple[str, str]]] = {
    "not_for_choosing": ("这一结果不能直接选择。", "That outcome is not for choosing."),
    "reply_type_does_not_fit": (
        "答复类型与结果不符。",
        "The kind of reply does not fit the outcome.",
    ),
    "unknown_exemption": ("没有这项依据。", "There is no such ground."),
}
_REPORTS: Final[dict[str, tuple[str, str]]] = {
    "issued": ("这份年度报告已经印发，不能再改。", "That report has been issued and is frozen."),
    "checks_failed": (
        "还有校验没有通过，不能印发。",
        "It cannot be issued: a check does not hold yet.",
    ),
    "has_register": (
        "本机关的申请已在这里登记，不能再导入表格。",
        "The register here has requests of that organ; a workbook would count them twice.",
    ),
    "other_first_year": (
        "已经印发过年度报告，不能再改期初结转。",
        "A report was issued already: the opening balance stands.",
    ),
    "not_a_workbook": ("这不是可用的 XLSX 表格文件。", "This is not a usable XLSX workbook."),
    "too_large": ("文件太大，不像一份年度报告。", "The file is too large to be a report."),
}
_CASES: Final[dict[str, tuple[str, str]]] = {
    "needs_a_review": (
        "复议后起诉须选择它之前的行政复议。",
        "A suit after review names the review that it follows.",
    ),
    "follows_nothing": (
        "只有复议后起诉才接在行政复议之后。",
        "Only a suit after review follows one.",
    ),
    "review_is_open": ("该行政复议尚未审结。", "That review has not ended yet."),
    "entered_twice": ("这个案号已经登记过。", "That docket number has been entered already."),
    "reopens_only_if_corrected": (
        "只有结果纠正才能责令重新答复。",
        "A request is answered anew only where the result was corrected.",
    ),
}
_LEDGERS: Final[dict[str, tuple[str, str]]] = {
    "not_a_workbook": ("这不是可用的 XLSX 表格文件。", "This is not a usable XLSX workbook."),
    "too_large": ("文件太大，不像一份登记簿。", "The file is too large to be a register."),
    "no_header": (
        "没有找到可识别的表头。",
        "No sheet has a row that names the columns.",
    ),
    "nothing_to_import": ("没有可以导入的行。", "There is no row to be imported."),
    "imported_before": ("同一文件已经导入过。", "The same file has been imported already."),
    "several_years": ("期初结转只能有一个年度。", "An opening balance is of one year."),
    "has_balance": ("本机关已有期初结转。", "The organ has an opening balance already."),
    "changed_since": (
        "内容已有变动，请重新预览。",
        "Something has changed since; please look at it again.",
    ),
    "reported_since": (
        "已经印发过年度报告，不能再改。",
        "A report has been issued since and is frozen.",
    ),
    "not_there": ("没有这次导入，或已经撤销。", "There is no such import, or it was undone."),
}
_CALENDAR: Final[dict[str, tuple[str, str]]] = {
    "empty": ("文件是空的。", "The file is empty."),
    "no_columns": ("缺少“日期”或“类型”列。", "The columns 日期 and 类型 are needed."),
    "no_days": ("没有任何一天。", "There is no day in it."),
    "too_long": ("文件太长，不像一份放假安排。", "It is too long for a notice."),
    "unreadable": ("既不是 UTF-8 也不是 GB18030 编码。", "It is neither UTF-8 nor GB18030."),
    "twice": ("这一天出现了两次。", "The day stands there twice."),
    "not_a_day": ("不是 2027-02-05 这样的日期。", "It is not a day like 2027-02-05."),
    "not_a_kind": ("类型既不是“休”也不是“班”。", "The kind is neither 休 nor 班."),
    "worked_anyway": ("这一天本来就上班，不能写“班”。", "It is worked anyway: 班 says nothing."),
    "several_years": ("含有不止一年的日期。", "It has days of more than one year."),
}
_VOCABULARY: Final[dict[str, tuple[str, str]]] = {
    "empty": ("文件是空的。", "The file is empty."),
    "not_text": (
        "既不是 UTF-8 也不是 GB18030 编码的文本。",
        "It is text of neither UTF-8 nor GB18030.",
    ),
    "too_large": ("文件太大，不像一份词表。", "The file is too large for a vocabulary."),
    "too_many": (
        "条目或词超出上限（各 5,000 条）。",
        "There is an end of 5,000 entries and 5,000 words.",
    ),
    "columns": (
        "首行须为列名，并有“词”和“另一词”两列；可用的列见导出的文件。",
        "The first line names the columns, 词 and 另一词 among them; an export shows all of them.",
    ),
    "problems": (
        "有的行无法读取，整表替换须先改正它们，以免误删。",
        "Some lines cannot be read: a whole table is taken only when all of them can.",
    ),
    "moved": (
        "词表刚由他人改动，请重新预览。",
        "Somebody has changed the vocabulary since; please look at it again.",
    ),
    "no_version": ("没有这个版本。", "There is no such version."),
    "no_entry": (
        "没有这一条，可能刚由他人改动。",
        "There is no such entry; somebody may have changed it.",
    ),
    "exists": ("这两个词已有一条。", "There is an entry of these terms already."),
    "no_reason": (
        "请写明理由，最多 200 字。",
        "Say why, in at most 200 characters.",
    ),
    "no_file": ("没有这个文件，请重新选择。", "The file is there no more; please send it again."),
    "damaged": ("这一行已损坏，引号或长度不对。", "The line is damaged: quotes or length."),
    "cells": ("这一行的格数多于列数。", "The line has more cells than there are columns."),
    "repeated": ("与前面的行重复。", "It repeats a line before."),
    "relation": ("关系只能是：同义、沿革、俗称。", "The relation is 同义, 沿革 or 俗称."),
    "kind": (
        "种类只能是：术语、机关、地名、单位、日常用语。",
        "The kind is 术语, 机关, 地名, 单位 or 日常用语.",
    ),
    "years": (
        "年份须为四位数字，起年不晚于止年。",
        "Years have four digits, and the first is not after the last.",
    ),
    "same": ("两个词是同一个词。", "The two terms are one."),
    "too_short": ("每个词至少两个字。", "A term has at least two characters."),
    "too_long": ("词最多 40 字。", "A term has at most 40 characters."),
    "not_a_term": (
        "词须以汉字、字母或数字开头，不含控制字符。",
        "A term begins with a character, letter or digit, and has no control characters.",
    ),
    "note": (
        "说明最多 200 字，不能以 = + - @ 开头。",
        "A note has at most 200 characters and does not begin with = + - @.",
    ),
}
_REASONED: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "step_refused": _STEPS,
    "order_refused": _ORDERS,
    "clock_refused": _CLOCK,
    "review_refused": _REVIEWS,
    "proof_refused": _PROOFS,
    "certificate_refused": _CERTIFICATES,
    "organ_refused": _ORGANS,
    "case_refused": _CASES,
    "ledger_refused": _LEDGERS,
    "report_refused": _REPORTS,
    "statute_refused": _STATUTE,
    "vocabulary_refused": _VOCABULARY,
}
"""Errors with a reason of their own kind, by their code."""
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
        case _ if error.code in _REASONED:
            return _REASONED[error.code].get(getattr(error, "reason", ""))
        case _:
            return _CODES.get(error.code)


def reason_words(code: str, reason: str, language: Language) -> str:
    """What one reason of an error with many means, e.g. of a line of a file."""
    lines = {"calendar_refused": _CALENDAR, "vocabulary_refused": _VOCABULARY}
    return lines[code][reason][0 if language == "zh" else 1]
