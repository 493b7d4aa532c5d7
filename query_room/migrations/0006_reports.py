"""Create the tables of annual reports."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "opening_balance",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category", sa.String(length=10), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organ_id", "year", "category", name="pk_opening_balance"),
    )
    op.create_table(
        "proactive_figure",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row", sa.String(length=20), nullable=False),
        sa.Column("column", sa.String(length=20), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organ_id", "year", "row", "column", name="pk_proactive_figure"),
    )
    op.create_table(
        "report_text",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=5), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organ_id", "year", "part", name="pk_report_text"),
    )
    op.create_table(
        "imported_report",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("imported_at", _INSTANT, nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organ_id", "year", name="pk_imported_report"),
    )
    op.create_table(
        "imported_report_cell",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=5), nullable=False),
        sa.Column("row", sa.String(length=20), nullable=False),
        sa.Column("column", sa.String(length=20), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organ_id", "year"],
            ["imported_report.organ_id", "imported_report.year"],
            name="fk_imported_report_cell_organ_id_year",
        ),
        sa.PrimaryKeyConstraint(
            "organ_id", "year", "part", "row", "column", name="pk_imported_report_cell"
        ),
    )
    op.create_table(
        "annual_report",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issued_at", _INSTANT, nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("organ_ids", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("organ_id", "year", name="pk_annual_report"),
    )
    op.create_table(
        "annual_report_cell",
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=5), nullable=False),
        sa.Column("row", sa.String(length=20), nullable=False),
        sa.Column("column", sa.String(length=20), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("unlisted", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organ_id", "year"],
            ["annual_report.organ_id", "annual_report.year"],
            name="fk_annual_report_cell_organ_id_year",
        ),
        sa.PrimaryKeyConstraint(
            "organ_id", "year", "part", "row", "column", name="pk_annual_report_cell"
        ),
    )
