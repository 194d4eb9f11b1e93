"""Who works on what, so that two processes do not do the same work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table of claims."""
    op.create_table(
        "claims",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("renewed_at", sa.Float(53), nullable=False),
    )
