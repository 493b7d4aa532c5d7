"""Know what documents do to each other, where they differ from the catalogue, and every outcome."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# SQLite numbers only INTEGER primary keys by itself.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("title_key", "number_key"):
        op.add_column("record", sa.Column(name, sa.Text()))
        op.create_index(f"ix_record_{name}", "record", [name])
    op.create_table(
        "document_relation",
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_hash"], ["stored_file.file_hash"], name="fk_document_relation_file_hash"
        ),
        sa.PrimaryKeyConstraint("file_hash", "ordinal", name="pk_document_relation"),
    )
    for name in ("title_key", "number_key"):
        op.create_index(f"ix_document_relation_{name}", "document_relation", [name])
    op.create_table(
        "file_outcome",
        sa.Column("source_file_id", _SERIAL, nullable=False),
        sa.Column("batch_number", _SERIAL, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_file_id"],
            ["source_file.source_file_id"],
            name="fk_file_outcome_source_file_id",
        ),
        sa.ForeignKeyConstraint(
            ["batch_number"], ["batch.number"], name="fk_file_outcome_batch_number"
        ),
        sa.PrimaryKeyConstraint("source_file_id", "batch_number", name="pk_file_outcome"),
    )
    op.create_index("ix_file_outcome_batch_number", "file_outcome", ["batch_number"])
    op.create_table(
        "record_difference",
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch_number", _SERIAL, nullable=False),
        sa.Column("settled_by", sa.Text()),
        sa.Column("settled_at", _INSTANT),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.record_id"], name="fk_record_difference_record_id"
        ),
        sa.ForeignKeyConstraint(
            ["batch_number"], ["batch.number"], name="fk_record_difference_batch_number"
        ),
        sa.PrimaryKeyConstraint("record_id", "field", name="pk_record_difference"),
    )
    op.create_index(
        "ix_record_difference_field_record_id", "record_difference", ["field", "record_id"]
    )
    op.create_index("ix_record_difference_batch_number", "record_difference", ["batch_number"])
