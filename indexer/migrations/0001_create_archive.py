"""Create the archive's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# SQLite numbers only INTEGER primary keys by itself.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "source",
        sa.Column("source_id", _SERIAL, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("source_id", name="pk_source"),
        sa.UniqueConstraint("name", name="uq_source_name"),
    )
    op.create_table(
        "batch",
        sa.Column("number", _SERIAL, nullable=False),
        sa.Column("source_id", _SERIAL, nullable=False),
        sa.Column("manifest", sa.Text()),
        sa.Column("level", sa.String(length=20)),
        sa.Column("in_place", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT),
        sa.Column("report", sa.JSON()),
        sa.ForeignKeyConstraint(["source_id"], ["source.source_id"], name="fk_batch_source_id"),
        sa.PrimaryKeyConstraint("number", name="pk_batch"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "source_file",
        sa.Column("source_file_id", _SERIAL, nullable=False),
        sa.Column("source_id", _SERIAL, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("file_hash", sa.String(length=64)),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("batch_number", _SERIAL, nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_number"], ["batch.number"], name="fk_source_file_batch_number"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.source_id"], name="fk_source_file_source_id"
        ),
        sa.PrimaryKeyConstraint("source_file_id", name="pk_source_file"),
        sa.UniqueConstraint("source_id", "path", name="uq_source_file_source_id_path"),
    )
    op.create_index("ix_source_file_batch_number_state", "source_file", ["batch_number", "state"])
    op.create_index("ix_source_file_file_hash", "source_file", ["file_hash"])
    op.create_table(
        "stored_file",
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("in_place", sa.Text()),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("extractor", sa.String(length=40), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("parsed", sa.JSON()),
        sa.Column("batch_number", _SERIAL, nullable=False),
        sa.Column("stored_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_number"], ["batch.number"], name="fk_stored_file_batch_number"
        ),
        sa.PrimaryKeyConstraint("file_hash", name="pk_stored_file"),
    )
    op.create_table(
        "clearance",
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("cleared_by", sa.Text(), nullable=False),
        sa.Column("cleared_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("file_hash", name="pk_clearance"),
    )
    op.create_table(
        "record",
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("source_id", _SERIAL, nullable=False),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("batch_number", _SERIAL, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("archival_code", sa.Text(), nullable=False),
        sa.Column("index_number", sa.Text(), nullable=False),
        sa.Column("fonds", sa.Text(), nullable=False),
        sa.Column("fonds_name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("volume", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("retention", sa.Text(), nullable=False),
        sa.Column("shelf_mark", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("persons", sa.JSON(), nullable=False),
        sa.Column("secrecy", sa.String(length=20), nullable=False),
        sa.Column("opening", sa.String(length=20), nullable=False),
        sa.Column("disclosure", sa.String(length=20)),
        sa.Column("audience", sa.Integer()),
        sa.Column("internal_to", sa.Text()),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", _INSTANT),
        sa.ForeignKeyConstraint(["batch_number"], ["batch.number"], name="fk_record_batch_number"),
        sa.ForeignKeyConstraint(["source_id"], ["source.source_id"], name="fk_record_source_id"),
        sa.PrimaryKeyConstraint("record_id", name="pk_record"),
        sa.UniqueConstraint("source_id", "item_key", name="uq_record_source_id_item_key"),
    )
    op.create_index("ix_record_batch_number", "record", ["batch_number"])
    op.create_index("ix_record_external_id", "record", ["external_id"])
    op.create_index(
        "ix_record_fonds_category_volume_item", "record", ["fonds", "category", "volume", "item"]
    )
    op.create_table(
        "record_file",
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("file_hash", sa.String(length=64)),
        sa.Column("source_file_id", _SERIAL),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.record_id"], name="fk_record_file_record_id"
        ),
        sa.ForeignKeyConstraint(
            ["source_file_id"], ["source_file.source_file_id"], name="fk_record_file_source_file_id"
        ),
        sa.PrimaryKeyConstraint("record_id", "ordinal", name="pk_record_file"),
    )
    op.create_index("ix_record_file_file_hash", "record_file", ["file_hash"])
    op.create_table(
        "record_version",
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("batch_number", _SERIAL, nullable=False),
        sa.Column("body", sa.JSON()),
        sa.ForeignKeyConstraint(
            ["batch_number"], ["batch.number"], name="fk_record_version_batch_number"
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.record_id"], name="fk_record_version_record_id"
        ),
        sa.PrimaryKeyConstraint("record_id", "batch_number", name="pk_record_version"),
    )
    op.create_table(
        "outbox",
        sa.Column("position", _SERIAL, nullable=False),
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("change", sa.String(length=10), nullable=False),
        sa.Column("restricts", sa.Boolean(), nullable=False),
        sa.Column("queued_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_restricts_position", "outbox", ["restricts", "position"])
    op.create_table(
        "generation",
        sa.Column("number", _SERIAL, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("analyzer", sa.Text(), nullable=False),
        sa.Column("dictionary", sa.String(length=64), nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("serving_since", _INSTANT),
        sa.Column("record_count", sa.BigInteger(), nullable=False),
        sa.Column("passage_count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_generation"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "withdrawal",
        sa.Column("withdrawal_id", _SERIAL, nullable=False),
        sa.Column("record_id", sa.String(length=16)),
        sa.Column("file_hash", sa.String(length=64)),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("withdrawn_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", _INSTANT, nullable=False),
        sa.Column("lifted_by", sa.Text()),
        sa.Column("lifted_at", _INSTANT),
        sa.Column("lift_ground", sa.Text()),
        sa.PrimaryKeyConstraint("withdrawal_id", name="pk_withdrawal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_withdrawal_lifted_at_file_hash", "withdrawal", ["lifted_at", "file_hash"])
    op.create_index("ix_withdrawal_lifted_at_record_id", "withdrawal", ["lifted_at", "record_id"])
