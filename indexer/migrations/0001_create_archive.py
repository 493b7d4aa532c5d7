"""Create the archive's tables."""

from alembic import op

from indexer.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
