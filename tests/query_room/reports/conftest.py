"""Organs of a district, people who report, and a register to report on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from query_room.accounts import Account, Role
from query_room.organs import Organ, OrganService
from query_room.reports import ReportService
from tests.query_room.reports.registers import ListedSources, request

if TYPE_CHECKING:
    from sqlalchemy import Engine


def account(name: str, role: Role) -> Account:
    return Account(
        account_id=1,
        name=name,
        display_name=name,
        role=role,
        agencies=(),
        credential_version=1,
        created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        disabled_at=None,
    )


@pytest.fixture
def staff() -> Account:
    return account("liu", Role.STAFF)


@pytest.fixture
def organs(database: Engine) -> OrganService:
    """A district with an office below it, which has an office below it."""
    service = OrganService(engine=database)
    for organ_id, name, parent in (
        ("qinghe", "清河区人民政府", None),
        ("minzheng", "清河区民政局", "qinghe"),
        ("hunyin", "清河区婚姻登记处", "minzheng"),
    ):
        new = Organ(organ_id=organ_id, name=name, number_prefix="清依申", parent=parent)
        service.add(new, by="test")
    return service


@pytest.fixture
def sources() -> ListedSources:
    return ListedSources(
        [
            request(1, "2024-12-20", "2025-01-06", "A1"),
            request(2, "2025-03-01", "2025-03-20", "B4", "biz"),
            request(3, "2025-12-20"),
            request(4, "2025-05-01", "2025-05-09", "C1", "nat", "minzheng"),
        ]
    )


@pytest.fixture
def reports(database: Engine, organs: OrganService, sources: ListedSources) -> ReportService:
    return ReportService(engine=database, organs=organs, sources=sources)
