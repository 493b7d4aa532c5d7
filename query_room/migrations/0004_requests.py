"""Create the tables of requests and reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "records_request",
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("display_number", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=10), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("filed_at", _INSTANT, nullable=False),
        sa.Column("visit_id", sa.String(length=40)),
        sa.Column("origin_search_id", sa.String(length=40)),
        sa.Column("organ_confirmed_on", sa.Date()),
        sa.Column("applicant_confirmed_on", sa.Date()),
        sa.Column("received_on", sa.Date()),
        sa.Column("assigned_to", sa.Text()),
        sa.Column("disposition", sa.String(length=10)),
        sa.Column("reply_type", sa.String(length=20)),
        sa.Column("proposal_event_id", sa.BigInteger()),
        sa.Column("review_id", sa.String(length=60)),
        sa.Column("closed_on", sa.Date()),
        sa.Column("applicant_event_id", sa.BigInteger(), nullable=False),
        sa.Column("content_event_id", sa.BigInteger(), nullable=False),
        sa.Column("person_digest", sa.String(length=64)),
        sa.Column("content_digest", sa.String(length=64)),
        sa.Column("secret_digest", sa.String(length=64)),
        sa.Column("erased_at", _INSTANT),
        sa.PrimaryKeyConstraint("request_id", name="pk_records_request"),
        sa.UniqueConstraint(
            "organ_id",
            "kind",
            "year",
            "number",
            name="uq_records_request_organ_id_kind_year_number",
        ),
    )
    op.create_index("ix_records_request_organ_id_status", "records_request", ["organ_id", "status"])
    op.create_index(
        "ix_records_request_assigned_to_status", "records_request", ["assigned_to", "status"]
    )
    op.create_index("ix_records_request_received_on", "records_request", ["received_on"])
    op.create_index("ix_records_request_person_digest", "records_request", ["person_digest"])
    op.create_index("ix_records_request_visit_id", "records_request", ["visit_id"])
    op.create_table(
        "request_clock_event",
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("consultation", sa.String(length=60), nullable=False),
        sa.Column("party", sa.String(length=20)),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("approver", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["records_request.request_id"], name="fk_request_clock_event_request_id"
        ),
        sa.PrimaryKeyConstraint("request_id", "ordinal", name="pk_request_clock_event"),
    )
    op.create_table(
        "request_search",
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("search_id", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("attached_by", sa.Text(), nullable=False),
        sa.Column("attached_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["records_request.request_id"], name="fk_request_search_request_id"
        ),
        sa.PrimaryKeyConstraint("request_id", "search_id", name="pk_request_search"),
    )
    op.create_table(
        "request_hand_search",
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("text_event_id", sa.BigInteger(), nullable=False),
        sa.Column("searched_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("by_archivist", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["records_request.request_id"], name="fk_request_hand_search_request_id"
        ),
        sa.PrimaryKeyConstraint("request_id", "ordinal", name="pk_request_hand_search"),
    )
    op.create_table(
        "request_finding",
        sa.Column("finding_id", sa.String(length=60), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("archival_code", sa.Text(), nullable=False),
        sa.Column("search_id", sa.String(length=40)),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("marked_by", sa.Text(), nullable=False),
        sa.Column("marked_at", _INSTANT, nullable=False),
        sa.Column("decision", sa.String(length=20)),
        sa.Column("exemption", sa.String(length=40)),
        sa.Column("reason_event_id", sa.BigInteger()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", _INSTANT),
        sa.Column("dropped_at", _INSTANT),
        sa.ForeignKeyConstraint(
            ["request_id"], ["records_request.request_id"], name="fk_request_finding_request_id"
        ),
        sa.PrimaryKeyConstraint("finding_id", name="pk_request_finding"),
    )
    op.create_index("ix_request_finding_request_id", "request_finding", ["request_id"])
    op.create_index("ix_request_finding_record_id", "request_finding", ["record_id"])
    op.create_table(
        "request_consultation",
        sa.Column("consultation_id", sa.String(length=60), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("party_event_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answer", sa.String(length=20)),
        sa.Column("answer_event_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["records_request.request_id"],
            name="fk_request_consultation_request_id",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name="pk_request_consultation"),
    )
    op.create_index("ix_request_consultation_request_id", "request_consultation", ["request_id"])
    op.create_table(
        "request_letter",
        sa.Column("letter_id", sa.String(length=60), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("text_event_id", sa.BigInteger(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("issued_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["records_request.request_id"], name="fk_request_letter_request_id"
        ),
        sa.PrimaryKeyConstraint("letter_id", name="pk_request_letter"),
    )
    op.create_index("ix_request_letter_request_id", "request_letter", ["request_id"])
    op.create_table(
        "request_dispatch",
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.String(length=60), nullable=False),
        sa.Column("manner", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("note_event_id", sa.BigInteger()),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["records_request.request_id"], name="fk_request_dispatch_request_id"
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["request_letter.letter_id"], name="fk_request_dispatch_letter_id"
        ),
        sa.PrimaryKeyConstraint("request_id", "ordinal", name="pk_request_dispatch"),
    )
    op.create_table(
        "review",
        sa.Column("review_id", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("organ_id", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("review_id", name="pk_review"),
    )
    op.create_index("ix_review_subject", "review", ["subject"])
    op.create_index("ix_review_status_organ_id", "review", ["status", "organ_id"])
    op.create_table(
        "review_signature",
        sa.Column("review_id", sa.String(length=60), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("duty", sa.String(length=30), nullable=False),
        sa.Column("verdict", sa.String(length=20)),
        sa.Column("signed_by", sa.Text()),
        sa.Column("signed_at", _INSTANT),
        sa.Column("remark_event_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.review_id"], name="fk_review_signature_review_id"
        ),
        sa.PrimaryKeyConstraint("review_id", "ordinal", name="pk_review_signature"),
    )
