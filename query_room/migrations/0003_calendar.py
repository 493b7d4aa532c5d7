"""Create the tables of the working-day calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# SQLite numbers only INTEGER primary keys by itself.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendar_notice",
        sa.Column("notice_id", _SERIAL, nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", name="pk_calendar_notice"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "calendar_day",
        sa.Column("notice_id", _SERIAL, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["calendar_notice.notice_id"], name="fk_calendar_day_notice_id"
        ),
        sa.PrimaryKeyConstraint("notice_id", "day", name="pk_calendar_day"),
    )
