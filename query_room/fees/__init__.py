"""The processing fee of the law: by items or by pages, never both for one request.

Source: 政府信息公开信息处理费管理办法 (国办函〔2020〕109号).
"""

from query_room.fees.tariff import FeeBasis, fee

__all__ = ["FeeBasis", "fee"]
