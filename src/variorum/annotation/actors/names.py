"""Names that the lexicon knows: one scan over the words of a text, and the choice among what a name may mean."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from variorum.records import Token
from variorum.world.actors import Meaning, NamedActor, NamedPerson
from variorum.world.names import name_key
from variorum.world.nouns import find_noun
from variorum.world.states import State

from .drafts import Match, Scene, is_capitalised
from .outlets import acts_as_outlet, is_outlet
from .vocabulary import singular

# Entity labels whose inside is a name of its own: a state inside one is no actor there.
CLOSED = frozenset({"ORG", "FAC", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "PERSON"})


# What may stand in a name that only says what its bearer is.
_WHERE_AND_HOW = frozenset(
    {"national", "metropolitan", "federal", "royal", "central", "supreme", "state", "republican", "presidential", "of",
     "the", "for", "and", "general", "independent", "public", "investigative", "investigation"}
)  # fmt: skip
# What parties' names are made of besides: any country may have its "Popular Front".
_PARTIES = frozenset(
    {"popular", "democratic", "people", "peoples", "freedom", "socialist", "labour", "labor", "liberal", "progressive",
     "united", "unity", "new", "christian", "islamic", "revolutionary", "patriotic", "justice", "development", "reform",
     "conservative", "communist", "workers", "front", "liberation", "radical", "social", "alliance", "union", "league"}
)  # fmt: skip
_COMPASS = frozenset({"latin", "central", "south", "north", "west", "east", "african", "native", "western", "southern"})


_CONTAINED = frozenset({"container", "holds"})  # why a place was chosen: the text says in what it lies
_YEARS = 10
_EVERYWHERE = 1.7  # what capitals of a body of many states count for, as company does for those of one
OFFICES = frozenset({"ministry", "department", "minister", "secretary", "office"})
# Small words inside of persons' names.
PARTICLES = frozenset(
    {"ould", "bin", "ibn", "bint", "ben", "abu", "abd", "al", "el", "de", "da", "dos", "das", "di", "del", "della",
     "van", "von", "der", "den", "ter", "la", "le", "du", "mc", "st", "saint", "ag", "wuld", "san", "santa"}
)  # fmt: skip
_LAST = frozenset(
    {"cartel", "party", "movement", "network", "gang", "group", "militia", "front", "brigade", "brigades", "coalition",
     "alliance", "union", "sect", "faction", "clan", "foundation", "league", "bloc", "agency", "newspaper", "army"}
)  # fmt: skip


_MEDIA = frozenset({"news", "newspaper", "agency", "tv", "television", "radio", "daily", "online", "media", "times"})
_BODIES = frozenset(
    {"organisation", "organization", "front", "army", "party", "movement", "force", "league", "union", "council",
     "committee", "congress", "alliance", "brigade", "group", "association", "society", "foundation"}
)  # fmt: skip


class Company(NamedTuple):
    """What else a text names: how often each country (alpha-3), and the keys of full names. `own` of those are by the
    very name that is asked about."""

    states: Counter[str]
    full: set[str]
    own: int


class Word(NamedTuple):
    """One word of a name as the lexicon's keys have it; `owner` is its form with the "s" of a possessive in it."""

    key: str
    owner: str | None
    token: int


def find_matches(scene: Scene) -> None:
    """Fill ``scene.matches``: the longest names from left to right, each with its likeliest meaning.

    Meanings are weighed by the trust of their source and by whether their country is named in the text too; a
    spelling of low trust, or capitals that could be anyone's, count only in such company.
    """
    found = [candidate for words in _runs(scene) for candidate in _scan(scene, words)]
    states = Counter[str]()
    for _, _, _, meanings in found:
        top = meanings[0].of
        if isinstance(top, State) and (top.iso3 or top.parent):
            states[top.iso3 or top.parent or ""] += 1
    own = Counter[str]()
    for _, _, key, meanings in found:
        of = meanings[0].of
        if len(meanings) > 1 or isinstance(of, State) or not of.country or meanings[0].trust == 1:
            continue
        if isinstance(of, NamedActor) or scene.date is None or of.term_on(scene.date) is not None:
            states[of.country] += 1
            own[key] += 1
    for place in scene.places.values():
        state = scene.lexicon.states.by_iso2(place.country)
        if state is not None and state.iso3:
            states[state.iso3] += 1
    full = {name_key(m.of.name) for *_, meanings in found for m in meanings if isinstance(m.of, NamedActor)}
    defined = _defined(scene, found)
    for first, last, key, meanings in found:
        before = scene.tokens[first - 1].text if first > 0 else ""
        if before.lower() in _COMPASS and before[:1].isupper() and isinstance(meanings[0].of, State):
            continue  # "Latin America", "Central American"
        if _initials(scene, first, last):
            continue  # "M.K. Stalin"
        if _portfolio(scene, key, last) or _title_and_given_name(scene, key, last):
            continue
        given = defined.get(key)
        company = Company(states, full, own[key])
        chosen = given or _choose(scene, (first, last), key, _fitting(scene, (first, last), key, meanings), company)
        if chosen is not None:
            match = Match(first, last, key, chosen)
            for i in range(first, last + 1):
                scene.matches[i] = match


def _initials(scene: Scene, first: int, last: int) -> bool:
    """Whether a match is the initials of a person's name."""
    token = scene.tokens[first]
    after = scene.tokens[last + 1] if last + 1 < len(scene.tokens) else None
    dotted = first == last and "." in token.text and token.text.replace(".", "").isupper()
    return dotted and after is not None and after.tag == "NNP" and token.head == after.i and after.text[1:].islower()


def _portfolio(scene: Scene, key: str, last: int) -> bool:
    """Whether what may be a party's name only says of what a ministry is: "the Labour Ministry"."""
    after = scene.tokens[last + 1].text.lower() if last + 1 < len(scene.tokens) else ""
    return key in scene.words.portfolios and singular(after) in OFFICES


def _title_and_given_name(scene: Scene, key: str, last: int) -> bool:
    """Whether a title and one name go on as another's full name: "President Gonzalo" in "President Gonzalo Ruiz"."""
    tokens, words = scene.tokens, key.split()
    noun = scene.words.noun(words[0])
    titled = words[0] in scene.words.honorifics or (noun is not None and noun.kind == "people")
    if len(words) != 2 or not titled or last + 1 > scene.bounds(last)[1]:
        return False
    i = last + 1
    while i < scene.bounds(last)[1] and tokens[i].text.lower() in PARTICLES and i < last + 3:
        i += 1
    named = tokens[i].tag in ("NNP", "NNPS") and tokens[i].text[1:].islower() and tokens[i].text[:1].isupper()
    return named and scene.entity.get(i, (0, 0, "PERSON"))[2] == "PERSON"


def _runs(scene: Scene) -> list[list[Word]]:
    """The words of each sentence, in runs that no punctuation but hyphens and apostrophes breaks."""
    runs: list[list[Word]] = []
    tokens = scene.tokens
    for sentence in scene.syntax.sentences:
        run: list[Word] = []
        for i in range(sentence.first, sentence.last):
            token = tokens[i]
            if token.tag == "POS":
                if run:
                    bare = "s" not in token.text.lower()  # "Workers' Party"
                    run[-1] = run[-1]._replace(owner=run[-1].key + ("" if bare else "s"))
                continue
            keys = _keys(token.text)
            if keys:
                run.extend([Word(part, None, i) for part in keys])
            elif token.text not in ("-", "–", "‑", "'", "’", ".", "&", "/"):
                runs.append(run)
                run = []
        runs.append(run)
    return [run for run in runs if run]


@lru_cache(maxsize=65_536)
def _keys(text: str) -> tuple[str, ...]:
    """The words of a token as the lexicon's keys have them; none of punctuation."""
    return tuple(name_key(text).split()) if any(c.isalnum() for c in text) else ()


def _scan(scene: Scene, run: list[Word]) -> list[tuple[int, int, str, list[Meaning]]]:
    found = []
    lexicon = scene.lexicon
    i = 0
    while i < len(run):
        token = scene.tokens[run[i].token]
        if len(token.text) > 3 and token.text.islower():  # a name begins in capitals, or with "al", "the", "de"
            i += 1
            continue
        most = min(lexicon.longest.get(run[i].key, 0), len(run) - i)
        if run[i].owner:
            most = max(most, min(lexicon.longest.get(run[i].owner or "", 0), len(run) - i))
        inner = [""]  # the words before the last one, by how many they are
        for word in run[i : i + most - 1]:
            inner.append(f"{inner[-1]}{word.owner or word.key} ")
        for length in range(most, 0, -1):
            before, last = inner[length - 1], run[i + length - 1]
            known = lexicon.known(before + last.key) or (last.owner and lexicon.known(before + last.owner))
            candidate = _matched(scene, run[i].token, last, before) if known else None
            if candidate is not None:
                found.append(candidate)
                i += length
                break
        else:
            i += 1
    return found


def _matched(scene: Scene, first: int, word: Word, before: str) -> tuple[int, int, str, list[Meaning]] | None:
    """What the words from a token to the last `word` mean; `before` are the keys of those before it."""
    last = word.token
    for end in [word.key] + ([word.owner] if word.owner else []):
        key = before + end
        if not scene.lexicon.known(key):
            continue
        tokens = scene.tokens[first : last + 1]
        # The words of a name must fill their tokens: "us" is no part of "us-backed" written in one.
        if any(
            token.text[-1:].isalnum() is False and len(token.text) > 1 and "." not in token.text for token in tokens
        ):
            continue
        if not any(is_capitalised(token) for token in tokens) or not (_cased(tokens) or _kind_last(scene, tokens)):
            continue
        if tokens[0].text.islower() and len(tokens) == 2:  # "in Cyprus"; but "al-Nusra" begins in small letters too
            continue
        upper = all(token.text.isupper() for token in tokens)
        spoken = len(tokens) == 1 and tokens[0].text[:1].isupper() and tokens[0].text[1:].islower()
        spoken = spoken and (tokens[0].tag in ("NNP", "NNPS") or _no_word(key))
        meanings = [m for m in scene.lexicon.meanings(key) if upper or not m.upper or (spoken and _spoken(m, key))]
        if scene.shouted(first):
            meanings = [m for m in meanings if _stands_out(m, tokens)]
        if meanings:
            return first, last, key, meanings
    return None


def _spoken(meaning: Meaning, key: str) -> bool:
    """Whether capitals are also written as a word ("Asean", "Unicef"): those of bodies of many states, and longer ones
    of any ("Renamo"), which then count in company alone."""
    of = meaning.of
    if not isinstance(of, NamedActor) or meaning.trust < 3 or meaning.common:
        return False
    return len(key) >= (4 if of.sectors[0] == "IGO" else 5)


def _no_word(key: str) -> bool:
    """Whether English has no common noun of these letters (WordNet has some bodies: "Unicef")."""
    noun = find_noun(key)
    return noun is None or noun.sort == "group"


def _stands_out(meaning: Meaning, tokens: tuple[Token, ...]) -> bool:
    """Whether a name can be told from common words in a sentence that is all in capitals."""
    if isinstance(meaning.of, State):
        short = meaning.upper and "." not in tokens[0].text
        return meaning.role != "metonym" and not (short and tokens[0].tag not in ("NNP", "NNPS"))
    minor = isinstance(meaning.of, NamedActor) and meaning.of.kind == "media" and meaning.trust < 3
    return not meaning.common and not minor


def _kind_last(scene: Scene, tokens: tuple[Token, ...]) -> bool:
    """Whether all words are in capitals but the last, which says what kind the bearer is: "the Sinaloa cartel"."""
    *rest, last = tokens
    led = [token for token in rest if token.text[:1].isalpha() and len(token.text) > 3]
    return bool(led) and all(is_capitalised(token) for token in led) and last.text in _LAST


def _cased(tokens: tuple[Token, ...]) -> bool:
    """Whether the words look like a name: the last and most of the others begin in capitals."""
    # "Ban Ki-moon": what follows a hyphen in small letters tells nothing
    led = [t for n, t in enumerate(tokens) if n == 0 or tokens[n - 1].text != "-" or t.text[:1].isupper()]
    content = [token for token in led if token.text[:1].isalpha() and len(token.text) > 3] or led
    if len(tokens) == 3 and tokens[1].text == "-":
        content = content[:1]  # "Anti-balaka"
    capital = sum(is_capitalised(token) for token in content)
    return capital * 2 > len(content)


def _defined(scene: Scene, found: list[tuple[int, int, str, list[Meaning]]]) -> dict[str, Meaning]:
    """Capitals that the text itself explains: "Rapid Support Forces (RSF)"."""
    defined: dict[str, Meaning] = {}
    tokens = scene.tokens
    for _, last, _, meanings in found:
        if last + 2 >= len(tokens) or tokens[last + 1].text != "(" or not isinstance(meanings[0].of, NamedActor):
            continue
        if tokens[last + 2].text.isupper() and len(tokens[last + 2].text) > 1:
            defined[name_key(tokens[last + 2].text)] = meanings[0]
    return defined


def _entity(scene: Scene, i: int) -> tuple[int, int, str] | None:
    """The model's name at a token, without the mark of a possessive at its end."""
    entity = scene.entity.get(i)
    if entity is not None and entity[1] > entity[0] and scene.tokens[entity[1]].tag == "POS":
        return entity[0], entity[1] - 1, entity[2]
    return entity


def _choose(scene: Scene, span: tuple[int, int], key: str, meanings: list[Meaning], context: Company) -> Meaning | None:
    (first, last), states, full = span, context.states, context.full
    entity = _entity(scene, first)
    inside = entity is not None and (entity[0] < first or last < entity[1])
    best: tuple[float, Meaning] | None = None
    for meaning in meanings:
        score = float(meaning.trust)
        of = meaning.of
        if meaning.until:
            if scene.date is None or scene.date >= meaning.until:
                continue
            score += 1
        country = of.iso3 if isinstance(of, State) else of.country
        company = country is not None and states[country] > (0 if isinstance(of, State) else context.own)
        if isinstance(of, State):
            if _no_state(scene, (first, last), meaning, entity):
                continue
            score += company * min(states[country or ""], 3) * 0.1 - 3 * (not of.iso3 and not of.parent)
        elif isinstance(of, NamedPerson):
            told = _of_person(scene, of, company, bool(states))
            if told is None:
                continue
            score += told
            if inside and entity is not None and entity[1] - entity[0] > last - first and entity[2] == "PERSON":
                continue
        else:
            score += 1.5 * company + 0.1 * min(states[country or ""], 5)
            score += _EVERYWHERE * _many_states(meaning, of)
            if not company and country and _any_country_has(scene, key, meaning, of):
                continue
            explained = name_key(of.name) in full and name_key(of.name) != key
            anyones = (meaning.upper and len(key) <= 5) or " " not in key
            explained = explained or (meaning.common and of.kind == "media" and acts_as_outlet(scene, first, last))
            if (meaning.common or ((anyones or scene.shouted(first)) and meaning.trust < 3)) and not (
                company or explained
            ):
                continue
            word = meaning.upper and not scene.tokens[first].text.isupper() and of.sectors[0] != "IGO"
            if (word or (len(key) == 2 and meaning.upper)) and country and not (company or explained):
                continue
            alone = not company and country is not None
            if alone and (_goes_on(scene, first, last) or _plain_noun(scene, first, last, key)):
                continue  # "Rangers shot …"
            if " " not in key and (meaning.trust == 1 or (meaning.common and _is_plain(scene, first, last))):
                continue
        if best is None or score > best[0]:
            best = (score, meaning)
    return best[1] if best else None


def _no_state(scene: Scene, span: tuple[int, int], meaning: Meaning, entity: tuple[int, int, str] | None) -> bool:
    """Whether a state's name stands for something else: a namesake of its capital, or a part of a person's name."""
    first, last = span
    if _elsewhere(scene, first, meaning) or _of_land(scene, first, last) or _given_name(scene, first, last, entity):
        return True
    inside = entity is not None and (entity[0] < first or last < entity[1])
    return inside and entity is not None and entity[2] == "PERSON" and meaning.role != "adjective"


def _of_land(scene: Scene, first: int, last: int) -> bool:
    """Whether a name ends that of a land or water: "Lake Victoria", "Mount Kenya"."""
    for i in range(max(scene.bounds(first)[0], first - 3), first):
        place = scene.places.get(scene.tokens[i].start)
        if place is not None and place.end >= scene.tokens[last].end and place.precision in ("region", "site"):
            return True
    return False


def _elsewhere(scene: Scene, first: int, meaning: Meaning) -> bool:
    """Whether a capital's name means a town that the text puts into another country: "London, Ontario"."""
    place, state = scene.places.get(scene.tokens[first].start), meaning.of
    if meaning.role not in ("capital", "metonym") or place is None or not isinstance(state, State):
        return False
    if place.country in (None, state.iso2):
        return False
    return any(feature.name in _CONTAINED and feature.value > 0 for feature in place.chosen_by)


def _given_name(scene: Scene, first: int, last: int, entity: tuple[int, int, str] | None) -> bool:
    """Whether an adjective of a state stands as a given name: "Chief Thai Truong", not "British nurse Ann Dow"."""
    if entity is None or entity[2] != "PERSON" or entity[1] != last + 1 or last != first:
        return False
    tokens = scene.tokens
    begin = entity[0]
    while begin < first and tokens[begin].text.lower().rstrip(".") in scene.words.honorifics:
        begin += 1
    before = tokens[begin - 1] if begin > scene.bounds(begin)[0] else None
    titled = before is not None and before.text[:1].isupper() and before.tag[:2] == "NN"
    return begin == first and (titled or begin > entity[0]) and tokens[entity[1]].tag == "NNP"


def _fitting(scene: Scene, span: tuple[int, int], key: str, meanings: list[Meaning]) -> list[Meaning]:
    """The meanings that a name may have where it stands: no newspaper's in "the Lombard Liberation Organisation"."""
    if not any(isinstance(m.of, NamedActor) and m.of.kind == "media" for m in meanings):
        return meanings
    if (" " in key or not _stands_within(scene, *span)) and is_outlet(scene, *span, key):
        return meanings
    return [m for m in meanings if not (isinstance(m.of, NamedActor) and m.of.kind == "media")]


def _stands_within(scene: Scene, first: int, last: int) -> bool:
    """Whether a word of a longer name is meant: between names that hang on each other."""
    tokens = scene.tokens
    before = tokens[first - 1] if first > scene.bounds(first)[0] else None
    after = tokens[last + 1] if last < scene.bounds(last)[1] else None
    led = before is not None and before.tag[:3] in ("NNP", "JJ") and is_capitalised(before)
    goes_on = (
        after is not None
        and after.tag[:3] == "NNP"
        and after.text.lower() not in _MEDIA
        and (tokens[last].head == after.i)
    )
    return goes_on and (led or (after is not None and singular(after.text.lower()) in _BODIES))


def _many_states(meaning: Meaning, of: NamedActor) -> bool:
    """Whether capitals are those of a body of many states, by a source that is trusted."""
    return meaning.upper and of.country is None and of.sectors[:1] == ("IGO",) and meaning.trust == 3


def _of_person(scene: Scene, person: NamedPerson, company: bool, foreign: bool) -> float | None:
    """What an office on the day and the company of the country count for a person; None for a namesake of long ago in a
    text of other countries."""
    term, home = person.term_on(scene.date), scene.lexicon.states.by_iso3(person.country)
    if term is None and not company and foreign and long_ago(person, scene.date):
        return None
    score = company + 1.5 * (term is not None)
    if term is not None and term.role == "head of state" and home is not None:
        score += 1e-10 * home.population  # of two states that one person heads
    return score


def long_ago(person: NamedPerson, date: str | None) -> bool:
    """Whether a person's last office ended more than ten years before a day, or the first began as long after it."""
    if date is None:
        return False
    before, after = person.term_before(date), person.term_after(date)
    ended = before is not None and int(date[:4]) - int(before.end[:4]) > _YEARS
    begins = before is None and after is not None and int(after.start[:4]) - int(date[:4]) > _YEARS
    return ended or begins


def _plain_noun(scene: Scene, first: int, last: int, key: str) -> bool:
    """Whether a name of one word is an English noun for persons, with a capital that its sentence's beginning gives."""
    if first != last or first != scene.bounds(first)[0] or scene.tokens[first].text[1:] != key[1:]:
        return False
    noun = find_noun(key)
    return noun is not None and noun.person_sense is not None


def _is_plain(scene: Scene, first: int, last: int) -> bool:
    """Whether an ordinary word is no name where it stands: "Orange groves", "Shell kills nine"."""
    return scene.tokens[first].tag[:3] != "NNP" or only_begins(scene, first, last)


def only_begins(scene: Scene, first: int, last: int) -> bool:
    """Whether a name that is an ordinary word besides has its capital from the beginning of a sentence alone: it says
    nothing and is not told anything there, and within no sentence has the text the word with a capital."""
    if first != last or first != scene.bounds(first)[0] or acts_as_outlet(scene, first, last):
        return False
    text = scene.tokens[first].text
    return not any(token.text == text and token.i != scene.bounds(token.i)[0] for token in scene.tokens)


def _goes_on(scene: Scene, first: int, last: int) -> bool:
    """Whether the name began before the match ("Christian Democratic Front")."""
    before = scene.tokens[first - 1] if first > 0 else None
    entity = scene.entity.get(first)
    return (
        before is not None and entity is not None and entity[0] < first and first <= before.head <= last
        and before.tag[:3] == "NNP" and before.i not in scene.matches
    )  # fmt: skip


def _any_country_has(scene: Scene, key: str, meaning: Meaning, of: NamedActor) -> bool:
    """Whether a name could as well be another country's: "Metropolitan Police", a small party's "Popular Front"."""
    if of.kind in ("force", "organisation") and _says_what(scene, key):
        return True
    return (of.sectors[0] in ("PTY", "OPP") or meaning.trust < 3) and _says_what(scene, key, _PARTIES)


def _says_what(scene: Scene, key: str, more: frozenset[str] = frozenset()) -> bool:
    """Whether a name of several words only says what its bearer is ("Border Guard", "National Election Commission")."""
    parts = key.split()
    words = scene.words
    known = [
        part in _WHERE_AND_HOW or part in more or part in words.modifiers or singular(part) in words.telling
        for part in parts
    ]
    return len(parts) > 1 and all(known)
