"""CJK radicals that stand in PDF text where the ordinary character is meant.

Kangxi radicals (U+2F00-2FD5) fold by NFKC; the Radicals Supplement (U+2E80-2EF3) does not, apart
from two. Source: Unicode 15.1, EquivalentUnifiedIdeograph.txt, rows U+2E81 to U+2EF3.
"""

from __future__ import annotations

from typing import Final

_PAIRS: Final = """
⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇几 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎尢 ⺏尣
⺐尢 ⺑尣 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗㣺 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺
⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻
⺮竹 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳网 ⺴罒 ⺵罓 ⺶羊 ⺷羊 ⺸羊 ⺹耂 ⺺肀 ⺻聿
⺼肉 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝
⻊足 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏阝 ⻐钅 ⻑长 ⻒镸 ⻓长 ⻔门 ⻕阜 ⻖阝 ⻗雨
⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞飠 ⻟飠 ⻠饣 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼
⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫齐 ⻬齐 ⻭齿 ⻮齿 ⻯龙 ⻰龙 ⻱龟 ⻲龟
"""

RADICALS: Final = {pair[0]: pair[1] for pair in _PAIRS.split()}
"""Radical to the character meant; already simplified where the fold would simplify it anyway."""
