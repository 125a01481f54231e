"""Targets of `tools/fuzz.py` that read a line, a few words or a small file: cheap enough for hundreds of thousands of
inputs each. A target may raise a `VariorumError`; anything else is a crash."""

from __future__ import annotations

import json
import random
import re
import tomllib
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from litestar.datastructures import Headers

from variorum.coding import Ontology
from variorum.derivation.comparing import compare
from variorum.documents import bylines, corrections, datelines, dates, head_lines, headers, signatures, stamps
from variorum.documents import credits as credit_lines
from variorum.documents.lines import Line, plain_lines, split_notices
from variorum.documents.round_ups import RoundUpOptions, headed_pieces
from variorum.documents.titles import clean_title
from variorum.errors import VariorumError
from variorum.exports.datasets.reading import read_dataset
from variorum.pages.feeds import feed_links, is_feed, is_json_feed, read_address_list, without_claims
from variorum.pipeline.annotator import Layers, Work
from variorum.pipeline.feeds_file import read_feeds_file
from variorum.pipeline.layer_options import layer_options
from variorum.records import (
    Annotation,
    Block,
    Box,
    Decision,
    Document,
    DocumentQuery,
    EventQuery,
    Near,
    Page,
    ReferenceTime,
    Sentence,
    Syntax,
    Token,
    TollBounds,
)
from variorum.records.syntax import Entity
from variorum.review import target
from variorum.review.replay import replay
from variorum.web.gate import Gate, _cookie, _name
from variorum.web.options import ServeOptions
from variorum.web.pages.review import _local
from variorum.web.receiving import safe_name
from variorum.web.tokens import Sessions

Target = Callable[[bytes], object]
_LABELS = [
    "nsubj",
    "dobj",
    "pobj",
    "prep",
    "conj",
    "cc",
    "det",
    "amod",
    "nummod",
    "compound",
    "ccomp",
    "relcl",
    "agent",
    "nsubjpass",
    "auxpass",
    "aux",
    "neg",
    "appos",
    "poss",
    "advmod",
    "advcl",
    "xcomp",
    "punct",
    "mark",
    "npadvmod",
]
_TAGS = {"NOUN": "NN NNS", "PROPN": "NNP NNPS", "VERB": "VBD VBN VBZ VBG VB", "NUM": "CD", "ADJ": "JJ", "ADP": "IN",
         "DET": "DT", "PUNCT": ". , `` ''", "ADV": "RB", "PRON": "PRP PRP$ WP", "SCONJ": "IN", "AUX": "VBD MD",
         "CCONJ": "CC", "PART": "TO POS RP", "X": "FW", "SPACE": "_SP"}  # fmt: skip
_ENTITIES = ("PERSON", "GPE", "ORG", "NORP", "DATE", "TIME", "CARDINAL", "LOC", "FAC", "EVENT", "WEAPON")
_TOKEN = re.compile(r"\w+|[^\w\s]")


def text_of(given: bytes) -> str:
    """The input as text that may have halves of characters in it, as what escapes them gives."""
    try:
        return given.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return given.decode("utf-8", "replace")


def _lines(given: bytes) -> tuple[str, list[Line]]:
    text = text_of(given)
    return text, plain_lines(text)


def dates_of(given: bytes) -> None:
    text = text_of(given)
    for read in (dates.iso_date, dates.readable_date):
        day = read(text)
        assert day is None or re.match(r"-?\d", day), day
    found = dates.find_date(text)
    assert found is None or 0 <= found[0] < found[1] <= len(text)


def stamps_of(given: bytes) -> None:
    text, lines = _lines(given)
    for line in lines[:8]:
        found = stamps.read_stamp(text, line)
        assert found is None or line.start <= found.start < found.end <= line.end
        stamps.read_day(text, line)
        stamps.zone_of_day(text, line)
        stamps.zone_of_all(line.text)


def credits_of(given: bytes) -> None:
    text, lines = _lines(given)
    for line in lines[:8]:
        for credit in (*credit_lines.read_credit(text, line), *credit_lines.read_credits(text, line)):
            assert credit.name.strip()
        bylines.is_byline(line.text)
        bylines.authors(line.text)
        signatures.read_makers(text, line.start, line.end)
        credit_lines.has_form(line)
        credit_lines.tells_origin(line)


def heads_of(given: bytes) -> None:
    text, lines = _lines(given)
    for line in lines[:8]:
        datelines.find_dateline(text, line, opening=True)
        headers.read_header(text, line.start, line.end)
        head_lines.slug_date(line.text)
        head_lines.is_slug(line.text)
        head_lines.persons(line.text, beside_date=True)
        clean_title(line.text)
    headers.header_block(text, lines)


def corrections_of(given: bytes) -> None:
    text, lines = _lines(given)
    corrections.read_corrections(text, lines[:8], alone=False)
    for line in lines[:8]:
        corrections.is_correction(line.text)
        corrections.is_beside_notices(line.text, last=True)
    for start, end in split_notices(text, 0, len(text)):
        assert 0 <= start <= end <= len(text)


def round_ups_of(given: bytes) -> None:
    _, lines = _lines(given)
    headed_pieces(lines, [True] * len(lines), RoundUpOptions())


def filters_of(given: bytes) -> None:
    """Every filter of a search, each by itself: a query, or QueryError."""
    text = text_of(given)
    for make in (
        lambda: EventQuery(since=text, until=text), lambda: EventQuery(types=(text,)),
        lambda: EventQuery(countries=(text,)), lambda: EventQuery(place=text), lambda: DocumentQuery(words=text),
        lambda: DocumentQuery(since=text), lambda: Box.read(text), lambda: Near.read(text),
        lambda: TollBounds.read(text), lambda: target(text),
    ):  # fmt: skip
        with suppress(VariorumError):
            make()


class Doors:
    """What a request says of itself: its Host, Origin, cookies, tokens, where a form leads on, names of files."""

    def __init__(self) -> None:
        self._sessions = Sessions()
        self._gate = Gate(None, ServeOptions(), self._sessions, lambda *_: "")  # type: ignore[arg-type]

    def __call__(self, given: bytes) -> None:
        scope: Any = {"type": "http", "method": "POST", "path": "/", "headers": [(b"host", given)]}
        told = self._gate._misdirected(scope, Headers.from_scope(scope))
        assert told is not None or _name(given.decode("latin-1")) in ServeOptions().called
        asked = [(b"host", b"localhost"), (b"origin", given), (b"cookie", given), (b"authorization", given)]
        scope = {"type": "http", "method": "POST", "path": "/", "headers": asked}
        headers = Headers.from_scope(scope)
        origin = given.decode("latin-1")
        known = origin in ("http://localhost", "https://localhost")
        assert known or self._gate._misdirected(scope, headers) is not None, origin
        assert self._gate._granted(headers) is None
        _cookie(headers)
        text = text_of(given)
        assert self._sessions.enter(text) is None
        assert re.fullmatch(r"/(review|documents)(/[\w%+.~-]+)?", _local(text))


def file_name_of(given: bytes) -> None:
    """A name of a file that is sent."""
    made = safe_name(text_of(given))
    assert made not in ("", ".", "..")
    assert len(made) <= 100
    assert not re.search(r"[\x00-\x1f/\\]", made)


def feeds_of(given: bytes) -> None:
    is_feed(given)
    is_json_feed(given)
    text = text_of(given)
    without_claims(text)
    read_address_list(text)
    feed_links(given, "https://a.example/")


class Files:
    """Small files of a user: data sets of others, mappings, feeds to watch, options of layers, ontologies, rulings."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "given"

    def dataset(self, given: bytes) -> None:
        head = b"event_id_cnty,event_date,event_type,country,latitude,longitude,fatalities,notes\n"
        self._path.write_bytes(head + given)
        with suppress(VariorumError):
            read_dataset(self._path)

    def mapping(self, given: bytes) -> None:
        self._path.write_bytes(given)
        with suppress(VariorumError):
            read_dataset(self._path, self._path)

    def feeds(self, given: bytes) -> None:
        self._path.write_bytes(given)
        with suppress(VariorumError):
            read_feeds_file(self._path)

    def ontology(self, given: bytes) -> None:
        self._path.write_bytes(given)
        with suppress(VariorumError):
            Ontology.load(str(self._path))


def options_of(given: bytes) -> None:
    try:
        told = tomllib.loads(text_of(given))
    except (tomllib.TOMLDecodeError, UnicodeEncodeError):
        return
    with suppress(VariorumError):
        layer_options(told)


def rulings_of(given: bytes) -> None:
    """A log of rulings: records, or none; what is in force of it, or why it fits nothing."""
    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        log = msgspec.json.decode(given, type=tuple[Decision, ...])
        with suppress(VariorumError):
            replay(log)


def compared(given: bytes) -> None:
    """Derivation of two halves of a text."""
    text = text_of(given).encode("utf-8", "replace").decode()
    parts = text[: len(text) // 2], text[len(text) // 2 :]
    documents = [
        Document(id=f"d{number}", page=f"p{number}", source=f"s{number}", text=part, language="en",
                 blocks=(Block(start=0, end=len(part), kind="body"),) if part.strip() else ())
        for number, part in enumerate(parts)
    ]  # fmt: skip
    found = compare(*documents)
    for passage in found.passages:
        assert 0 <= passage.source.start < passage.source.end <= len(parts[0])
        assert 0 <= passage.target.start < passage.target.end <= len(parts[1])


def made_up_syntax(text: str) -> Syntax:
    """Syntax of a text that no parser would give: words and marks with labels drawn by chance, the same for a text."""
    chance = random.Random(zlib.crc32(text.encode("utf-8", "surrogatepass")))
    words = [found.span() for found in _TOKEN.finditer(text)]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    first = 0
    for at, (start, end) in enumerate(words):
        word = text[start:end]
        pos = "NUM" if word[0].isdigit() else "PUNCT" if not word[0].isalnum() else chance.choice([*_TAGS])
        head = at if at == first or chance.random() < 0.03 else chance.randrange(first, at)
        tag = chance.choice(_TAGS[pos].split())
        tokens.append(
            Token(at, start, end, word, word.lower(), pos, tag, "ROOT" if head == at else chance.choice(_LABELS), head)
        )
        if word in ".!?" or at == len(words) - 1:
            sentences.append(Sentence(len(sentences), first, at + 1, 0, "body"))
            first = at + 1
        if word[0].isupper() and chance.random() < 0.5 and (not entities or entities[-1].last <= at):
            entities.append(Entity(at, at + 1, chance.choice(_ENTITIES)))
    return Syntax(tokens, sentences, entities)


class Readers:
    """The layers over syntax that is made up, each of its readers in its turn."""

    def __init__(self, *layers: Any) -> None:
        from variorum.pipeline.verification import annotation_faults

        self._layers = Layers(layers)
        self._faults = annotation_faults
        self._reference = ReferenceTime(basis="published", earliest="2031-05-03", latest="2031-05-03")

    def __call__(self, given: bytes) -> None:
        text = text_of(given).encode("utf-8", "replace").decode()
        if not _TOKEN.search(text):
            return
        document = Document(
            id="d", page="p", source="s", text=text, blocks=(Block(start=0, end=len(text), kind="body"),), language="en"
        )
        found: Annotation = self._layers.over(Work(document=document, reference=self._reference), made_up_syntax(text))
        assert found.fault is None, found.fault
        for items in (found.times, found.tolls, found.places, found.actors):
            for item in items:
                assert 0 <= item.start < item.end <= len(text)
                assert text[item.start : item.end] == item.text


def small_page(media: str) -> Target:
    """A page of a few hundred characters, to its document."""
    from variorum.documents import make_document

    def run(given: bytes) -> None:
        page = msgspec.convert({"id": "p-1", "source": "a", "media": media, "content": given}, type=Page)
        document = make_document(page)
        for block in document.blocks:
            assert 0 <= block.start < block.end <= len(document.text)

    return run


RULING = json.dumps(
    [{"id": "r-1", "at": "2031-05-06T09:00:00Z", "author": "Ines", "action": "merge", "targets": ["d-1@3-9", "d-2@4-8"],
      "reason": "one salvo", "field": "place", "before": "a", "after": "b"}]
)  # fmt: skip
TOML = (
    'name = "n"\nversion = "1"\nholds = "events"\n[columns]\nid = "event_id_cnty"\ndate = "event_date"\n'
    '[types.ASSAULT]\nquad = 4\nscore = -9.0\nmodes = ["BOMB"]\n[tolls]\nantecedent = 3\n'
    '[[feeds]]\nurl = "https://a.example/feed"\nevery = "15m"\n'
)
TABLE = 'KEN1,2031-05-03,Battles,Kenya,3.11,35.6,7,words\nKEN2,3 May 2031,x,Somalia,"2,05",45.3,-1,\n'
LINES = (
    "By Amina Otieno and Brian Barasa in Goma", "GOMA, 3 May 2031 (Lakeside News) - Gunmen", "© 2031 Lakeside / LKS",
    "Published: 3 May 2031 10:15 EAT", "Updated 2 hours ago", "Friday, 19 January 2031 | 08:30", "10:15 GMT - Shelling",
    "Correction: an earlier version said nine.", "SUBJECT: Shelling of the harbour", "- One: killed\n- Two: injured",
    "Localhost:8765", "http://localhost:8765", "variorum=abc; other=1", "Bearer abc", "../../etc/passwd", "a.pdf",
    "-1.5,35,3,36.2", "3.1,35.6,50", "killed>=3", "2031-05-03", "KE", "d-1@3-9",
    "Gunmen from the M23 group killed seven people, two of them children, on Friday, police said.",
    "“We deny it,” a spokesman for the army told Lakeside News late on 3 May.",
)  # fmt: skip


def cheap_targets(folder: Path) -> dict[str, tuple[Callable[[], Target], float, int, Sequence[str]]]:
    """Each with the share of the time that it gets, the length of its longest input, and seeds of its own."""
    files = Files(folder)
    marked = tuple(f"<p>{line}</p><h1>{line}</h1>" for line in LINES)

    def plain(run: Target) -> Callable[[], Target]:
        return lambda: run

    return {
        "dates": (plain(dates_of), 1.5, 200, LINES),
        "stamps": (plain(stamps_of), 1.5, 300, LINES),
        "credits": (plain(credits_of), 1.5, 300, LINES),
        "heads": (plain(heads_of), 1.5, 300, LINES),
        "corrections": (plain(corrections_of), 1, 300, LINES),
        "round-ups": (plain(round_ups_of), 1, 600, LINES),
        "filters": (plain(filters_of), 1.5, 100, LINES),
        "doors": (Doors, 1.5, 200, LINES),
        "file names": (plain(file_name_of), 1, 300, LINES),
        "feed marks": (plain(feeds_of), 1, 600, LINES),
        "data sets": (plain(files.dataset), 1, 400, (TABLE,)),
        "mappings": (plain(files.mapping), 0.5, 400, (TOML,)),
        "feeds files": (plain(files.feeds), 0.5, 400, (TOML,)),
        "ontologies": (plain(files.ontology), 0.5, 500, (TOML,)),
        "options": (plain(options_of), 0.5, 400, (TOML,)),
        "rulings": (plain(rulings_of), 1, 600, (RULING,)),
        "derivation": (plain(compared), 1, 1200, LINES),
        "short text": (partial(small_page, "text/plain"), 1.5, 400, LINES),
        "short html": (partial(small_page, "text/html"), 1.5, 500, marked),
        "times": (lambda: Readers("times"), 1, 300, LINES),
        "tolls": (lambda: Readers("tolls"), 1.5, 300, LINES),
        "places": (lambda: Readers("places"), 1, 300, LINES),
        "actors": (lambda: Readers("actors"), 1, 300, LINES),
        "attributions": (lambda: Readers("attributions"), 1.5, 300, LINES),
        "events": (lambda: Readers("events"), 1.5, 300, LINES),
    }  # fmt: skip
