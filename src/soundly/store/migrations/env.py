"""Alembic runs this file: migrate on the connection, and in the transaction, of the caller."""

from __future__ import annotations

from alembic import context

from soundly.store.schema import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    # Alembic takes SQLite for a database that cannot roll back DDL. It can, as the store begins
    # its transactions itself, and a killed migration then leaves the old schema whole.
    transactional_ddl=True,
)
context.run_migrations()
