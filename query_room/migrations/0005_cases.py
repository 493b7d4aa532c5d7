"""Create the table of reviews and suits."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "request_case",
        sa.Column("case_id", sa.String(length=60), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("block", sa.String(length=10), nullable=False),
        sa.Column("follows", sa.String(length=60)),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("docket", sa.Text(), nullable=False),
        sa.Column("plaintiff", sa.String(length=20), nullable=False),
        sa.Column("text_event_id", sa.BigInteger()),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("decided_on", sa.Date()),
        sa.Column("outcome_event_id", sa.BigInteger()),
        sa.Column("ordered_reopen", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["records_request.request_id"],
            name="fk_request_case_request_id",
        ),
        sa.PrimaryKeyConstraint("case_id", name="pk_request_case"),
    )
    op.create_index("ix_request_case_request_id", "request_case", ["request_id"])
    op.create_index("ix_request_case_organ_id_status", "request_case", ["organ_id", "status"])
