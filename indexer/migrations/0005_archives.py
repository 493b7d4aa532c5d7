"""Know what archives and messages hold."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "listing",
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.source_id"], name="fk_listing_source_id"),
        sa.PrimaryKeyConstraint("source_id", "path", name="pk_listing"),
    )
    op.create_table(
        "holding",
        sa.Column("container_hash", sa.String(length=64), nullable=False),
        sa.Column("member_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("container_hash", "member_hash", name="pk_holding"),
    )
    op.create_index("ix_holding_member_hash", "holding", ["member_hash"])
