"""Find copies of a text."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("number", _SERIAL, nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("extractor", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("sketch", sa.Text(), nullable=False),
        sa.Column("figures", sa.BigInteger(), nullable=False),
        sa.Column("is_compared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_hash"], ["stored_file.file_hash"], name="fk_fingerprint_file_hash"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_fingerprint"),
        sa.UniqueConstraint("file_hash", name="uq_fingerprint_file_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_fingerprint_digest_number", "fingerprint", ["digest", "number"])
    op.create_index("ix_fingerprint_is_compared_number", "fingerprint", ["is_compared", "number"])
    op.create_table(
        "fingerprint_band",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("figures", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", _SERIAL, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["fingerprint.number"], name="fk_fingerprint_band_number"
        ),
        sa.PrimaryKeyConstraint("key", "figures", "number", name="pk_fingerprint_band"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy_link",
        sa.Column("number", _SERIAL, nullable=False),
        sa.Column("first_hash", sa.String(length=64), nullable=False),
        sa.Column("second_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("similarity", sa.Integer(), nullable=False),
        sa.Column("found_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["first_hash"], ["fingerprint.file_hash"], name="fk_copy_link_first_hash"
        ),
        sa.ForeignKeyConstraint(
            ["second_hash"], ["fingerprint.file_hash"], name="fk_copy_link_second_hash"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_copy_link"),
        sa.UniqueConstraint(
            "first_hash", "second_hash", name="uq_copy_link_first_hash_second_hash"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_copy_link_second_hash", "copy_link", ["second_hash"])
    op.create_table(
        "copy_refusal",
        sa.Column("first_hash", sa.String(length=64), nullable=False),
        sa.Column("second_hash", sa.String(length=64), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("refused_by", sa.Text(), nullable=False),
        sa.Column("refused_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("first_hash", "second_hash", name="pk_copy_refusal"),
    )
