"""Letters of nobody about nothing, with which templates are tried."""

from __future__ import annotations

import datetime as dt
from typing import Final

from query_room.letters.model import (
    Letter,
    LetterFinding,
    Letterhead,
    LetterKind,
    LetterSearch,
    LetterSource,
)
from query_room.statute.codes import ReplyType

_DAY: Final = dt.date(2026, 3, 2)
HEAD: Final = Letterhead(
    organ="清河区人民政府",
    office="清河区人民政府办公室（政府信息公开工作机构）",
    address="清河区槐荫街1号",
    postcode="014000",
    phone="0472-0000000",
    fax="0472-0000001",
    hours="工作日上午8:30—12:00，下午2:30—5:30",
)


def sample_letter(kind: LetterKind, reply_type: ReplyType = ReplyType.IN_PART) -> Letter:
    """A letter of a kind with every field filled."""
    return Letter(
        kind=kind,
        number="清依申复〔2026〕12号",
        day=_DAY,
        letterhead=HEAD,
        addressee="张某某",
        request_number="清依申〔2026〕12号",
        receipt_number="QINGHE-2026-00012",
        received_on=dt.date(2026, 2, 9),
        asked_for="二〇〇八年槐荫街旧城改造房屋征收补偿方案及其附件。",
        text="申请中所称“附件”不明确，请写明所需附件的名称，或者能够据以查找的其他特征。",
        until=dt.date(2026, 3, 13),
        working_days=20,
        count=31,
        yuan=10,
        basis="按量",
        reply_type=reply_type.value,
        articles="《中华人民共和国政府信息公开条例》第三十七条",
        findings=(
            LetterFinding(
                title="关于槐荫街旧城改造房屋征收补偿方案的通知",
                document_number="清政发〔2008〕15号",
                archival_code="Q012-WS·2008-Y-BGS-0015",
                pages="1-3",
                decision="部分公开",
                ground="条例第十五条 涉及个人隐私",
            ),
        ),
        reasons="附表中被征收人的姓名、身份证件号码和银行账号涉及个人隐私，公开会对第三方合法权益造成损害。",
        how_to_get="所附电子文件，共三页。",
        other_organ="清河区自然资源局",
        other_contact="0472-0000002",
        searches=(
            LetterSearch(
                where="电子档案检索系统（档案员权限）",
                words="槐荫街 房屋征收 补偿方案",
                day=dt.date(2026, 2, 20),
                by="李某",
            ),
        ),
        remedy="如对本答复不服，可以自收到本答复书之日起60日内依法申请行政复议。",
        sources=(
            LetterSource(
                archival_code="Q012-1971-Y-0003",
                title="红旗公社一九七一年知青名单",
                pages="2",
                file_hash="0" * 64,
            ),
        ),
        extract="",
        keeper="王某",
        attachments=("清政发〔2008〕15号（公开部分）",),
        secret="7K2M-Q0RT-9XBD",  # noqa: S106 - nobody's
    )


def sample_letters() -> tuple[Letter, ...]:
    """A letter of every kind, and a reply of every type."""
    others = [kind for kind in LetterKind if kind is not LetterKind.REPLY]
    replies = (sample_letter(LetterKind.REPLY, reply_type) for reply_type in ReplyType)
    return (*map(sample_letter, others), *replies)
