"""Keep what comparing two generations of the index said."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "rehearsal",
        sa.Column("following", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("former", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("unasked", sa.Integer(), nullable=False),
        sa.Column("searches", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("following", name=op.f("pk_rehearsal")),
    )
