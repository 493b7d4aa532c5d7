"""Commands of the room; ``query_room.cli`` puts all commands together."""
