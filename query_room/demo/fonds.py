"""The fonds (全宗) of the sample district."""

from __future__ import annotations

from typing import Final

FONDS: Final[dict[str, str]] = {
    "L001": "栖川市临岚区人民政府",
    "L012": "临岚区民政局",
    "L015": "临岚区人力资源和社会保障局",
    "L018": "临岚区自然资源局",
    "L021": "临岚区住房和城乡建设局",
    "L024": "临岚区教育局",
    "L027": "临岚区农业农村局",
    "L033": "临岚区卫生健康局",
    "L036": "临岚县知识青年上山下乡办公室",
    "L039": "临岚区工业和信息化局",
    "L042": "临岚区退役军人事务局",
    "L045": "临岚区政务服务和数据管理局",
    "L048": "临岚区档案馆",
    "L051": "松瓦镇人民政府",
    "L054": "白蓼镇人民政府",
    "L060": "栖川市临岚铸造厂",
    "L063": "栖川市生态环境局临岚分局",
    "L066": "临岚区水务局",
}
"""全宗号 to the name of the agency that keeps it today; predecessors' papers stay in the fonds."""
