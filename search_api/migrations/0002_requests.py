"""Say for which request a search or a use was made."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for table in ("logged_search", "logged_use"):
        op.add_column(table, sa.Column("request_id", sa.String(length=40)))
        op.create_index(f"ix_{table}_request_id_event_id", table, ["request_id", "event_id"])
