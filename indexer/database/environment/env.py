"""Alembic's entry point: runs one package's migrations on the connection it is handed."""

from alembic import context

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    # Two starting processes must not migrate at once; released with the transaction.
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7140208)")
context.configure(
    connection=connection,
    target_metadata=None,
    version_table=context.config.attributes["version_table"],
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
)
context.run_migrations()
