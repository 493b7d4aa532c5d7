"""Create the tables of import orders and of watched folders."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_INSTANT = sa.DateTime(timezone=True)
# SQLite numbers only INTEGER primary keys by itself.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "import_order",
        sa.Column("order_id", _SERIAL, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("wish", sa.String(length=20), nullable=False),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("ordered_at", _INSTANT, nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("upload", sa.String(length=40), nullable=False),
        sa.Column("manifest", sa.Text()),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=20)),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("in_place", sa.Boolean(), nullable=False),
        sa.Column("trial_id", sa.BigInteger()),
        sa.Column("batch_number", _SERIAL),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("started_at", _INSTANT),
        sa.Column("run_began_at", _INSTANT),
        sa.Column("run_done", sa.Integer(), nullable=False),
        sa.Column("seen_at", _INSTANT),
        sa.Column("finished_at", _INSTANT),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("findings", sa.JSON()),
        sa.ForeignKeyConstraint(
            ["batch_number"], ["batch.number"], name="fk_import_order_batch_number"
        ),
        sa.PrimaryKeyConstraint("order_id", name="pk_import_order"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_order_state_order_id", "import_order", ["state", "order_id"])
    op.create_table(
        "watched_folder",
        sa.Column("watch_id", _SERIAL, nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("manifest", sa.Text()),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=20)),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("in_place", sa.Boolean(), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("ended_by", sa.Text()),
        sa.Column("ended_at", _INSTANT),
        sa.Column("scanned_at", _INSTANT),
        sa.Column("batch_number", _SERIAL),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_number"], ["batch.number"], name="fk_watched_folder_batch_number"
        ),
        sa.PrimaryKeyConstraint("watch_id", name="pk_watched_folder"),
        sqlite_autoincrement=True,
    )
