"""Words that carry no matter of their own.

They take no part in matching unless nothing else was typed; ranking still sees them.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
的 了 和 与 及 或 是 在 有 被 把 对 从 向 于 以 之 其 而 且 但 也 都 就 还 又 很 更 最 吗 呢
吧 啊 呀 么 嘛 我 你 您 他 她 它 我们 你们 他们 这 那 这个 那个 这些 那些 这样 那样 什么 怎么
怎样 怎么办 如何 哪些 哪个 哪里 谁 为什么 为何 是否 可以 能否 能不能 可不可以 需要 应该 应当
会 能 要 想 请问 请 一个 没有 不 没 给 让 使 由 因 因为 所以 如果 的话 那么 还是 以及 关于
有关 进行 问题 情况 多少 几
"""

STOPWORDS: Final = frozenset(_WORDS.split())
