"""The tables as the newest migration leaves them.

``records`` holds the traces and is the source of truth; ``sessions`` is a projection of it, one
row a session, which the tests recompute and compare. ``claims`` says who works on what, and is
empty while nobody does; ``reservations`` keep runs within their budgets. Ids and texts that SQL
sorts or compares are ASCII, so that both databases order them alike.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, MetaData, String, Table, Text

REVISION = "0004"
"""The newest migration. Revisions are numbered in order, so they compare as text."""

VERSION_TABLE = "soundly_schema"

METADATA = MetaData()

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(100), primary_key=True),
    # ISO 8601 in UTC with microseconds: fixed width, so the order of texts is the order of times
    Column("started_at", String(32), nullable=False, index=True),
    Column("family", Text, nullable=False, index=True),
    Column("problem_name", Text, nullable=False),
    Column("problem_digest", String(64), nullable=False, index=True),
    Column("strategy", Text, nullable=False),
    Column("model", Text),
    Column("status", Text, nullable=False),
    Column("found_by", Text),
    Column("certificate_sha256", Text),
    Column("calls", BigInteger, nullable=False),
    Column("input_tokens", BigInteger, nullable=False),
    Column("output_tokens", BigInteger, nullable=False),
    Column("reasoning_tokens", BigInteger, nullable=False),
    Column("cached_tokens", BigInteger, nullable=False),
    Column("dollars", Float(53), nullable=False),
    Column("seconds", Float(53), nullable=False),
    Column("held_calls", BigInteger, nullable=False),
    Column("held_input_tokens", BigInteger, nullable=False),
    Column("held_output_tokens", BigInteger, nullable=False),
    Column("held_dollars", Float(53), nullable=False),
    Column("unpriced_calls", BigInteger, nullable=False),
    Column("size", BigInteger),
    # what the critic declared, as a JSON list of words
    Column("guarantee", Text, nullable=False, server_default="[]"),
)

RECORDS = Table(
    "records",
    METADATA,
    Column("session_id", String(100), ForeignKey("sessions.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    # the record as it stands in an exported trace: one line of ASCII JSON
    Column("line", Text, nullable=False),
)

CERTIFICATES = Table(
    "certificates",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("document", Text, nullable=False),
)

CLAIMS = Table(
    "claims",
    METADATA,
    Column("name", String(100), primary_key=True),
    Column("owner", Text, nullable=False),
    # seconds since 1970: a claim that is not renewed lapses
    Column("renewed_at", Float(53), nullable=False),
)

RESERVATIONS = Table(
    "reservations",
    METADATA,
    Column("run", String(64), primary_key=True),
    # empty in the one row of a run that adds up what was spent; the others are sessions' bounds
    Column("session_id", String(100), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("calls", BigInteger, nullable=False),
    Column("tokens", BigInteger, nullable=False),
    Column("dollars", Float(53), nullable=False),
)
