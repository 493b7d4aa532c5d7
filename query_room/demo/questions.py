"""What people would ask of the sample archive, and the record that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownQuestion:
    """One question with its answer.

    Attributes:
        text: As typed at the counter.
        code: 档号 of the record that should be found.
    """

    text: str
    code: str


_QUESTIONS: Final = """
岚政办发[2008]15号 | L001-WS·2008-Y-BGS-0015
岚政发〔2013〕22号 | L001-WS·2013-Y-BGS-0018
(58)岚民字第12号 | L012-2-004-0003
岚劳社函（2005）19号 | L015-WS·2005-Y-YLBX-0007
１９８６年撤县设区 | L001-1-063-0001
护林防火布告 | L001-1-003-0001
縣第一屆人民代表大會選舉 | L001-1-005-0004
红旗人民公社什么时候成立的 | L001-1-011-0002
东方红街道改名 | L001-1-026-0005
松瓦乡改镇 | L001-1-081-0006
雁回乡和白蓼乡合并 | L001-1-089-0002
铸铁路更名为创业路 | L001-WS·2009-Y-BGS-0033
暖气不热 室温 退热费 | L001-WS·2010-Y-BGS-0040
加装电梯 一层业主 | L001-WS·2025-D30-BGS-0011
2020年依申请公开 年度报告 | L001-WS·2021-D30-BGS-0003
北铸片区 无证房屋认定 会议纪要 | L001-WS·2014-D30-BGS-0006
结婚证丢了 登记档案查不到 补录 | L012-WS·2011-D30-HYDJ-0002
低保 230元 提高标准 | L012-WS·2008-D30-SHJZ-0004
低保边缘家庭 车辆 8万元 | L012-WS·2024-D30-SHJZ-0008
五保户口粮 四百八十斤 | L012-2-031-0002
高龄津贴 80岁 100元 | L012-WS·2022-D30-YLFW-0005
知青招工 铸造厂六十名 | L015-3-018-0004
插队时间算不算连续工龄 | L015-WS·2005-Y-YLBX-0007
下岗职工证 优惠 | L015-WS·1999-D30-JYK-0003
上瓦村征地补偿 | L018-WS·2004-Y-ZDK-0012
北环路东延 征地 石碾村 | L018-WS·2012-Y-ZDK-0021
房改房 工龄折扣 | L021-2-015-0003
北渠巷拆迁 | L021-WS·2003-D30-CQB-0009
望溪片区 房屋征收 决定 | L021-WS·2011-Y-ZSK-0002
公租房摇号 岚园小区 | L021-WS·2015-D30-ZFK-0010
铸造厂子弟学校 学籍 毕业证明 | L024-WS·2005-Y-BGS-0008
石碾村小学撤并 | L024-WS·2013-D30-JYG-0004
二轮承包 三十年 机动地 | L027-WS·1998-Y-NJZ-0002
二轮承包合同丢了怎么办 | L027-WS·2014-D30-NJZ-0006
独生子女保健费 每月五元 | L033-2-022-0004
赤脚医生 合作医疗 中草药 | L033-2-008-0002
陈望生 下乡证明 | L036-1-004-0007
松瓦公社 知青 名册 | L036-1-002-0001
棉纺厂破产 集资款 | L039-WS·1998-Y-GZK-0003
三井水库移民 房屋补偿 | L066-1-006-0001
""".strip()

KNOWN_QUESTIONS: Final = tuple(
    KnownQuestion(text=text.strip(), code=code.strip())
    for text, _, code in (line.partition("|") for line in _QUESTIONS.splitlines())
)
"""By 档号 of the answer, roughly; several kinds of question mixed as a counter hears them."""
