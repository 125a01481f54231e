"""Who is shown by name, and how finely a place is told, where an edition leaves the desk.

**Who is private.** A person (an actor whose key says so) is public where the layers of any text of the edition know a
public role: an office of state, of a party or of a body of states by the person's sector; a title that leads or speaks
for others ("spokeswoman", "governor", "commander"); or an entry in the packaged lists of office holders. Everybody else
is private: victims, witnesses, suspects, soldiers without command, and who is only named. In doubt a person is private.
Groups, bodies and places are no persons, nor is what the layers take for one under the name of a thing ("Gikomba
Market"). What the layers did not see is a person they did not find: a name that no layer has is not replaced. Who wrote
an article is public in that role, under `PrivacyOptions.bylines`, and then so everywhere.

**What stands instead.** A pseudonym: the same one for all mentions of a person, and not to be reversed without the
secret that it was made with, for it is a keyed hash (HMAC-SHA-256) of the person's name and no number in any order. The
same secret gives the same pseudonyms again when the edition has grown; who must not be linked from one publication to
another uses two secrets. A name is the same however its words are joined ("Wambui Kamau", "Wambui-Kamau"), and two of
one name have one pseudonym, as they had one name. Names are replaced wherever they stand: in fields, headlines,
quotations and titles (in quotations in square brackets, as editors do), and an id or a file's name that is made of one
becomes a keyed hash.

**Places.** `coarsened` tells a place no finer than asked: its name becomes that of its division or state and its
coordinates those of the division. Quotations keep the words of their texts.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import unquote

import msgspec

from variorum.errors import InputError
from variorum.packaged import data_table
from variorum.records import ActorMention, Annotation, Event, EventPlace, PlaceMention, PlaceReading, Record
from variorum.world.given_names import likely_gender
from variorum.world.nouns import singulars
from variorum.world.states import States

T = TypeVar("T")
P = TypeVar("P", EventPlace, PlaceReading, PlaceMention)
Grain = Literal["site", "city", "district", "admin1", "country"]

_PERSON = ":PER:"
_SIZES: tuple[Grain, ...] = ("site", "city", "district", "admin1", "country")  # from the finest
_LEAST_NAME = 3  # letters: what is shorter is an initial
_DIGITS = 5  # base32: one chance in 33 million that two persons meet, and then both get more
_SECRET_BYTES = 32
_WORD = re.compile(r"[^\W\d_](?:[\w'’]*\w)?")
_ESCAPED = re.compile(r"\\[nrtbf]")  # what JSON writes for a space of some kind
_KEY = re.compile(r"(?:[A-Z]{3})?:PER:[^\s:;,/]+")  # of a person, where words name it
_TOKEN = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"(?:(?<=\b\w)\.)?[\s\-‐‑_]+|['’]")  # what stands between the words of a name, also of an initial
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens, marks without width and of direction
_OUR_ID = re.compile(r"[a-z]{1,2}-[0-9a-f]{16}")
_POSSESSIVE = re.compile(r"['’]s$")


class PrivacyOptions(Record, frozen=True, kw_only=True):
    """`pseudonyms` False shows private persons by name; `places` is the finest grain of a place that is told. With
    `bylines` who wrote an article is public, and so is named; without it authors are private like everybody."""

    pseudonyms: bool = True
    places: Grain = "admin1"
    bylines: bool = True


SHOWN = PrivacyOptions(pseudonyms=False, places="site")
"""Everybody by name and every place as it is: for what stays in its owner's hands."""


class Person(Record, frozen=True, kw_only=True):
    """A person of an edition. `forms` are the names that the texts use, the longest first; `public` says that a public
    role is known."""

    key: str
    name: str
    forms: tuple[str, ...]
    public: bool


def is_person(actor: ActorMention) -> bool:
    """Whether a mention is of one person, named."""
    return _PERSON in actor.key and not actor.generic and is_persons_name(actor.name)


def is_persons_name(name: str) -> bool:
    """Whether a name may be a person's: not one whose last word is a kind of place, building, body or thing ("Gikomba
    Market"), unless it begins with a given name ("Dave Camp")."""
    words = _WORD.findall(name)
    if len(words) < 2 or words[-1].islower():
        return bool(words) and not words[-1].islower()
    return not any(form in _things() for form in singulars(words[-1].casefold())) or likely_gender(name) is not None


def has_public_role(actor: ActorMention) -> bool:
    """Whether this mention of a person tells a public role: an office, a title that leads or speaks, a known name."""
    sectors, titles = _roles()
    if {actor.sector, *actor.sectors} & sectors or any(each.name == "known person" for each in actor.chosen_by):
        return True
    words = _WORD.findall((actor.title or "").casefold())
    return any(" ".join(words[at:to]) in titles for at in range(len(words)) for to in range(at + 1, len(words) + 1))


@cache
def _roles() -> tuple[frozenset[str], frozenset[str]]:
    found = data_table("privacy.toml")
    return frozenset(found["sectors"]), frozenset(found["titles"])


@cache
def _things() -> frozenset[str]:
    return frozenset(data_table("privacy.toml")["things"])


def people(annotations: Iterable[Annotation]) -> tuple[Person, ...]:
    """The persons that the layers of an edition name, by key. Who is public in one text is so in all; a name that the
    layers more often take for a place or a body than for a person is none's."""
    others: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    names: dict[str, str] = {}
    forms: dict[str, set[str]] = {}
    public: set[str] = set()
    for annotation in annotations:
        others.update(_split(place.name).casefold() for place in annotation.places)
        for actor in annotation.actors:
            (mentions if is_person(actor) else others)[_split(actor.name).casefold()] += 1
            if is_person(actor):
                names[actor.key] = min(actor.name, names.get(actor.key, actor.name))
                forms.setdefault(actor.key, set()).update(_forms(actor))
                if has_public_role(actor):
                    public.add(actor.key)
    return tuple(
        Person(
            key=key,
            name=names[key],
            forms=tuple(sorted(forms[key], key=lambda form: (-len(form), form))),
            public=key in public or _same_but_for_the_country(key, public),
        )
        for key in sorted(names)
        if mentions[name := _split(names[key]).casefold()] >= others[name]
    )


def _same_but_for_the_country(key: str, public: set[str]) -> bool:
    """Whether just one person with a public role has this one's name, and no country is known of one of the two."""
    named = [other for other in public if other.partition(":")[2] == key.partition(":")[2]]
    return len(named) == 1 and (key.startswith(":") or named[0].startswith(":"))


def _forms(actor: ActorMention) -> Iterator[str]:
    """The person's name and as much of it as the words of this mention have."""
    if is_persons_name(actor.name):
        yield actor.name
    own = {word.casefold() for word in _WORD.findall(actor.name)}
    run: list[str] = []
    for word in (*(_POSSESSIVE.sub("", word) for word in _WORD.findall(actor.text)), ""):
        if word.casefold() in own and word[:1].isupper():
            run.append(word)
        elif run:
            if len(" ".join(run)) >= _LEAST_NAME:
                yield " ".join(run)
            run = []


class Pseudonyms:
    """Replaces the private persons among `found` by pseudonyms. `secret` is what they are made with; see `secret_of`.

    `kept` are further names that are no person's ("West Bank" beside a Mr West): a form of a private name inside them
    stays.
    """

    def __init__(self, found: Iterable[Person], secret: bytes, kept: Iterable[str] = ()) -> None:
        found = tuple(found)
        self.private = tuple(person for person in found if not person.public)
        public = [form for person in found if person.public for form in person.forms]
        self._kept = {_split(name) for name in (*public, *kept)}
        self._kept_alone = {name for name in self._kept if " " not in name}.union(
            word for name in public for word in _WORD.findall(name)
        )
        self._secret = secret
        self._names = self._made(secret)
        self._ids: dict[str, str] = {}
        self._behind: dict[str, str] = {}
        self.used: set[str] = set()  # the pseudonyms that were told

    def _made(self, secret: bytes) -> dict[str, str]:
        """Key → pseudonym, one for all keys of a name; names whose first digits are alike get more of them."""
        digits = {
            slug: base64.b32encode(hmac.digest(secret, slug.encode("utf-8", "surrogatepass"), "sha256"))
            .decode("ascii")
            .rstrip("=")
            for slug in {_slug(person.key) for person in self.private}
        }
        size = _DIGITS
        while len({each[:size] for each in digits.values()}) < len(digits):
            size += 1
        return {person.key: f"Person {digits[_slug(person.key)][:size]}" for person in self.private}

    @cached_property
    def _of_form(self) -> dict[str, str]:
        """Each form of a private name → its pseudonym; one that two private persons share names neither. Of several
        words it stands in any case, alone as a name or in capitals: "hope" is no Hope."""
        found: dict[str, str] = {}
        for person in self.private:
            for form in {*person.forms, *self._surname(person)}:
                words = _split(form)
                for each in (words.casefold(),) if " " in words else (words, words.upper()):
                    other = found.setdefault(each, self._names[person.key])
                    if other != self._names[person.key]:
                        found[each] = "Person"
        return found

    def _surname(self, person: Person) -> Iterator[str]:
        """The last word of a name, where it is no place's or body's whole name and nobody public has it."""
        words = _WORD.findall(person.name)
        if len(words) > 1 and len(words[-1]) > _LEAST_NAME and words[-1] not in self._kept_alone:
            yield words[-1]

    @cached_property
    def _forms(self) -> dict[str, list[tuple[str, ...]]]:
        """Every form, and what is kept and has a word of one, as small words by their first, the longest first: what is
        kept so hides the private forms inside it."""
        words = {word.casefold() for form in self._of_form for word in form.split()}
        near = (name for name in self._kept if " " in name and not words.isdisjoint(name.casefold().split()))
        found: dict[str, list[tuple[str, ...]]] = {}
        for form in sorted({tuple(each.casefold().split()) for each in (*self._of_form, *near)}):
            if form:
                found.setdefault(form[0], []).append(form)
        return {first: sorted(forms, key=lambda form: (-len(form), form)) for first, forms in found.items()}

    def text(self, words: str, form: str = "[{}]") -> str:
        """Words with every private name in them replaced; `form` is how a pseudonym stands among them."""
        tokens = list(_TOKEN.finditer(words)) if words and self._of_form else []
        made: list[str] = []
        at = number = 0
        while number < len(tokens):
            size, name = self._at(words, tokens, number)
            if name is not None:
                self.used.add(name)
                made += (words[at : tokens[number].start()], form.format(name))
                at = tokens[number + size - 1].end()
            number += size
        return "".join((*made, words[at:]))

    def _at(self, words: str, tokens: Sequence[re.Match[str]], number: int) -> tuple[int, str | None]:
        """How many words from one on are a name, and the pseudonym that they get; None where they stay."""
        for form in self._forms.get(tokens[number].group().casefold(), ()):
            found = tokens[number : number + len(form)]
            if tuple(token.group().casefold() for token in found) == form and all(
                _BETWEEN.fullmatch(words, one.end(), other.start()) for one, other in pairwise(found)
            ):
                name = self._of_form.get(" ".join(form) if len(form) > 1 else found[0].group())
                if name is not None or len(form) > 1:
                    return len(form), name
        return 1, None

    def name(self, name: str) -> str:
        """A field that names someone, without brackets."""
        return self.text(name, "{}")

    def told(self, words: str) -> str:
        """As `text`, of words that may name a person by the key too, as reasons do."""
        return self.text(_KEY.sub(lambda key: self.key(key.group()), words) if _PERSON in words else words)

    def note(self, words: str) -> str:
        """As `told`, of a reason, which may list words of names in small letters."""
        return _TOKEN.sub(lambda w: "…" if w.group().casefold() in self._words else w.group(), self.told(words))

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of private names that no place or body is called by alone, in small letters."""
        kept = {name.casefold() for name in self._kept_alone}
        words = {word.casefold() for person in self.private for word in _TOKEN.findall(person.name)}
        return frozenset(word for word in words - kept if len(word) >= _LEAST_NAME)

    def key(self, key: str) -> str:
        """An actor's key, that of a private person without the name in it."""
        made = self._names.get(key)
        return key if made is None else f"{key.partition(':')[0]}{_PERSON}{made.partition(' ')[2].lower()}"

    def address(self, url: str) -> str:
        """The address of a text; of one whose path has a private name in it, the site alone."""
        site, slashes, rest = url.partition("://")
        host, slash, path = rest.partition("/")
        return f"{site}{slashes}{host}{slash}" if self._tells(path) else url

    def id(self, id_: str) -> str:
        """An id, or a file's name; of one that has a private name in it a keyed hash, the same for the same id."""
        if _OUR_ID.fullmatch(id_):
            return id_
        if id_ not in self._ids:
            hashed = hmac.digest(self._secret, id_.encode("utf-8", "surrogatepass"), "sha256").hex()[:16]
            self._ids[id_] = f"x-{hashed}" if self._tells(id_) else id_
            self._behind[self._ids[id_]] = id_
        return self._ids[id_]

    def behind(self, id_: str) -> str:
        """The id that was given one of these instead."""
        return self._behind.get(id_, id_)

    def _tells(self, path: str) -> bool:
        """Whether all words of a private name stand in an id or a path."""
        told = _spelt(path)
        return any(told.issuperset(words) for word in told for words in self._by_word.get(word, ()))

    @cached_property
    def _by_word(self) -> dict[str, list[frozenset[str]]]:
        """Private names of several words, each by one of its words."""
        found: dict[str, list[frozenset[str]]] = {}
        for person in self.private:
            words = _SYLLABLES.findall(_folded(person.name))
            if len(words) > 1:
                found.setdefault(max(words), []).append(frozenset(words))
        return found

    def of(self, value: T) -> T:
        """A record, or anything made of records, with no private name left in any of its fields. Offsets stay, and
        lead to the stored text, which is not published; so do ids that tell no name."""
        if isinstance(value, msgspec.Struct) and not self._has_any(msgspec.json.encode(value)):
            return value
        made: T = self._of(value, "")
        return made

    def _has_any(self, record: bytes) -> bool:
        """Whether a word that a private name begins with, or an id may be made of, stands anywhere in a record."""
        told = _ESCAPED.sub(" ", record.decode("utf-8", "surrogatepass"))
        return not self._triggers.isdisjoint(_TOKEN.findall(told.casefold())) or not _spelt(told).isdisjoint(
            self._by_word
        )

    @cached_property
    def _triggers(self) -> frozenset[str]:
        return self._words.union(self._by_word, (form.split()[0].casefold() for form in self._of_form))

    def _of(self, value: Any, field: str) -> Any:
        if isinstance(value, str):
            return self._field(value, field)
        if isinstance(value, msgspec.Struct):
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            return msgspec.structs.replace(value, **{name: self._of(each, name) for name, each in fields.items()})
        if isinstance(value, tuple):
            made = [self._of(each, field) for each in value]
            return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
        if isinstance(value, list):
            return [self._of(each, field) for each in value]
        if isinstance(value, Mapping):
            return {key: self._of(each, str(key)) for key, each in value.items()}
        return value

    def _field(self, value: str, field: str) -> str:
        if field in ("key", "keys"):
            return self.key(value)
        if field == "url":
            return self.address(value)
        if field in _IDS:
            document, at, span = value.partition("@")
            return self.id(document) + at + span
        if field in _NAMES:
            return self.name(value)
        if field == "note":
            return self.note(value)
        return self.told(value)


_NAMES = frozenset({"name", "speaker", "actors", "recipients", "headline", "title", "author", "authors", "upstream"})
"""Fields that are no quotation: a pseudonym stands in them without brackets."""


_IDS = frozenset({"id", "document", "documents", "source", "target", "targets", "others", "corrects", "page"})
"""Fields that name documents: by an id that may be the user's own, or by where they were found."""


def _folded(words: str) -> str:
    """Words as addresses spell them: in small letters without accents, and without marks that nobody sees."""
    if words.isascii():
        return words.lower()
    apart = unicodedata.normalize("NFKD", _UNSEEN.sub("", words).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _spelt(path: str) -> set[str]:
    """The words of an address, an id or a file's name, also of one that joins them by capitals ("AdaWinter")."""
    told = unquote(path) if "%" in path else path
    return {*_SYLLABLES.findall(_folded(told)), *_SYLLABLES.findall(_folded(_CAMEL.sub(" ", told)))}


def _slug(key: str) -> str:
    """The name in a person's key, however its words are joined there."""
    return "-".join(re.findall(r"[^\W_]+", key.rpartition(":")[2].casefold()))


def _split(name: str) -> str:
    """A name with one space between its words."""
    return " ".join(_TOKEN.findall(name))


_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_SYLLABLES = re.compile(r"[^\W\d_]+")
"""Words as ids and addresses join them."""


def kept_names(annotations: Iterable[Annotation]) -> Iterator[str]:
    """Names of an edition that are no person's: its places, and its actors that are no persons."""
    for annotation in annotations:
        for place in annotation.places:
            yield place.text
            yield place.name
        for actor in annotation.actors:
            if not is_person(actor) and not actor.generic:
                yield actor.name


def secret_of(path: Path) -> bytes:
    """The secret that pseudonyms are made with, from a file that its owner alone may read; made where there is none.
    Raises InputError where it cannot be read or written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    except OSError as error:
        raise InputError(f"{path}: no secret for pseudonyms can be kept here: {error.strerror}") from error
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(_SECRET_BYTES))
    try:
        secret = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the secret for pseudonyms cannot be read: {error.strerror}") from error
    if len(secret) < _SECRET_BYTES:
        raise InputError(f"{path}: no secret for pseudonyms: it has {len(secret)} bytes, not {_SECRET_BYTES}")
    return hashlib.sha256(secret).digest()


def secret_path() -> Path:
    """Where a user's secret for pseudonyms is kept, unless another file is named."""
    from platformdirs import user_config_path

    return user_config_path("variorum") / "pseudonyms.secret"


class Division(Record, frozen=True, kw_only=True):
    """What a place lies in, at some grain: its name, and where its middle is, None where that is not known."""

    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None


Divisions = Callable[[int, Grain], Division | None]
"""The division of a place by its GeoNames id; None where there is none known."""


def divisions() -> Divisions:
    """Divisions as the gazetteer has them."""
    from variorum.world.gazetteer import Gazetteer

    gazetteer = Gazetteer.open()

    def found(geonameid: int, grain: Grain) -> Division | None:
        place = gazetteer.place(geonameid)
        id_ = None
        if place is not None:
            id_ = {"admin1": place.admin1_id, "district": place.admin2_id}.get(grain)
        division = gazetteer.place(id_) if id_ is not None else None
        if division is None:
            return None
        return Division(name=division.name, geonameid=division.geonameid, lat=division.lat, lon=division.lon)

    return found


def coarsened(place: P, finest: Grain, divisions: Divisions) -> P:
    """A place told no finer than asked. One whose division is not known is told by the state alone, without
    coordinates; one that lies in no state is nowhere finer than a region and stays."""
    if finest == "site" or not _is_finer(place.precision, finest):
        return place
    found = divisions(place.geonameid, finest) if place.geonameid is not None and finest != "country" else None
    grain = finest
    if found is None and finest != "country":
        found = divisions(place.geonameid, "admin1") if place.geonameid is not None else None
        grain = "admin1"
    if found is None:
        state = _states().by_iso2(place.country)
        found = Division(name=state.name if state is not None else place.country or "")
        grain = "country"
    changed: dict[str, Any] = {
        "name": found.name,
        "geonameid": found.geonameid,
        "lat": found.lat,
        "lon": found.lon,
        "precision": grain,
        "admin1": place.admin1 if grain != "country" else None,
    }
    if isinstance(place, EventPlace):
        changed["readings"] = tuple(coarsened(each, finest, divisions) for each in place.readings)
    return msgspec.structs.replace(place, **changed)


@cache
def _states() -> States:
    return States.load()


def _is_finer(precision: str, finest: Grain) -> bool:
    return precision in _SIZES and _SIZES.index(precision) < _SIZES.index(finest)


def coarsened_event(event: Event, finest: Grain, divisions: Divisions) -> Event:
    """An event whose place, with every reading of it, is told no finer than asked; in its headline too."""
    if event.place is None:
        return event
    place = coarsened(event.place, finest, divisions)
    headline = event.headline
    if place.name != event.place.name:
        told = rf"(?<!\w){re.escape(event.place.name)}(?!\w)"
        if place.precision == "country":
            told += rf"(?: \({re.escape(place.name)}\))?"
        headline = re.sub(told, lambda _: place.name, headline)
    return msgspec.structs.replace(event, place=place, headline=headline)
