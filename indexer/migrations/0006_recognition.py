"""Pages that wait to be recognised, records that lack text, and what a record was made from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_stored_file = sa.table(
    "stored_file",
    sa.column("file_hash"),
    sa.column("state"),
    sa.column("reason"),
    sa.column("unread_count"),
)
_record = sa.table("record", sa.column("record_id"), sa.column("lacks_text", sa.Boolean))
_record_file = sa.table("record_file", sa.column("record_id"), sa.column("file_hash"))


def upgrade() -> None:
    op.add_column("stored_file", sa.Column("unread_pages", sa.JSON))
    op.add_column(
        "stored_file", sa.Column("unread_count", sa.Integer, nullable=False, server_default="0")
    )
    op.add_column(
        "stored_file",
        sa.Column("is_guarded", sa.Boolean, nullable=False, server_default=sa.true()),
    )
    op.add_column("stored_file", sa.Column("given_up", sa.JSON))
    op.create_index("ix_stored_file_unread_count", "stored_file", ["unread_count"])
    op.create_table(
        "recognition_pace",
        sa.Column("recognizer", sa.String(length=40), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("milliseconds", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("recognizer", name="pk_recognition_pace"),
    )
    op.add_column("record", sa.Column("origin", sa.JSON))
    op.add_column(
        "record",
        sa.Column("lacks_text", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_index(
        "ix_record_lacking",
        "record",
        [
            "lacks_text", "removed_at", "audience", "internal_to",
            "fonds", "category", "agency", "date", "record_id",
        ],
    )  # fmt: skip
    # What failed for want of recognition waits for it now; how many pages it has shows then.
    op.execute(
        _stored_file.update()
        .where(_stored_file.c.state == "failed", _stored_file.c.reason == "needs_ocr")
        .values(unread_count=1)
    )
    lacking = (
        sa.select(_record_file.c.record_id)
        .outerjoin(_stored_file, _stored_file.c.file_hash == _record_file.c.file_hash)
        .where(sa.func.coalesce(_stored_file.c.state, "") != "extracted")
    )
    op.execute(
        _record.update().where(_record.c.record_id.in_(lacking)).values(lacks_text=sa.true())
    )
