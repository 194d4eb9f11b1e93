"""What runs under one budget have set aside, so that several processes keep to it together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table of what is set aside."""
    op.create_table(
        "set_aside",
        sa.Column("run", sa.String(64), primary_key=True),
        sa.Column("session_id", sa.String(100), primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("calls", sa.BigInteger, nullable=False),
        sa.Column("tokens", sa.BigInteger, nullable=False),
        sa.Column("dollars", sa.Float(53), nullable=False),
    )
