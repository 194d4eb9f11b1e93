"""Alembic runs this file: migrate on the connection, and in the transaction, of the caller."""

from __future__ import annotations

from alembic import context

from soundly.store.schema import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
context.run_migrations()
