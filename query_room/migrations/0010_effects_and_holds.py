"""Create the tables of effects of uses and of holds."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_INSTANT = sa.DateTime(timezone=True)
# SQLite numbers only INTEGER primary keys by itself.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "register_effect",
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text_event_id", sa.BigInteger(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("noted_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["register_entry.entry_id"], name="fk_register_effect_entry_id"
        ),
        sa.PrimaryKeyConstraint("entry_id", "ordinal", name="pk_register_effect"),
    )
    op.create_table(
        "retention_hold",
        sa.Column("hold_id", _SERIAL, nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("placed_at", _INSTANT, nullable=False),
        sa.Column("lifted_by", sa.Text()),
        sa.Column("lifted_at", _INSTANT),
        sa.PrimaryKeyConstraint("hold_id", name="pk_retention_hold"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_retention_hold_owner", "retention_hold", ["owner"])
