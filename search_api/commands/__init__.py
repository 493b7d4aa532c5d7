"""Commands that ask; ``query_room.cli`` puts all commands together."""
