"""Create the tables of this room."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# SQLite numbers only INTEGER primary keys by itself.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("account_id", _SERIAL, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("credential_version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("disabled_at", _INSTANT),
        sa.PrimaryKeyConstraint("account_id", name="pk_account"),
        sa.UniqueConstraint("name_key", name="uq_account_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("name_digest", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name_digest", name="pk_sign_in_failure"),
    )
    op.create_index("ix_sign_in_failure_last_at", "sign_in_failure", ["last_at"])
    op.create_table(
        "access_grant",
        sa.Column("grant_id", _SERIAL, nullable=False),
        sa.Column("account_id", _SERIAL, nullable=False),
        sa.Column("record_id", sa.String(length=16)),
        sa.Column("fonds", sa.Text()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("granted_at", _INSTANT, nullable=False),
        sa.Column("revoked_by", sa.Text()),
        sa.Column("revoked_at", _INSTANT),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.account_id"], name="fk_access_grant_account_id"
        ),
        sa.PrimaryKeyConstraint("grant_id", name="pk_access_grant"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_access_grant_account_id_valid_until", "access_grant", ["account_id", "valid_until"]
    )
    op.create_table(
        "visit_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_visit_day"),
    )
    op.create_table(
        "visit",
        sa.Column("visit_id", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("closed_by", sa.Text()),
        sa.Column("closed_at", _INSTANT),
        sa.Column("person_event_id", sa.BigInteger(), nullable=False),
        sa.Column("identity_digest", sa.String(length=64)),
        sa.Column("phone_digest", sa.String(length=64)),
        sa.Column("erased_at", _INSTANT),
        sa.PrimaryKeyConstraint("visit_id", name="pk_visit"),
    )
    op.create_index("ix_visit_identity_digest", "visit", ["identity_digest"])
    op.create_index("ix_visit_opened_at", "visit", ["opened_at"])
    op.create_index("ix_visit_phone_digest", "visit", ["phone_digest"])
    op.create_index(
        "uq_visit_open",
        "visit",
        ["opened_by"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "handover",
        sa.Column("handover_id", sa.String(length=40), nullable=False),
        sa.Column("visit_id", sa.String(length=40), nullable=False),
        sa.Column("search_id", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20)),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("note_event_id", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.Text()),
        sa.Column("taken_at", _INSTANT),
        sa.Column("answered_at", _INSTANT),
        sa.Column("answered_event_id", sa.BigInteger()),
        sa.Column("answer_text_event_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.visit_id"], name="fk_handover_visit_id"),
        sa.PrimaryKeyConstraint("handover_id", name="pk_handover"),
    )
    op.create_index("ix_handover_status_asked_at", "handover", ["status", "asked_at"])
    op.create_index("ix_handover_visit_id", "handover", ["visit_id"])
    op.create_table(
        "register_entry",
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("visit_id", sa.String(length=40), nullable=False),
        sa.Column("search_id", sa.String(length=40)),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("handler", sa.Text(), nullable=False),
        sa.Column("entered_at", _INSTANT, nullable=False),
        sa.Column("corrects", sa.String(length=40)),
        sa.Column("corrected_by", sa.String(length=40)),
        sa.Column("remark_event_id", sa.BigInteger()),
        sa.Column("reason_event_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.visit_id"], name="fk_register_entry_visit_id"
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_register_entry"),
    )
    op.create_index("ix_register_entry_entered_at", "register_entry", ["entered_at"])
    op.create_index("ix_register_entry_search_id", "register_entry", ["search_id"])
    op.create_index("ix_register_entry_visit_id", "register_entry", ["visit_id"])
    op.create_table(
        "register_item",
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("archival_code", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("is_volume", sa.Boolean(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("secrecy", sa.String(length=20), nullable=False),
        sa.Column("opening", sa.String(length=20), nullable=False),
        sa.Column("disclosure", sa.String(length=20)),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("approver", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["register_entry.entry_id"], name="fk_register_item_entry_id"
        ),
        sa.PrimaryKeyConstraint("entry_id", "ordinal", name="pk_register_item"),
    )
    op.create_index("ix_register_item_record_id", "register_item", ["record_id"])
