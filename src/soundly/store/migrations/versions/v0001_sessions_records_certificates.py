"""Sessions, their records, and certificates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("family", sa.Text, nullable=False),
        sa.Column("problem_name", sa.Text, nullable=False),
        sa.Column("problem_digest", sa.String(64), nullable=False),
        sa.Column("strategy", sa.Text, nullable=False),
        sa.Column("model", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("found_by", sa.Text),
        sa.Column("certificate_sha256", sa.Text),
        sa.Column("calls", sa.BigInteger, nullable=False),
        sa.Column("input_tokens", sa.BigInteger, nullable=False),
        sa.Column("output_tokens", sa.BigInteger, nullable=False),
        sa.Column("reasoning_tokens", sa.BigInteger, nullable=False),
        sa.Column("cached_tokens", sa.BigInteger, nullable=False),
        sa.Column("dollars", sa.Float(53), nullable=False),
        sa.Column("seconds", sa.Float(53), nullable=False),
        sa.Column("held_calls", sa.BigInteger, nullable=False),
        sa.Column("held_input_tokens", sa.BigInteger, nullable=False),
        sa.Column("held_output_tokens", sa.BigInteger, nullable=False),
        sa.Column("held_dollars", sa.Float(53), nullable=False),
        sa.Column("unpriced_calls", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_sessions_started_at", "sessions", ["started_at"])
    op.create_index("ix_sessions_problem_digest", "sessions", ["problem_digest"])
    op.create_table(
        "records",
        sa.Column("session_id", sa.String(100), sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("line", sa.Text, nullable=False),
    )
    op.create_table(
        "certificates",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
