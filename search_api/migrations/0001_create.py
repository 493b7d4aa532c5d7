"""Create the log's tables and the triggers that keep it append-only."""

from alembic import op

from search_api.tables import metadata

revision = "0001"
down_revision = None

_APPEND_ONLY = ("log_event", "log_seal", "log_seal_member")
_KEYS = {"log_event": "event_id", "log_body": "event_id", "log_seal": "number"}
_KEYS["log_seal_member"] = "event_id"

_ERASURE = (
    "OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.event_id = OLD.event_id "
    "AND NEW.salt IS NULL AND NEW.body IS NULL AND NEW.erase_ground IS NOT NULL"
)


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection)
    statements = _sqlite() if connection.dialect.name == "sqlite" else _postgresql()
    for statement in statements:
        connection.exec_driver_sql(statement)


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
