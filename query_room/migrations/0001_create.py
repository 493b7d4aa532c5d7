"""Create the tables of this room."""

from alembic import op

from query_room.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
