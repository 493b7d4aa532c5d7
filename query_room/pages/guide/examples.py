"""The examples of the help page, and the papers they are asked of.

The page shows this table, and a test asks every example of an archive that holds these papers: an
example that says what is not so fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from flask_babel import LazyString


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A made-up paper.

    Attributes:
        title: Names it in :attr:`Example.finds`. text: All it says.
        persons: As a catalogue gives them.
    """

    title: str
    text: str
    agency: str = ""
    number: str = ""
    code: str = ""
    date: str = ""
    persons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question and what it finds.

    Attributes:
        asked: As it is typed.
        meaning: What it asks for.
        finds: Titles of all the samples that it finds, in no order.
        for_staff: Whether only the staff are answered so.
    """

    asked: str
    meaning: LazyString
    finds: tuple[str, ...]
    for_staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Examples of one kind."""

    heading: LazyString
    examples: tuple[Example, ...]


ALLOWANCE: Final = "青山区最低生活保障审批办法"
SUBSIDY: Final = "青山区医疗救助实施细则"
YOUTH: Final = "红旗公社知青下放名册"
RETURN: Final = "红旗公社知青回城批复"
SCHOOL: Final = "青山区学校布局调整通知"

SAMPLES: Final = (
    Sample(
        title=ALLOWANCE,
        text="低保申请由居民委员会受理。最低生活\n保障的标准由区民政局公布。",
        agency="青山区民政局",
        number="青民发〔2008〕15号",
        code="Z109-WS·2008-Y-MZ-0001",
        date="2008-03-15",
    ),
    Sample(
        title=SUBSIDY,
        text="低保家庭的医疗救助，学校学生除外。见青民发〔2008〕15号。",
        agency="青山区民政局",
        number="青民发〔2009〕5号",
        code="Z109-WS·2009-Y-MZ-0021",
        date="2009-06-01",
    ),
    Sample(
        title=YOUTH,
        text="一九六八年十月，红旗公社接收知识青年二十人。",
        agency="红旗公社革命委员会",
        code="2-1-15",
        date="1971",
        persons="魏昶旻",
    ),
    Sample(
        title=RETURN,
        text="同意红旗公社下列知青回城。",
        agency="青山区革命委员会",
        code="2-1-16",
        date="1968-12-02",
    ),
    Sample(
        title=SCHOOL,
        text="民国三十五年所建的学校，二〇一〇年起并入中心学校。",
        agency="青山区教育局",
        number="青教发〔2010〕3号",
        code="21-1-5",
        date="2010-09-01",
    ),
)

TOPICS: Final = (
    Topic(
        heading=lazy_gettext("Words"),
        examples=(
            Example(
                asked="低保 审批",
                meaning=lazy_gettext("both words, anywhere in the record"),
                finds=(ALLOWANCE,),
            ),
            Example(
                asked="“最低生活保障”",
                meaning=lazy_gettext("exactly this run; it may go on in the next line or page"),
                finds=(ALLOWANCE,),
            ),
            Example(
                asked="醫療救助",
                meaning=lazy_gettext("traditional or simplified, full or half width: all one"),
                finds=(SUBSIDY,),
            ),
        ),
    ),
    Topic(
        heading=lazy_gettext("Excluding and choosing"),
        examples=(
            Example(
                asked="低保 -学校",
                meaning=lazy_gettext(
                    "without a word: a minus with a space before it and none after"
                ),
                finds=(ALLOWANCE,),
            ),
            Example(
                asked="医疗 OR 知青",
                meaning=lazy_gettext("one or the other: OR in capitals, or the sign |"),
                finds=(SUBSIDY, YOUTH, RETURN),
            ),
            Example(
                asked="青山区 (低保 | 回城) -学校",
                meaning=lazy_gettext("brackets keep together what belongs together"),
                finds=(ALLOWANCE, RETURN),
            ),
        ),
    ),
    Topic(
        heading=lazy_gettext("One field alone"),
        examples=(
            Example(
                asked="标题:学校",
                meaning=lazy_gettext("in the title; in English title:"),
                finds=(SCHOOL,),
            ),
            Example(
                asked="机关:民政局 低保",
                meaning=lazy_gettext("papers of one agency, or agency:"),
                finds=(ALLOWANCE, SUBSIDY),
            ),
            Example(
                asked="文号:青民发(2008)15号",
                meaning=lazy_gettext("the number, however its brackets are typed, or number:"),
                finds=(ALLOWANCE,),
            ),
            Example(
                asked="文号:5号",
                meaning=lazy_gettext("a part of the number: 5 is not 15"),
                finds=(SUBSIDY,),
            ),
            Example(
                asked="档号:(2-1-15 OR 21-1-5)",
                meaning=lazy_gettext("brackets after a field, too; code: is 档号:"),
                finds=(YOUTH, SCHOOL),
            ),
            Example(
                asked="人名:魏昶旻",
                meaning=lazy_gettext(
                    "a name in the catalogue, or person: — for the staff; others look in the text"
                ),
                finds=(YOUTH,),
                for_staff=True,
            ),
        ),
    ),
    Topic(
        heading=lazy_gettext("Numbers and codes of which you know a part"),
        examples=(
            Example(
                asked="文号:青民发*",
                meaning=lazy_gettext("whatever begins so; at least two characters come first"),
                finds=(ALLOWANCE, SUBSIDY),
            ),
            Example(
                asked="档号:2-1-1?",
                meaning=lazy_gettext("? is any one character"),
                finds=(YOUTH, RETURN),
            ),
        ),
    ),
    Topic(
        heading=lazy_gettext("Dates"),
        examples=(
            Example(
                asked="2008..2009",
                meaning=lazy_gettext("the record's own date; also 2008.. and ..2009"),
                finds=(ALLOWANCE, SUBSIDY),
            ),
            Example(
                asked="六八年 红旗公社",
                meaning=lazy_gettext("dated so, or with that date in the text in any form"),
                finds=(YOUTH, RETURN),
            ),
            Example(
                asked="二〇〇八年三月",
                meaning=lazy_gettext("month and day as they are written, in either numerals"),
                finds=(ALLOWANCE,),
            ),
            Example(
                asked="民国三十五年",
                meaning=lazy_gettext("years of the Republic: also 1946年 in the text"),
                finds=(SCHOOL,),
            ),
            Example(
                asked="1968-1972 知青",
                meaning=lazy_gettext("a span of years, or just this written in the text"),
                finds=(YOUTH, RETURN),
            ),
        ),
    ),
    Topic(
        heading=lazy_gettext("Close to each other"),
        examples=(
            Example(
                asked="红旗公社 NEAR/6 回城",
                meaning=lazy_gettext(
                    "at most 6 other characters between them (10 without a number, never over 20)"
                ),
                finds=(RETURN,),
            ),
        ),
    ),
    Topic(
        heading=lazy_gettext("Typing errors and pinyin"),
        examples=(
            Example(
                asked="抵保 审批",
                meaning=lazy_gettext(
                    "a wrong character of the same sound or look: where nothing has it, what is"
                    " meant is looked for, and the page says so"
                ),
                finds=(ALLOWANCE,),
            ),
            Example(
                asked="jiaoyuju",
                meaning=lazy_gettext("pinyin of a title, an agency or a place"),
                finds=(SCHOOL,),
            ),
            Example(
                asked="yljz",
                meaning=lazy_gettext("the first letters of its pinyin"),
                finds=(SUBSIDY,),
            ),
        ),
    ),
    Topic(
        heading=lazy_gettext("What is text, though it looks like a sign"),
        examples=(
            Example(
                asked="青民发〔2008〕15号",
                meaning=lazy_gettext("a number needs no field: who bears it comes first"),
                finds=(ALLOWANCE, SUBSIDY),
            ),
            Example(
                asked="公社:知青",
                meaning=lazy_gettext("before a colon stands a word, unless it names a field"),
                finds=(YOUTH, RETURN),
            ),
            Example(
                asked="-知青",
                meaning=lazy_gettext("exclusions alone ask for nothing, so this is a word"),
                finds=(YOUTH, RETURN),
            ),
        ),
    ),
)
