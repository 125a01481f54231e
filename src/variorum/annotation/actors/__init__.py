"""Who acts, is acted on, or speaks: states and their organs, forces, groups, organisations, media, people.

    names ─▶ persons ─▶ groups ─▶ nominals ─▶ states ─▶ coreference ─▶ context ─▶ ActorMention
    lexicon   title       lexicon   "Kenya's    where     pronouns,
    scan      + name      + head    police"     it acts   "the ministry"  where told

`find_actors` runs all of it over one parsed document.
"""

from .finder import find_actors
from .options import ActorOptions

__all__ = ["ActorOptions", "find_actors"]
