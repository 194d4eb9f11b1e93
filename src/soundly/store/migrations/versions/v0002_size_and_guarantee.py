"""The size of a session's problem, and what its critic declared."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_AT_ONCE = 500


def upgrade() -> None:
    """Add the columns, and fill the guarantee in from each session's first record.

    The size stays unknown: problems of that time did not say theirs.
    """
    op.add_column("sessions", sa.Column("size", sa.BigInteger))
    op.add_column("sessions", sa.Column("guarantee", sa.Text, nullable=False, server_default="[]"))
    op.create_index("ix_sessions_family", "sessions", ["family"])
    connection = op.get_bind()
    sessions = sa.table("sessions", sa.column("id"), sa.column("guarantee"))
    records = sa.table("records", sa.column("session_id"), sa.column("sequence"), sa.column("line"))
    first = sa.select(records.c.session_id, records.c.line).where(records.c.sequence == 0)
    filling = (
        sa.update(sessions)
        .where(sessions.c.id == sa.bindparam("session_id"))
        .values(guarantee=sa.bindparam("declared"))
    )
    rows = connection.execute(first)
    while batch := rows.fetchmany(_AT_ONCE):
        connection.execute(
            filling, [{"session_id": row[0], "declared": _declared(row[1])} for row in batch]
        )


def _declared(line: str) -> str:
    return json.dumps(json.loads(line)["event"]["guarantee"], separators=(",", ":"))
