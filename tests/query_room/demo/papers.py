"""One paper with every part, for the tests of the layouts."""

from __future__ import annotations

from typing import Final

from query_room.demo.papers import Block, BlockKind, Paper

WHOLE_PAPER: Final = Paper(
    copy_number="000012",
    urgency="加急",
    masthead="临岚区人民政府文件",
    number="岚政发〔2008〕7号",
    signer="方砚秋",
    title="临岚区人民政府关于修缮岚溪桥的请示",
    recipients="栖川市人民政府",
    blocks=(
        Block(kind=BlockKind.HEADING, text="一、桥梁现状"),
        Block(kind=BlockKind.PARAGRAPH, text="桥长<60>米 & 宽9米，建于一九六五年。"),
        Block(kind=BlockKind.TABLE, rows=(("构件", "状况"), ("桥墩", "露筋"))),
        Block(kind=BlockKind.CENTRED, text="第二部分"),
        Block(kind=BlockKind.PAGE_BREAK),
        Block(kind=BlockKind.PARAGRAPH, text="当否，请批示。"),
    ),
    annex_note="检测报告",
    signature="临岚区人民政府",
    date="二〇〇八年四月三日",
    note="联系人：办公室",
    subject_words="交通　桥梁　请示",
    copies_to="市交通局",
    printed_by="临岚区人民政府办公室　二〇〇八年四月四日印发",
)
SAID: Final = (
    "000012", "加急", "临岚区人民政府文件", "岚政发〔2008〕7号", "签发人：方砚秋",
    "临岚区人民政府关于修缮岚溪桥的请示", "栖川市人民政府：", "一、桥梁现状",
    "桥长<60>米 & 宽9米，建于一九六五年。", "构件", "露筋", "第二部分", "当否，请批示。",
    "附件：检测报告", "二〇〇八年四月三日", "（联系人：办公室）", "主题词：交通", "抄送：市交通局",
    "二〇〇八年四月四日印发",
)  # fmt: skip
"""In reading order, what every layout of a whole paper must say."""
