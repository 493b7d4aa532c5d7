"""Know who keeps a record."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("record", sa.Column("custody", sa.String(length=20)))
    op.add_column("record", sa.Column("transfer_due", sa.String(length=10)))
    op.add_column("record", sa.Column("transferred", sa.String(length=10)))
