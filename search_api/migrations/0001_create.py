"""Create the log's tables and the triggers that keep it append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# SQLite numbers only INTEGER primary keys by itself.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)

_APPEND_ONLY = ("log_event", "log_seal", "log_seal_member")
_KEYS = {"log_event": "event_id", "log_body": "event_id", "log_seal": "number"}
_KEYS["log_seal_member"] = "event_id"

_ERASURE = (
    "OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.event_id = OLD.event_id "
    "AND NEW.salt IS NULL AND NEW.body IS NULL AND NEW.erase_ground IS NOT NULL"
)


def upgrade() -> None:
    connection = op.get_bind()
    _create_tables()
    statements = _sqlite() if connection.dialect.name == "sqlite" else _postgresql()
    for statement in statements:
        connection.exec_driver_sql(statement)


def _create_tables() -> None:
    op.create_table(
        "log_event",
        sa.Column("event_id", _SERIAL, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_log_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_log_event_at", "log_event", ["at"])
    op.create_index("ix_log_event_kind_at", "log_event", ["kind", "at"])
    op.create_index("ix_log_event_subject", "log_event", ["subject"])
    op.create_table(
        "log_body",
        sa.Column("event_id", _SERIAL, autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=32)),
        sa.Column("body", sa.Text()),
        sa.Column("erased_at", _INSTANT),
        sa.Column("erase_ground", sa.Text()),
        sa.ForeignKeyConstraint(["event_id"], ["log_event.event_id"], name="fk_log_body_event_id"),
        sa.PrimaryKeyConstraint("event_id", name="pk_log_body"),
    )
    op.create_table(
        "log_pending",
        sa.Column("event_id", _SERIAL, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["log_event.event_id"], name="fk_log_pending_event_id"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_log_pending"),
    )
    op.create_table(
        "log_seal",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed_at", _INSTANT, nullable=False),
        sa.Column("first_event", sa.BigInteger(), nullable=False),
        sa.Column("last_event", sa.BigInteger(), nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("previous_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log_seal"),
    )
    op.create_index("ix_log_seal_sealed_at", "log_seal", ["sealed_at"])
    op.create_table(
        "log_seal_member",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seal_number", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_log_seal_member"),
    )
    op.create_index(
        "ix_log_seal_member_seal_number_event_id", "log_seal_member", ["seal_number", "event_id"]
    )
    op.create_table(
        "logged_search",
        sa.Column("search_id", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("visit_id", sa.String(length=40)),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("search_id", name="pk_logged_search"),
    )
    op.create_index("ix_logged_search_at", "logged_search", ["at"])
    op.create_index("ix_logged_search_visit_id_event_id", "logged_search", ["visit_id", "event_id"])
    op.create_table(
        "logged_use",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("search_id", sa.String(length=40)),
        sa.Column("visit_id", sa.String(length=40)),
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_logged_use"),
    )
    op.create_index("ix_logged_use_record_id_event_id", "logged_use", ["record_id", "event_id"])
    op.create_index("ix_logged_use_search_id_event_id", "logged_use", ["search_id", "event_id"])
    op.create_index("ix_logged_use_visit_id_event_id", "logged_use", ["visit_id", "event_id"])


def _sqlite() -> list[str]:
    statements = [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        for table in _APPEND_ONLY
        for act in ("UPDATE", "DELETE")
    ]
    statements += [
        # INSERT OR REPLACE deletes without firing delete triggers.
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - our own names
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
        f"BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        for table, key in _KEYS.items()
    ]
    statements += [
        (
            "CREATE TRIGGER log_body_no_delete BEFORE DELETE ON log_body "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        ),
        (
            "CREATE TRIGGER log_body_erase_only BEFORE UPDATE ON log_body "
            f"WHEN NOT ({_ERASURE}) "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        ),
    ]
    return statements


def _postgresql() -> list[str]:
    statements = [
        (
            "CREATE FUNCTION log_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
        ),
        (
            "CREATE FUNCTION log_erase_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {_ERASURE} THEN RETURN NEW; END IF; "
            "RAISE EXCEPTION 'the log is append-only'; END $$"
        ),
    ]
    statements += [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION log_refuse_change()"
        for table in _APPEND_ONLY
    ]
    statements += [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION log_refuse_change()"
        for table in (*_APPEND_ONLY, "log_body")
    ]
    statements += [
        (
            "CREATE TRIGGER log_body_no_delete BEFORE DELETE ON log_body "
            "FOR EACH ROW EXECUTE FUNCTION log_refuse_change()"
        ),
        (
            "CREATE TRIGGER log_body_erase_only BEFORE UPDATE ON log_body "
            "FOR EACH ROW EXECUTE FUNCTION log_erase_only()"
        ),
    ]
    return statements
