"""Create the outbox of e-mail notices."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# SQLite numbers only INTEGER primary keys by itself.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("notice_id", _SERIAL, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("occasion", sa.String(length=80), nullable=False),
        sa.Column("address_owner", sa.String(length=80)),
        sa.Column("address_event", sa.BigInteger()),
        sa.Column("organ_id", sa.String(length=40)),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim", sa.String(length=40)),
        sa.Column("message_id", sa.Text()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.organ_id"], name="fk_notice_organ_id"),
        sa.PrimaryKeyConstraint("notice_id", name="pk_notice"),
        sa.UniqueConstraint("owner", "kind", "occasion", name="uq_notice_owner_kind_occasion"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_state_due_at", "notice", ["state", "due_at"])
