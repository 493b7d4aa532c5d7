"""Commands of the archivist; ``query_room.cli`` puts all commands together."""
