"""``query-room serve``."""

from __future__ import annotations

import click

from query_room.opening import open_room
from query_room.serve import serve
from query_room.settings import RoomSettings


@click.command("serve")
def serve_command() -> None:
    """Serve the pages and the API, and keep the index worker running."""
    serve(open_room(RoomSettings.from_env()))
