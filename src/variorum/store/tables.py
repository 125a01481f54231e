"""The tables of an edition. Plain columns hold what people query; `record` holds the whole record as JSON.

Changing anything here needs a new module in `migrations` (its package says how); its number is the schema's.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table

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
MOMENTS = Table(
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
PASSAGES = Table(
    "passages",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # under which the index knows it
    Column("document", String, nullable=False),
    Column("field", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("passages_document", "document"),
)
WORK = Table(
    "work",
    METADATA,
    Column("key", String, primary_key=True),
    Column("document", String, nullable=False),
    Column("annotation", LargeBinary, nullable=False),  # JSON, deflated
)
DERIVATION_WORK = Table(
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
    Column("outlet", String),
    Column("folded", String, nullable=False),  # the outlet as names are compared, each word after a space
    Column("language", String),
    Column("first_day", String),  # of its publication, as told
    Column("last_day", String),
    Column("day", String, nullable=False),  # what it is sorted by: the first day, past all days where none is told
    Column("position", Integer, nullable=False),
    Column("record", String, nullable=False),
    Index("edition_documents_day", "day", "id"),
    Index("edition_documents_story", "story"),
    Index("edition_documents_origin", "origin"),
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
    Index("mentions_event", "event"),
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
    Index("derivations_target", "target"),
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
    Column("first_day", String),  # of the interval in which it lies, None where that is open
    Column("last_day", String),
    Column("independent_origins", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("record", String, nullable=False),
    Index("events_position", "position", unique=True),
    Index("events_story", "story"),
    Index("events_type", "type", "mode"),
    Index("events_first_day", "first_day"),
    Index("events_last_day", "last_day"),
    Index("events_origins", "independent_origins"),
)
EVENT_DOCUMENTS = Table(
    "event_documents",
    METADATA,
    Column("event", String, primary_key=True),
    Column("document", String, primary_key=True),
    Index("event_documents_document", "document"),
)
EVENT_PASSAGES = Table(
    "event_passages",
    METADATA,
    Column("event", String, primary_key=True),
    Column("passage", Integer, primary_key=True, autoincrement=False),
    Index("event_passages_passage", "passage"),
)
PARTICIPANTS = Table(
    "participants",
    METADATA,
    Column("event", String, primary_key=True),
    Column("side", String, primary_key=True),  # "actor" or "recipient"
    Column("number", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("folded", String, nullable=False),  # the name as names are compared, each word after a space
    Column("key", String),
    Column("country", String),
    Column("sector", String),
    Index("participants_country", "country", "sector"),
    Index("participants_key", "key"),
)
EVENT_PLACES = Table(
    "event_places",
    METADATA,
    Column("event", String, primary_key=True),
    Column("number", Integer, primary_key=True),  # 0 is the place in force, the others are readings
    Column("name", String, nullable=False),
    Column("folded", String, nullable=False),  # name and first-level division, as names are compared
    Column("country", String),
    Column("admin1", String),
    Column("precision", String, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("x", Float),  # the same point on a sphere of radius 1; None where only a country or region is told
    Column("y", Float),
    Column("z", Float),
    Index("event_places_country", "country"),
    Index("event_places_lat", "lat"),
)
AGREEMENTS = Table(
    "agreements",
    METADATA,
    Column("event", String, primary_key=True),
    Column("field", String, primary_key=True),  # "time", "place", a toll's kind, or "contradictions"
    Column("agreement", String, nullable=False),
    Index("agreements_agreement", "agreement", "event"),
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
    Index("readings_event", "event"),
    Index("readings_kind", "kind", "low"),
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
    Index("claims_event", "event", "position"),
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
    Index("links_target", "target"),
)
CONTRADICTIONS = Table(
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
    Index("contradictions_event", "event", "position"),
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
    EVENT_DOCUMENTS,
    EVENT_PASSAGES,
    PARTICIPANTS,
    EVENT_PLACES,
    AGREEMENTS,
    READINGS,
    CLAIMS,
    LINKS,
    CONTRADICTIONS,
    EVIDENCE,
)
"""What `Store.replace_content` rewrites; the other tables are only added to."""
