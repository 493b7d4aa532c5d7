"""Create the table of certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("certificate_id", sa.String(length=60), nullable=False),
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("visit_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("text_event_id", sa.BigInteger(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["register_entry.entry_id"], name="fk_certificate_entry_id"
        ),
        sa.PrimaryKeyConstraint("certificate_id", name="pk_certificate"),
        sa.UniqueConstraint("entry_id", name="uq_certificate_entry_id"),
    )
    op.create_index("ix_certificate_day", "certificate", ["day"])
