"""The columns of a table of entries, and the words that stand in them."""

from __future__ import annotations

from typing import Final

from indexer.analysis.thesaurus import Relation
from indexer.vocabulary.model import Kind

COLUMNS: Final = {
    "term": "词",
    "other": "另一词",
    "relation": "关系",
    "kind": "种类",
    "term_first": "词起年",
    "term_last": "词止年",
    "other_first": "另一词起年",
    "other_last": "另一词止年",
    "note": "说明",
}
"""By what they hold."""

RELATIONS: Final = {
    Relation.SAME: "同义",
    Relation.LATER: "沿革",
    Relation.OFFICIAL: "俗称",
}

KINDS: Final = {
    Kind.TERM: "术语",
    Kind.AGENCY: "机关",
    Kind.PLACE: "地名",
    Kind.UNIT: "单位",
    Kind.EVERYDAY: "日常用语",
}
