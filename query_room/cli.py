"""``query-room``: every command, put together from the rooms that own them."""

from __future__ import annotations

import sys

import click

from indexer.commands.catalogue import catalogue_group
from indexer.commands.copies import copies_command
from indexer.commands.importing import (
    clear_command,
    index_command,
    retry_command,
    status_command,
    undo_command,
)
from indexer.commands.indexing import verify_index_command
from indexer.commands.recognizing import recognize_command
from indexer.commands.reparsing import reparse_command
from indexer.commands.wiring import open_archive
from indexer.database import migrate
from indexer.errors import QueryRoomError
from query_room.commands.accounts import user_group
from query_room.commands.backing_up import backup_command, restore_command
from query_room.commands.calendar import calendar_group
from query_room.commands.demonstrating import demo_command
from query_room.commands.import_working import import_worker_command
from query_room.commands.ledgers import ledger_group
from query_room.commands.letters import letters_group
from query_room.commands.organs import organ_group
from query_room.commands.reporting import report_group
from query_room.commands.retention import retention_group
from query_room.commands.serving import serve_command
from query_room.commands.vocabulary import vocabulary_group
from query_room.commands.working import worker_command
from query_room.opening import ROOMS
from search_api.commands.asking import search_command, verify_log_command
from search_api.commands.reindexing import reindex_command
from search_api.commands.replaying import replay_command


@click.group()
@click.pass_context
def commands(context: click.Context) -> None:
    """政府信息公开查询室: search an archive and answer requests from it."""
    if context.invoked_subcommand != restore_command.name:
        # A restore makes nothing before it has looked the whole backup through.
        migrate(open_archive().engine, *ROOMS)


@commands.group("verify")
def verify_group() -> None:
    """Prove that the index and the log are sound."""


for command in (
    index_command,
    undo_command,
    status_command,
    retry_command,
    clear_command,
    copies_command,
    recognize_command,
    catalogue_group,
    reparse_command,
    reindex_command,
    worker_command,
    import_worker_command,
    search_command,
    replay_command,
    serve_command,
    demo_command,
    user_group,
    organ_group,
    calendar_group,
    letters_group,
    retention_group,
    report_group,
    ledger_group,
    vocabulary_group,
    backup_command,
    restore_command,
):
    commands.add_command(command)
for command in (verify_index_command, verify_log_command):
    verify_group.add_command(command)


def main() -> None:
    """Run a command; an error of ours is one line, not a traceback."""
    try:
        commands()
    except QueryRoomError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(2)
