"""What sessions of a run under one budget may still spend, for all processes that share it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table of reservations."""
    op.create_table(
        "reservations",
        sa.Column("run", sa.String(64), primary_key=True),
        sa.Column("session_id", sa.String(100), primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("calls", sa.BigInteger, nullable=False),
        sa.Column("tokens", sa.BigInteger, nullable=False),
        sa.Column("dollars", sa.Float(53), nullable=False),
    )
