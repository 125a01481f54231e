"""Who is shown by name, and how finely a place is told, where an edition leaves the desk.

**Who is private.** A person (an actor whose key says so) is public where the layers of any text of the edition know a
public role: an office of state, of a party or of a body of states by the person's sector; a title that leads or speaks
for others ("spokeswoman", "governor", "commander"); or an entry in the packaged lists of office holders. Everybody else
is private: victims, witnesses, suspects, soldiers without command, and who is only named. In doubt a person is private.
Groups, bodies and places are no persons. What the layers did not see is a person they did not find: a name that no
layer has is not replaced.

**What stands instead.** A pseudonym: the same one for all mentions of a person, and not to be reversed without the
secret that it was made with, for it is a keyed hash (HMAC-SHA-256) of the person's key and no number in any order. The
same secret gives the same pseudonyms again when the edition has grown; who must not be linked from one publication to
another uses two secrets. Names are replaced wherever they stand: in fields, headlines, quotations and titles; in
quotations in square brackets, as editors do.

**Places.** `coarsened` tells a place no finer than asked: its name becomes that of its division or state and its
coordinates those of the division. Quotations keep the words of their texts.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from variorum.errors import InputError
from variorum.packaged import data_table
from variorum.records import ActorMention, Annotation, Event, EventPlace, PlaceMention, PlaceReading, Record
from variorum.world.states import States

T = TypeVar("T")
P = TypeVar("P", EventPlace, PlaceReading, PlaceMention)
Grain = Literal["site", "city", "district", "admin1", "country"]

_PERSON = ":PER:"
_SIZES: tuple[Grain, ...] = ("site", "city", "district", "admin1", "country")  # from the finest
_LEAST_NAME = 3  # letters: what is shorter is an initial
_DIGITS = 5  # base32: one chance in 33 million that two persons meet, and then both get more
_SECRET_BYTES = 32
_WORD = re.compile(r"[^\W\d_](?:[\w'’\-]*\w)?")
_POSSESSIVE = re.compile(r"['’]s$")


class PrivacyOptions(Record, frozen=True, kw_only=True):
    """`pseudonyms` False shows private persons by name; `places` is the finest grain of a place that is told."""

    pseudonyms: bool = True
    places: Grain = "admin1"


class Person(Record, frozen=True, kw_only=True):
    """A person of an edition. `forms` are the names that the texts use, the longest first; `public` says that a public
    role is known."""

    key: str
    name: str
    forms: tuple[str, ...]
    public: bool


def is_person(actor: ActorMention) -> bool:
    """Whether a mention is of one person, named."""
    return _PERSON in actor.key and not actor.generic


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


def people(annotations: Iterable[Annotation]) -> tuple[Person, ...]:
    """The persons that the layers of an edition name, by key. Who is public in one text is so in all."""
    names: dict[str, str] = {}
    forms: dict[str, set[str]] = {}
    public: set[str] = set()
    for annotation in annotations:
        for actor in annotation.actors:
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
    )


def _same_but_for_the_country(key: str, public: set[str]) -> bool:
    """Whether just one person with a public role has this one's name, and no country is known of one of the two."""
    named = [other for other in public if other.partition(":")[2] == key.partition(":")[2]]
    return len(named) == 1 and (key.startswith(":") or named[0].startswith(":"))


def _forms(actor: ActorMention) -> Iterator[str]:
    """The person's name and as much of it as the words of this mention have."""
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
        self._kept = {" ".join(name.split()) for name in (*public, *kept)}
        self._names = self._made(secret)

    def _made(self, secret: bytes) -> dict[str, str]:
        """Key → pseudonym; persons whose first digits are alike get more of them."""
        digits = {
            person.key: base64.b32encode(hmac.digest(secret, person.key.encode("utf-8", "surrogatepass"), "sha256"))
            .decode("ascii")
            .rstrip("=")
            for person in self.private
        }
        size = _DIGITS
        while len({each[:size] for each in digits.values()}) < len(digits):
            size += 1
        return {key: f"Person {each[:size]}" for key, each in digits.items()}

    @cached_property
    def _of_form(self) -> dict[str, str]:
        """Each form of a private name → its pseudonym; one that two private persons share names neither."""
        found: dict[str, str] = {}
        for person in self.private:
            for form in {*person.forms, *self._surname(person)}:
                other = found.setdefault(form, self._names[person.key])
                if other != self._names[person.key]:
                    found[form] = "Person"
        return {**found, **{form.upper(): name for form, name in found.items()}}

    def _surname(self, person: Person) -> Iterator[str]:
        """The last word of a name, where nothing that is kept has it."""
        words = _WORD.findall(person.name)
        if len(words) > 1 and len(words[-1]) > _LEAST_NAME and words[-1] not in self._kept_words:
            yield words[-1]

    @cached_property
    def _kept_words(self) -> frozenset[str]:
        return frozenset(word for name in self._kept for word in _WORD.findall(name))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Every form, and what is kept, the longest first: what is kept so hides the private forms inside it."""
        if not self._of_form:
            return None
        first = {form.split()[0] for form in self._of_form}
        near = {name for name in self._kept if any(word in first or word in self._of_form for word in name.split())}
        forms = sorted({*self._of_form, *near}, key=lambda form: (-len(form), form))
        told = "|".join(r"\s+".join(re.escape(word) for word in form.split()) for form in forms)
        return re.compile(rf"(?<!\w)(?:{told})(?!\w)")

    def text(self, words: str, form: str = "[{}]") -> str:
        """Words with every private name in them replaced; `form` is how a pseudonym stands among them."""
        if self._pattern is None or not words:
            return words

        def instead(match: re.Match[str]) -> str:
            name = self._of_form.get(" ".join(match.group().split()))
            return match.group() if name is None else form.format(name)

        return self._pattern.sub(instead, words)

    def name(self, name: str) -> str:
        """A field that names someone, without brackets."""
        return self.text(name, "{}")

    def key(self, key: str) -> str:
        """An actor's key, that of a private person without the name in it."""
        made = self._names.get(key)
        return key if made is None else f"{key.partition(':')[0]}{_PERSON}{made.partition(' ')[2].lower()}"

    def address(self, url: str) -> str:
        """The address of a text; of one whose path has a private name in it, the site alone."""
        site, slashes, rest = url.partition("://")
        host, slash, path = rest.partition("/")
        told = set(re.findall(r"[^\W_]+", path.casefold()))
        for person in self.private:
            words = [word.casefold() for word in _WORD.findall(person.name)]
            if len(words) > 1 and told.issuperset(words):
                return f"{site}{slashes}{host}{slash}"
        return url

    def of(self, value: T) -> T:
        """A record, or anything made of records, with no private name left in any of its fields. Ids and offsets stay:
        they lead to the stored text, which is not published."""
        made: T = self._of(value, "")
        return made

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
        if field in _NAMES:
            return self.name(value)
        return self.text(value)


_NAMES = frozenset({"name", "speaker", "actors", "recipients", "headline", "title", "author", "authors", "upstream"})
"""Fields that are no quotation: a pseudonym stands in them without brackets."""


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
