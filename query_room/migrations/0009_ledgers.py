"""Create the tables of old registers."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_INSTANT = sa.DateTime(timezone=True)
# SQLite numbers only INTEGER primary keys by itself.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ledger_import",
        sa.Column("import_id", _SERIAL, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("bad_count", sa.Integer(), nullable=False),
        sa.Column("imported_at", _INSTANT, nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("undone_at", _INSTANT),
        sa.Column("undone_by", sa.Text()),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.organ_id"], name="fk_ledger_import_organ_id"),
        sa.PrimaryKeyConstraint("import_id", name="pk_ledger_import"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ledger_request",
        sa.Column("ledger_id", sa.String(length=60), nullable=False),
        sa.Column("import_id", _SERIAL, nullable=False),
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(length=10), nullable=False),
        sa.Column("disposition", sa.String(length=10)),
        sa.Column("closed_on", sa.Date()),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ledger_import.import_id"], name="fk_ledger_request_import_id"
        ),
        sa.PrimaryKeyConstraint("ledger_id", name="pk_ledger_request"),
    )
    op.create_index("ix_ledger_request_import_id", "ledger_request", ["import_id"])
    op.create_index(
        "ix_ledger_request_organ_id_received_on", "ledger_request", ["organ_id", "received_on"]
    )
    op.create_table(
        "ledger_month",
        sa.Column("import_id", _SERIAL, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("visits", sa.BigInteger(), nullable=False),
        sa.Column("volumes", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ledger_import.import_id"], name="fk_ledger_month_import_id"
        ),
        sa.PrimaryKeyConstraint("import_id", "month", name="pk_ledger_month"),
    )
    op.create_table(
        "ledger_balance",
        sa.Column("import_id", _SERIAL, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category", sa.String(length=10), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ledger_import.import_id"], name="fk_ledger_balance_import_id"
        ),
        sa.PrimaryKeyConstraint("import_id", "year", "category", name="pk_ledger_balance"),
    )
