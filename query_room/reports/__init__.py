"""The annual report on disclosure: its tables from the register, its checks, issuing it.

Source: 政府信息公开条例 (2019) art. 49, 50; 国办公开办函〔2021〕30号 (from the data of 2021 on).
"""

from query_room.reports.arithmetic import annual_tables
from query_room.reports.checks import Check, CheckKey, checks
from query_room.reports.errors import ReportNotFoundError, ReportRefusedError
from query_room.reports.model import (
    AnnualTables,
    Cell,
    CellKey,
    OpeningBalance,
    ProactiveFigures,
    ReportedCase,
    ReportedRequest,
    TableName,
)
from query_room.reports.service import ReportService
from query_room.reports.sources import RegisterSources, ReportSources

__all__ = [
    "AnnualTables",
    "Cell",
    "CellKey",
    "Check",
    "CheckKey",
    "OpeningBalance",
    "ProactiveFigures",
    "RegisterSources",
    "ReportNotFoundError",
    "ReportRefusedError",
    "ReportService",
    "ReportSources",
    "ReportedCase",
    "ReportedRequest",
    "TableName",
    "annual_tables",
    "checks",
]
