"""The tables of an edition. Plain columns hold what people query; `record` holds the whole record as JSON.

Changing anything here needs a new `base.SCHEMA_VERSION` and a migration.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, MetaData, String, Table

METADATA = MetaData()

EDITION = Table(
    "edition",
    METADATA,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)
VERSIONS = Table(
    "versions",
    METADATA,
    Column("name", String, primary_key=True),
    Column("version", String, nullable=False),
)
PAGES = Table(
    "pages",
    METADATA,
    Column("id", String, primary_key=True),
    Column("media", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("declared", String, nullable=False),
)
CAPTURES = Table(
    "captures",
    METADATA,
    Column("page", String, primary_key=True),
    Column("source", String, primary_key=True),
)
MOMENTS = Table(  # an edition of an older version may lack it; it is made when that is written to
    "moments",
    METADATA,
    Column("page", String, primary_key=True),
    Column("captured", String, primary_key=True),
)
REJECTIONS = Table(
    "rejections",
    METADATA,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("detail", String, nullable=False),
)
DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", String, primary_key=True),
    Column("page", String, nullable=False),
    Column("source", String, nullable=False),
    Column("title", String),
    Column("outlet", String),
    Column("published", String),
    Column("url", String),
    Column("language", String),
    Column("supported", Boolean, nullable=False),
    Column("rejected", String),
    Column("text", String, nullable=False),
    Column("record", String, nullable=False),
)
BLOCKS = Table(
    "blocks",
    METADATA,
    Column("document", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
)
WORK = Table(
    "work",
    METADATA,
    Column("key", String, primary_key=True),
    Column("document", String, nullable=False),
    Column("annotation", LargeBinary, nullable=False),  # JSON, deflated
)
DERIVATION_WORK = Table(  # an edition of an older version may lack it; it is made when that is written to
    "derivation_work",
    METADATA,
    Column("key", String, primary_key=True),
    Column("work", LargeBinary, nullable=False),  # MessagePack, read by the derivation stage alone
)
IN_FORCE = Table(
    "edition_documents",
    METADATA,
    Column("id", String, primary_key=True),
    Column("story", String),
    Column("origin", String),
    Column("rejected", String),
    Column("work", String),
    Column("position", Integer, nullable=False),
    Column("record", String, nullable=False),
)
MENTIONS = Table(
    "mentions",
    METADATA,
    Column("document", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("event", String),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("trigger", String, nullable=False),
    Column("type", String, nullable=False),
    Column("mode", String),
    Column("status", String, nullable=False),
)
DERIVATIONS = Table(
    "derivations",
    METADATA,
    Column("source", String, primary_key=True),
    Column("target", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("directed", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("record", String, nullable=False),
)
ORIGINS = Table(
    "origins",
    METADATA,
    Column("id", String, primary_key=True),
    Column("upstream", String),
    Column("seen", Boolean, nullable=False),
    Column("record", String, nullable=False),
)
STATEMENTS = Table(
    "statements",
    METADATA,
    Column("id", String, primary_key=True),
    Column("record", String, nullable=False),
)
STORIES = Table(
    "stories",
    METADATA,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("record", String, nullable=False),
)
EVENTS = Table(
    "events",
    METADATA,
    Column("id", String, primary_key=True),
    Column("story", String, nullable=False),
    Column("type", String, nullable=False),
    Column("mode", String),
    Column("status", String, nullable=False),
    Column("headline", String, nullable=False),
    Column("earliest", String),
    Column("latest", String),
    Column("place", String),
    Column("country", String),
    Column("lat", Float),
    Column("lon", Float),
    Column("independent_origins", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("record", String, nullable=False),
)
READINGS = Table(
    "readings",
    METADATA,
    Column("id", String, primary_key=True),
    Column("event", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("group", String),
    Column("speaker", String),
    Column("as_of", String),
    Column("superseded_by", String),
    Column("whole", String),  # the reading that this one is a part of
)
CLAIMS = Table(
    "claims",
    METADATA,
    Column("id", String, primary_key=True),
    Column("speaker", String),
    Column("stance", String),
    Column("event", String),
    Column("quote", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("record", String, nullable=False),
)
LINKS = Table(
    "links",
    METADATA,
    Column("source", String, primary_key=True),
    Column("target", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("speaker", String, primary_key=True),  # "" for the narrator
    Column("position", Integer, nullable=False),
    Column("record", String, nullable=False),
)
CONTRADICTIONS = Table(  # an edition of an older version may lack it; it is made when that is written to
    "contradictions",
    METADATA,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("event", String, nullable=False),
    Column("sentence", String, nullable=False),
    Column("speaker", String),  # None for the reporter
    Column("against", String),
    Column("position", Integer, nullable=False),
    Column("record", String, nullable=False),
)
EVIDENCE = Table(
    "evidence",
    METADATA,
    Column("of", String, primary_key=True),  # "event", "reading", "claim", "link", "contradiction"
    Column("id", String, primary_key=True),
    Column("document", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("field", String, primary_key=True),
)
DECISIONS = Table(
    "decisions",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    Column("action", String, nullable=False),
    Column("record", String, nullable=False),
)

COMPUTED = (
    VERSIONS,
    IN_FORCE,
    MENTIONS,
    DERIVATIONS,
    ORIGINS,
    STATEMENTS,
    STORIES,
    EVENTS,
    READINGS,
    CLAIMS,
    LINKS,
    CONTRADICTIONS,
    EVIDENCE,
)
"""What `Store.replace_content` rewrites; the other tables are only added to."""
