"""``python -m query_room`` is ``query-room``."""

from query_room.cli import main

main()
