"""What archivists do with the archive from the pages, each act on record in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading
from indexer.importing.lock import import_holder
from indexer.repositories import failures, files, orders, records, underway, withdrawals
from indexer.repositories.orders import OrderState
from query_room.accounts.model import Permission
from query_room.archive.batch_accounts import AccountOfBatches
from query_room.archive.batches import BatchService
from query_room.archive.catalogues import CatalogueService
from query_room.archive.copies import CopyService
from query_room.archive.coverage import CoverageService
from query_room.archive.differences import DifferenceService
from query_room.archive.index import IndexService
from query_room.archive.model import ArchiveState
from query_room.archive.ordering import OrderService
from query_room.archive.quarantine import QuarantineService
from query_room.archive.recognition import waiting
from query_room.archive.watching import WatchService
from query_room.archive.withdrawals import WithdrawalService

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.settings import IndexerSettings
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord


class ArchiveService:
    """The archive as its keepers see it.

    Attributes:
        batches: What came in. orders: What is to come in, or to go. watches: What comes by itself.
        catalogues: How they would be read. batches: What came in.
        coverage: How much of it can be searched.
        index: Its generations. withdrawals: What nobody may see for now.
        quarantine: What the guard kept out. copies: Files that are one text.
        accounts: What became of every file of a batch.
        differences: Where catalogues and documents do not say the same.
    """

    def __init__(
        self, *, engine: Engine, settings: IndexerSettings, find_record: FindRecord
    ) -> None:
        self._engine = engine
        self._settings = settings
        self.catalogues = CatalogueService(engine=engine, settings=settings)
        self.batches = BatchService(engine=engine, settings=settings)
        self.orders = OrderService(engine=engine, settings=settings)
        self.watches = WatchService(engine=engine, settings=settings)
        self.coverage = CoverageService(engine=engine)
        self.index = IndexService(engine=engine, settings=settings)
        self.withdrawals = WithdrawalService(engine=engine, find_record=find_record)
        self.quarantine = QuarantineService(engine=engine)
        self.copies = CopyService(engine=engine)
        self.accounts = AccountOfBatches(engine=engine, settings=settings)
        self.differences = DifferenceService(engine=engine)

    def state(self, *, by: Account) -> ArchiveState:
        """The state in a few numbers.

        Raises:
            PermissionDeniedError: The account does not manage the archive.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        importer = import_holder(self._settings.data)
        with reading(self._engine) as connection:
            live = orders.live(connection)
            begun = underway.running(connection) - {each.batch_number for each in live}
            # One import at a time: a command that imports now is at one of them.
            is_command = importer is not None and not any(
                each.state is OrderState.RUNNING for each in live
            )
            return ArchiveState(
                records=records.count(connection),
                unread=sum(each.paths for each in failures.by_reason(connection)),
                recognition=waiting(connection),
                quarantined=files.count_quarantined(connection),
                withdrawals=withdrawals.count_in_force(connection),
                cut_short=max(0, len(begun) - is_command),
                importer=importer,
            )
