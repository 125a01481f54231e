"""The tables of an edition. Plain columns hold what people query; `record` holds the whole record as JSON.

`position` is the place of an event in the order of time, also in the tables about it: whole numbers are what filters
compare. Changing anything here needs a new module in `migrations` (its package says how); its number is the schema's.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table

METADATA = MetaData()

_WORDS = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared and sorted by its code points, whatever the locale of a database."""

EDITION = Table(
    "edition",
    METADATA,
    Column("key", _WORDS, primary_key=True),
    Column("value", _WORDS, nullable=False),
)
DIGEST = "digest"
"""The key under which `EDITION` has the digest of the content in force; an edition that an older version wrote may
lack it."""
TAKEN_OUT = "taken out "
"""What the keys begin with under which `EDITION` has the ids of documents that were taken out: `UNFINISHED` until no
word of them is left, `FINISHED` then."""
UNFINISHED, FINISHED = "unfinished", "finished"
TOLD_FROM = "changes"
"""The key under which `EDITION` has the entry of the log of custody from which on `CHANGES` tells; from the first where
there is none."""
STALE = "stale"
"""The key that `EDITION` has where passages went away since the content in force was written, and with them which
events they tell."""
VERSIONS = Table(
    "versions",
    METADATA,
    Column("name", _WORDS, primary_key=True),
    Column("version", _WORDS, nullable=False),
)
PAGES = Table(
    "pages",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("media", _WORDS, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("declared", _WORDS, nullable=False),
)
CAPTURES = Table(
    "captures",
    METADATA,
    Column("page", _WORDS, primary_key=True),
    Column("source", _WORDS, primary_key=True),
)
MOMENTS = Table(
    "moments",
    METADATA,
    Column("page", _WORDS, primary_key=True),
    Column("captured", _WORDS, primary_key=True),
)
REJECTIONS = Table(
    "rejections",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("source", _WORDS, nullable=False),
    Column("reason", _WORDS, nullable=False),
    Column("detail", _WORDS, nullable=False),
)
DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("page", _WORDS, nullable=False),
    Column("source", _WORDS, nullable=False),
    Column("title", _WORDS),
    Column("outlet", _WORDS),
    Column("published", _WORDS),
    Column("url", _WORDS),
    Column("language", _WORDS),
    Column("supported", Boolean, nullable=False),
    Column("rejected", _WORDS),
    Column("text", _WORDS, nullable=False),
    Column("record", _WORDS, nullable=False),
)
BLOCKS = Table(
    "blocks",
    METADATA,
    Column("document", _WORDS, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("kind", _WORDS, nullable=False),
)
PASSAGES = Table(
    "passages",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # under which the index knows it
    Column("document", _WORDS, nullable=False),
    Column("field", _WORDS, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("passages_document", "document"),
)
WORK = Table(
    "work",
    METADATA,
    Column("key", _WORDS, primary_key=True),
    Column("document", _WORDS, nullable=False),
    Column("annotation", LargeBinary, nullable=False),  # JSON, deflated
)
DERIVATION_WORK = Table(
    "derivation_work",
    METADATA,
    Column("key", _WORDS, primary_key=True),
    Column("work", LargeBinary, nullable=False),  # MessagePack, read by the derivation stage alone
)
IN_FORCE = Table(
    "edition_documents",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("story", _WORDS),
    Column("origin", _WORDS),
    Column("rejected", _WORDS),
    Column("work", _WORDS),
    Column("outlet", _WORDS),
    Column("folded", _WORDS, nullable=False),  # the outlet as names are compared, each word after a space
    Column("language", _WORDS),
    Column("first_day", _WORDS),  # of its publication, as told
    Column("last_day", _WORDS),
    Column("day", _WORDS, nullable=False),  # what it is sorted by: the first day, past all days where none is told
    Column("position", Integer, nullable=False),
    Column("record", _WORDS, nullable=False),
    Index("edition_documents_day", "day", "id"),
    Index("edition_documents_story", "story"),
    Index("edition_documents_origin", "origin"),
)
MENTIONS = Table(
    "mentions",
    METADATA,
    Column("document", _WORDS, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("event", _WORDS),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("trigger", _WORDS, nullable=False),
    Column("type", _WORDS, nullable=False),
    Column("mode", _WORDS),
    Column("status", _WORDS, nullable=False),
    Index("mentions_event", "event"),
)
DERIVATIONS = Table(
    "derivations",
    METADATA,
    Column("source", _WORDS, primary_key=True),
    Column("target", _WORDS, primary_key=True),
    Column("kind", _WORDS, nullable=False),
    Column("directed", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("record", _WORDS, nullable=False),
    Index("derivations_target", "target"),
)
ORIGINS = Table(
    "origins",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("upstream", _WORDS),
    Column("seen", Boolean, nullable=False),
    Column("record", _WORDS, nullable=False),
)
STATEMENTS = Table(
    "statements",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("record", _WORDS, nullable=False),
)
STORIES = Table(
    "stories",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("title", _WORDS, nullable=False),
    Column("position", Integer, nullable=False),
    Column("record", _WORDS, nullable=False),
)
EVENTS = Table(
    "events",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("story", _WORDS, nullable=False),
    Column("type", _WORDS, nullable=False),
    Column("mode", _WORDS),
    Column("status", _WORDS, nullable=False),
    Column("headline", _WORDS, nullable=False),
    Column("earliest", _WORDS),
    Column("latest", _WORDS),
    Column("place", _WORDS),
    Column("country", _WORDS),
    Column("lat", Float),
    Column("lon", Float),
    Column("first_day", _WORDS),  # of the interval in which it lies, None where that is open
    Column("last_day", _WORDS),
    Column("independent_origins", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("record", _WORDS, nullable=False),
    Index("events_position", "position", unique=True),
    Index("events_story", "story", "position"),
    Index("events_type", "type", "mode", "status", "position"),
    Index("events_first_day", "first_day", "last_day", "position"),
    Index("events_last_day", "last_day", "first_day", "position"),
    Index("events_origins", "independent_origins", "position"),
)
EVENT_DOCUMENTS = Table(
    "event_documents",
    METADATA,
    Column("event", _WORDS, primary_key=True),
    Column("document", _WORDS, primary_key=True),
    Column("position", Integer, nullable=False),
    Index("event_documents_document", "document", "position"),
)
EVENT_PASSAGES = Table(
    "event_passages",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("passage", Integer, primary_key=True, autoincrement=False),
    Index("event_passages_passage", "passage", "position"),
)
PARTICIPANTS = Table(
    "participants",
    METADATA,
    Column("event", _WORDS, primary_key=True),
    Column("side", _WORDS, primary_key=True),  # "actor" or "recipient"
    Column("number", Integer, primary_key=True),
    Column("name", _WORDS, nullable=False),
    Column("folded", _WORDS, nullable=False),  # the name as names are compared, each word after a space
    Column("key", _WORDS),
    Column("country", _WORDS),
    Column("sector", _WORDS),
    Column("position", Integer, nullable=False),
    Index("participants_country", "country", "sector", "side", "position"),
    Index("participants_sector", "sector", "side", "position"),
    Index("participants_name", "folded", "key", "side", "position"),
)
EVENT_PLACES = Table(
    "event_places",
    METADATA,
    Column("event", _WORDS, primary_key=True),
    Column("number", Integer, primary_key=True),  # 0 is the place in force, the others are readings
    Column("name", _WORDS, nullable=False),
    Column("folded", _WORDS, nullable=False),  # name and first-level division, as names are compared
    Column("country", _WORDS),
    Column("admin1", _WORDS),
    Column("precision", _WORDS, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("x", Float),  # the same point on a sphere of radius 1; None where only a country or region is told
    Column("y", Float),
    Column("z", Float),
    Column("position", Integer, nullable=False),
    Index("event_places_country", "country", "position"),
    Index("event_places_name", "folded", "position"),
    Index("event_places_lat", "lat", "lon", "position"),
)
AGREEMENTS = Table(
    "agreements",
    METADATA,
    Column("event", _WORDS, primary_key=True),
    Column("field", _WORDS, primary_key=True),  # "time", "place", a toll's kind, or "contradictions"
    Column("agreement", _WORDS, nullable=False),
    Column("position", Integer, nullable=False),
    Index("agreements_agreement", "agreement", "position"),
)
READINGS = Table(
    "readings",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("event", _WORDS, nullable=False),
    Column("kind", _WORDS, nullable=False),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("group", _WORDS),
    Column("speaker", _WORDS),
    Column("as_of", _WORDS),
    Column("superseded_by", _WORDS),
    Column("whole", _WORDS),  # the reading that this one is a part of
    Index("readings_event", "event"),
    Column("position", Integer, nullable=False),  # of the event
    Index("readings_kind", "kind", "low", "high", "whole", "superseded_by", "position"),
)
CLAIMS = Table(
    "claims",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("speaker", _WORDS),
    Column("stance", _WORDS),
    Column("event", _WORDS),
    Column("quote", _WORDS, nullable=False),
    Column("position", Integer, nullable=False),
    Column("record", _WORDS, nullable=False),
    Index("claims_event", "event", "position"),
)
LINKS = Table(
    "links",
    METADATA,
    Column("source", _WORDS, primary_key=True),
    Column("target", _WORDS, primary_key=True),
    Column("kind", _WORDS, primary_key=True),
    Column("speaker", _WORDS, primary_key=True),  # "" for the narrator
    Column("position", Integer, nullable=False),
    Column("record", _WORDS, nullable=False),
    Index("links_target", "target"),
)
CONTRADICTIONS = Table(
    "contradictions",
    METADATA,
    Column("id", _WORDS, primary_key=True),
    Column("kind", _WORDS, nullable=False),
    Column("event", _WORDS, nullable=False),
    Column("sentence", _WORDS, nullable=False),
    Column("speaker", _WORDS),  # None for the reporter
    Column("against", _WORDS),
    Column("position", Integer, nullable=False),
    Column("record", _WORDS, nullable=False),
    Index("contradictions_event", "event", "position"),
)
EVIDENCE = Table(
    "evidence",
    METADATA,
    Column("of", _WORDS, primary_key=True),  # "event", "reading", "claim", "link", "contradiction"
    Column("id", _WORDS, primary_key=True),
    Column("document", _WORDS, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("field", _WORDS, primary_key=True),
)
DECISIONS = Table(
    "decisions",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", _WORDS, nullable=False, unique=True),
    Column("author", _WORDS, nullable=False),
    Column("at", _WORDS, nullable=False),
    Column("action", _WORDS, nullable=False),
    Column("record", _WORDS, nullable=False),
)
CUSTODY = Table(
    "custody",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", _WORDS, nullable=False),
    Column("subject", _WORDS, nullable=False),
    Column("digest", _WORDS, nullable=False),
    Column("at", _WORDS),
    Column("detail", _WORDS, nullable=False),  # JSON
    Column("previous", _WORDS, nullable=False),
    Column("hash", _WORDS, nullable=False),
)
CHANGES = Table(
    "changes",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # of the entry in the log of custody
    Column("kind", _WORDS, primary_key=True),
    Column("id", _WORDS, primary_key=True),
    Column("field", _WORDS, primary_key=True),  # "" for the whole
    Column("before", _WORDS),
    Column("after", _WORDS),
    Column("heir", _WORDS),
)
REDACTIONS = Table(
    "redactions",
    METADATA,
    Column("page", _WORDS, primary_key=True),
    Column("digest", _WORDS, nullable=False),
    Column("successor", _WORDS),
    Column("author", _WORDS, nullable=False),
    Column("at", _WORDS, nullable=False),
    Column("reason", _WORDS, nullable=False),
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

TAKEN_OVER = (PAGES, CAPTURES, MOMENTS, REJECTIONS, WORK, DERIVATION_WORK)
"""What an edition takes over of another one: what was observed, and what was found of single texts."""
