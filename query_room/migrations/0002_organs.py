"""Create the tables of organs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "organ",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("number_prefix", sa.Text(), nullable=False),
        sa.Column("disclosure_office", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("fax", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("seal_name", sa.Text(), nullable=False),
        sa.Column("parent", sa.String(length=40)),
        sa.Column("added_at", _INSTANT, nullable=False),
        sa.Column("closed_at", _INSTANT),
        sa.PrimaryKeyConstraint("organ_id", name="pk_organ"),
    )
    op.create_table(
        "organ_member",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("account_name", sa.String(length=200), nullable=False),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.organ_id"], name="fk_organ_member_organ_id"),
        sa.PrimaryKeyConstraint("organ_id", "account_name", name="pk_organ_member"),
    )
    op.create_table(
        "organ_review_step",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("duty", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["organ.organ_id"], name="fk_organ_review_step_organ_id"
        ),
        sa.PrimaryKeyConstraint("organ_id", "ordinal", name="pk_organ_review_step"),
    )
    op.create_table(
        "organ_series",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.organ_id"], name="fk_organ_series_organ_id"),
        sa.PrimaryKeyConstraint("organ_id", "series", "year", name="pk_organ_series"),
    )
