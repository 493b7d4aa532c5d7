"""Routes of the archivists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from indexer.storage.names import shown
from query_room.accounts import Permission
from query_room.pages import labels as record_labels
from query_room.pages.archive import catalogue_labels, labels, vocabulary_labels
from query_room.pages.archive.batch_accounts import add_batch_accounts
from query_room.pages.archive.batches import add_batches
from query_room.pages.archive.catalogues import add_catalogues
from query_room.pages.archive.copies import add_copies
from query_room.pages.archive.coverage import add_coverage
from query_room.pages.archive.differences import add_differences
from query_room.pages.archive.index import add_index
from query_room.pages.archive.ordering import add_ordering
from query_room.pages.archive.orders import add_orders
from query_room.pages.archive.quarantine import add_quarantine
from query_room.pages.archive.uploading import add_uploading
from query_room.pages.archive.vocabulary import add_vocabulary
from query_room.pages.archive.vocabulary_files import add_vocabulary_files
from query_room.pages.archive.vocabulary_versions import add_vocabulary_versions
from query_room.pages.archive.watches import add_watches
from query_room.pages.archive.withdrawals import add_withdrawals, add_withdrawing
from query_room.pages.guards import require_account

if TYPE_CHECKING:
    from flask_wtf import CSRFProtect

    from query_room.asking import Asking
    from query_room.room import Room

_LATEST = 5


def create_blueprint(room: Room, asking: Asking, csrf: CSRFProtect) -> Blueprint:
    """The pages of the archive's keepers."""
    pages = Blueprint("archive", __name__, url_prefix="/archive")

    @pages.get("/")
    def overview() -> str:
        """The state of the archive on one page."""
        by = require_account(Permission.MANAGE_ARCHIVE)
        return render_template(
            "archive/overview.html",
            state=room.archive.state(by=by),
            index=room.archive.index.state(by=by),
            batches=room.archive.batches.page(1, by=by).items[:_LATEST],
            orders=room.archive.orders.live(by=by),
            watches=room.archive.watches.in_force(by=by),
            is_worked_on=room.archive.orders.is_importer_alive(),
        )

    pages.add_app_template_filter(shown)

    @pages.context_processor
    def words() -> dict[str, object]:
        return {
            "catalogue_words": catalogue_labels,
            "archive_words": labels,
            "labels": record_labels,
            "words": vocabulary_labels,
        }

    add_batch_accounts(pages, room)
    add_batches(pages, room)
    add_ordering(pages, room)
    add_uploading(pages, room, csrf)
    add_orders(pages, room)
    add_watches(pages, room)
    add_vocabulary(pages, room, asking)
    add_vocabulary_files(pages, room, asking)
    add_vocabulary_versions(pages, room)
    add_catalogues(pages, room)
    add_coverage(pages, room, asking)
    add_differences(pages, room, asking)
    add_index(pages, room)
    add_withdrawals(pages, room, asking)
    add_withdrawing(pages, room, asking)
    add_quarantine(pages, room)
    add_copies(pages, room, asking)
    return pages
