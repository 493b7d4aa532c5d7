"""Create the tables of the vocabulary; a generation says which version it answers with."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "vocabulary_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("restores", sa.Integer()),
        sa.PrimaryKeyConstraint("number", name="pk_vocabulary_version"),
    )
    op.create_table(
        "vocabulary_change",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_added", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["vocabulary_version.number"],
            name="fk_vocabulary_change_version",
        ),
        sa.PrimaryKeyConstraint("version", "ordinal", name="pk_vocabulary_change"),
    )
    op.add_column(
        "generation", sa.Column("vocabulary", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("generation", sa.Column("files_of", sa.BigInteger()))
