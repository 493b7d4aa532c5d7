"""Create the tables of indexing on many hosts: slices, their coordinator, what was set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "index_slice",
        sa.Column("slice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("files", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("after_position", sa.BigInteger(), nullable=False),
        sa.Column("last_position", sa.BigInteger(), nullable=False),
        sa.Column("after_id", sa.String(length=16), nullable=False),
        sa.Column("last_id", sa.String(length=16), nullable=False),
        sa.Column("record_id", sa.String(length=16)),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("deaths", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("job_id", sa.BigInteger()),
        sa.Column("term", sa.BigInteger()),
        sa.Column("cut_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slice_id", name="pk_index_slice"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_index_slice_files_kind", "index_slice", ["files", "kind"])
    op.create_index("ix_index_slice_job_id", "index_slice", ["job_id"])
    op.create_table(
        "index_coordinator",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("process", sa.BigInteger(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_index_coordinator"),
    )
    op.create_table(
        "set_aside",
        sa.Column("files", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("deaths", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("files", "record_id", name="pk_set_aside"),
    )
