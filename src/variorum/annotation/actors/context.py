"""The country of those whom the words themselves give none: from where the text tells what they do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from variorum.records import Token
from variorum.world.actors import NamedActor

from .belonging import DERIVED, OF_MANY, ORGANS, belongs, give
from .crafts import ABOARD, tell_crews, tell_posted
from .drafts import Draft, Match, Scene
from .phrases import AWAY, Phrase, helps
from .states import filed_from
from .strikers import is_local, is_there, strikers
from .vocabulary import singular
from .wording import wording

# Who is of another country than the one told of, or of several.
_FROM_ELSEWHERE = frozenset(
    {"foreigner", "tourist", "migrant", "immigrant", "refugee", "asylum seeker", "asylum-seeker", "expatriate",
     "peacekeeper", "peacekeeping force", "peacekeeping mission", "mercenary", "observer", "monitor", "passenger",
     "international community", "donor", "member state", "security council", "mediator", "counterpart", "ally",
     "partner", "bloc", "multinational force", "intervention force", "monitoring force", "contact group",
     "military alliance"}
)  # fmt: skip
_FLEE = frozenset(
    {"flee", "drive", "expel", "displace", "cross", "escape", "leave", "chase", "force", "uproot", "return"}
)
_MANY_STATES = frozenset(
    {"foreign", "international", "multinational", "western", "allied", "european", "arab", "african", "asian",
     "global", "regional", "un", "u.n.", "eu", "nato", "overseas", "other", "african-led", "joint", "latin", "world"}
)  # fmt: skip
# States that are no more (codes of ISO 3166-3) and the Holy See, by their adjectives.
_FORMER = {
    "papal": "VAT",
    "apostolic": "VAT",
    "soviet": "SUN",
    "yugoslav": "YUG",
    "czechoslovak": "CSK",
    "czechoslovakian": "CSK",
}
# Offices that a state has one of: several are of several states.
_ONE_EACH = frozenset(
    {"foreign minister", "defence minister", "prime minister", "president", "head of state", "head of government",
     "foreign secretary", "king", "government", "premier", "army chief", "finance minister"}
)  # fmt: skip
_AT_HOME_BODIES = frozenset({"commission", "tribunal", "court", "council", "committee", "board"})
_AT_HOME = frozenset({"REB", "PRM", "OPP"})  # where they fight or stand against a government
_PRIVATE = frozenset({"CVL", "AGR", "BUS", "REL", "LAB", "EDU"})
_NATIVE = "where the people lives"
# What a clue weighs, and how much of it is left a sentence on and further away; tuned on the tune half of
# tests/gold/actors and texts of our own.
_WHERE, _OFFICE, _NAMED, _ALONE = 3.0, 2.0, 1.0, 1.5
_GUEST = 0.3
_BEFORE, _FAR = 0.8, 0.6
_FAR_MOST = 5.0
_HERE = 4.0
_GUESSED, _LIKELY = 3.0, 1.0
_CLEAR, _FIRST = 1.05, 1.3


_INSIDE = frozenset({"in", "at", "near", "across", "inside", "around"})
_PARTS = frozenset(
    {"capital", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "centre",
     "center", "interior", "city", "town", "port", "province", "region", "district", "coast", "island", "part", "parts"}
)  # fmt: skip
_FROM_THERE = frozenset({"based", "headquartered", "born", "exiled", "educated", "exile", "registered", "raised"})


_AWAY_FROM = frozenset({"from", "to", "via", "for", "than", "like", "toward", "towards"})


# Offices that deal with other states, so that a state's deeds before them are likely their own.
_OUTWARD = frozenset({"Foreign Affairs", "Defence", "Defense", "State", "War", "Trade"})


class Clue(NamedTuple):
    """A country (alpha-3) that the text names at a token; `weight` is more for where things happen. `filed` is where a
    report comes from, near to all of it."""

    token: int
    country: str
    weight: float
    filed: bool = False


def give_countries(scene: Scene) -> None:
    """Give a country to bodies, forces, people and unknown organisations that have none.

    Each country that the text names has a claim by where and how it is named (`Clue`), the more the nearer to the
    mention; the greatest claim wins. Who is from elsewhere by the words ("foreign troops", "envoys", "tourists", what
    belongs to an organisation of many states) stays without.
    """
    for draft in scene.drafts:
        if draft.link is None and draft.phrase is not None:
            _told(scene, draft, draft.phrase)
    for draft in sorted(scene.drafts, key=lambda draft: draft.first):
        if draft.link is None and draft.phrase is not None and draft.kind not in ("state", "pronoun"):
            belongs(scene, draft, draft.phrase)
    tell_crews(scene)
    tell_posted(scene)
    _at_home(scene, clues_of(scene))
    clues = clues_of(scene)
    if not clues:
        return
    for draft in scene.drafts:
        _minority(scene, draft, clues)
        _fled(scene, draft, clues)
    alone = len({clue.country for clue in clues}) == 1
    claims = Claims(scene, clues)
    away = _abroad_strikers(scene, clues)
    there = Claims(scene, _lessened(clues, away)) if away else claims
    for draft in scene.drafts:
        guessed = any(feature.name == ORGANS for feature in draft.why) and not any(
            feature.name in (DERIVED, ABOARD) for feature in draft.why
        )
        if (draft.country is not None and not guessed) or draft.link is not None or not draft.name:
            continue
        if not _eligible(draft):
            continue
        if is_local(draft) and draft.country in away:
            draft.country = None  # "the governor" of where the blows fall
        country, clear = (there if is_there(draft, away) else claims).claimant(draft)
        bare = draft.phrase is None and draft.kind != "body"
        if not alone and bare and not clear and not draft.name.startswith("ethnic "):
            continue  # a bare name in a text of several countries may be of any of them
        state = scene.lexicon.states.by_iso3(country)
        if country == draft.country:
            continue
        if state is None:  # one that is no more
            draft.country = country
            draft.because("country of the text", 0.5, country)
            continue
        give(scene, draft, state)
        draft.because("only country of the text" if alone else "country of the text", 0.5, state.name)


def _abroad_strikers(scene: Scene, clues: Sequence[Clue]) -> frozenset[str]:
    """Those who strike in a text that tells of places in another country."""
    return frozenset(
        country
        for country in strikers(scene)
        if any(clue.country != country and clue.weight >= _ALONE and clue.weight != _OFFICE for clue in clues)
    )


def _lessened(clues: Sequence[Clue], away: frozenset[str]) -> list[Clue]:
    """The clues as they count for those whom blows fall on: little where they name who deals them, in full where they
    name places elsewhere."""
    return [
        clue._replace(weight=_GUEST)
        if clue.country in away and clue.weight != _WHERE
        else clue._replace(weight=_WHERE)
        if clue.country not in away and clue.weight == _ALONE
        else clue
        for clue in clues
    ]


def _at_home(scene: Scene, clues: Sequence[Clue]) -> None:
    """Give those who are told to be of a people the country where it lives: of several the one with the greatest claim,
    none where the text names none of them."""
    claims = Claims(scene, clues)
    for draft in scene.drafts:
        if draft.country is not None or draft.link is not None or draft.kind in ("state", "pronoun"):
            continue
        phrase = draft.phrase
        if phrase is not None and (phrase.state is not None or phrase.owner is not None):
            continue
        if phrase is None and draft.kind == "person":
            continue  # "Karen Wilson"
        first, last = (phrase.first, phrase.head) if phrase is not None else (draft.first, draft.last)
        homes = next((homes for i in range(first, last + 1) if (homes := _homes(scene, i))), ())
        told = claims.among(draft, homes)
        if told is not None:
            draft.country = told
            draft.because(_NATIVE, 0.7, told)
        elif len(homes) > 1:
            draft.because(OF_MANY, 0.5, "a people of several states")


def _minority(scene: Scene, draft: Draft, clues: Sequence[Clue]) -> None:
    """Give private people of a state's name that nothing else in the text tells of the country where they are at home:
    "two Hungarians" beaten near Cluj, "ethnic Kazakh herders"."""
    if (
        draft.link is not None
        or draft.sector not in _PRIVATE
        or draft.kind not in ("people", "person")
        or not draft.generic
    ):
        return
    first, last = draft.first, draft.phrase.head if draft.phrase is not None else draft.last
    words = [singular(scene.tokens[i].text.lower()) for i in range(first, last + 1)]
    homes = scene.words.abroad.get(
        words[-1] if words else "", ()
    )  # "three Hungarians"; "Hungarian tourists" are from there
    if "ethnic" in words:
        homes = next((scene.words.abroad[word] for word in words if word in scene.words.abroad), ())
    others = [clue for clue in clues if not first <= clue.token <= last]
    if not homes or any(clue.country == draft.country for clue in others):
        return
    told = Claims(scene, [clue for clue in others if clue.country in homes])
    best = told.among(draft, homes)
    if best is not None:
        draft.country = best
        draft.because(_NATIVE, 0.6, best)


def _fled(scene: Scene, draft: Draft, clues: Sequence[Clue]) -> None:
    """Give refugees the country that they fled: the one with the greatest claim but for who takes them in; the only one
    where they are driven out. Settlers are of the power that occupies the land of which the text tells most."""
    phrase = draft.phrase
    if phrase is None or draft.country is not None or draft.link is not None or phrase.state is not None:
        return
    told = {clue.country for clue in clues}
    if phrase.noun.phrase == "settler" and told:
        land = Claims(scene, list(clues)).among(draft, sorted(told))
        settled = wording().settled
        if land is not None and (land in settled or land in settled.values()):
            draft.country = settled.get(land, land)
            draft.because("settlers of an occupied land", 0.5, land)
    if phrase.noun.phrase != "refugee" or phrase.owner is not None:
        return
    verb = scene.tokens[scene.tokens[phrase.head].head]
    hosts = {
        host.country
        for t in scene.syntax.children(verb.i, "nsubj", "agent")
        if (host := scene.claimed.get(t.i)) is not None and host is not draft
    }
    homes = sorted(told - hosts)
    flees = verb.lemma.lower() in _FLEE
    best = Claims(scene, [clue for clue in clues if clue.country in homes]).among(draft, homes) if homes else None
    if best is not None and (flees or len(told) > 1):
        draft.country = best
        draft.because("from where they fled", 0.5, best)


def _homes(scene: Scene, i: int) -> tuple[str, ...]:
    word = scene.tokens[i].text
    return scene.words.homes.get(singular(word.lower()), ()) if word[:1].isupper() else ()


def _told(scene: Scene, draft: Draft, phrase: Phrase) -> None:
    """What the phrase says by a state that is no more ("Soviet troops") or by a pronoun ("its chief, …")."""
    words = (*phrase.modifiers, *phrase.noun.phrase.split())
    former = next((_FORMER[word] for word in words if word in _FORMER), None)
    if former is not None and draft.country is None:
        draft.country = former
    owner = scene.claimed.get(phrase.possessive) if phrase.possessive is not None else None
    if owner is not None and owner.link is not None and draft.kind == "person" and not draft.sectors:
        draft.sectors = owner.link.sectors
        draft.country = draft.country or owner.link.country


def clues_of(scene: Scene) -> list[Clue]:
    """What the text names that tells of a country, in text order."""
    clues = _towns(scene)
    for start, place in sorted(scene.places.items()):
        state = scene.lexicon.states.by_iso2(place.country)
        if start not in scene.at and state is not None and state.iso3:  # a line of place and date before the text
            after = next((token.i for token in scene.tokens if token.start > start), 0)
            clues.setdefault(after, Clue(after, state.iso3, _WHERE, True))
    for match in {id(m): m for m in scene.matches.values()}.values():
        if match.state is not None and match.state.iso3 and match.first not in clues and not _in_name(scene, match):
            where = match.meaning.role == "name" and not _based(scene, match.first) and _inside(scene, match)
            filed = filed_from(scene, match)
            told = _WHERE if where or filed else _by_whom(scene, match)
            clues[match.first] = Clue(match.first, match.state.iso3, told, filed)
    for draft in scene.drafts:
        if draft.country is None or draft.link is not None or draft.first in clues or draft.head in clues:
            continue
        if any(feature.name in (DERIVED, ORGANS) for feature in draft.why):
            continue
        native = any(feature.name == _NATIVE for feature in draft.why)
        if native or draft.kind in ("person", "group", "force", "body", "organisation", "media"):
            chief = (draft.kind == "person" and draft.sector == "GOV") or draft.sector in _AT_HOME
            if draft.phrase is not None and draft.phrase.noun.phrase in AWAY:
                clues[draft.first] = Clue(draft.first, draft.country, _GUEST)
                continue
            clues[draft.first] = Clue(draft.first, draft.country, _OFFICE if chief else _NAMED)
    return _weighed(scene, [clues[i] for i in sorted(clues)])


def _towns(scene: Scene) -> dict[int, Clue]:
    """What the towns and lands tell that the text names, by their first tokens."""
    clues: dict[int, Clue] = {}
    for start, place in scene.places.items():
        if start not in scene.at or place.precision in ("country", "unknown"):
            continue
        token = scene.tokens[scene.at[start]]
        named = scene.matches.get(token.i)
        if named is not None and named.state is not None and named.meaning.role in ("adjective", "demonym"):
            continue  # what the gazetteer has by that name besides
        known = named is not None and isinstance(named.meaning.of, NamedActor) and named.first == named.last
        if known or token.i in scene.seats:
            continue  # a group's acronym that is a village's name as well
        clue = _placed(scene, token, place.end, named)
        if clue is not None:
            clues[token.i] = clue
    return clues


def _placed(scene: Scene, token: Token, end: int, named: Match | None) -> Clue | None:
    """What a town or land tells that begins at a token and ends at character `end`; `named` is the state that the name
    may stand for."""
    acting = scene.claimed.get(token.i)
    speaks = acting is not None and acting.kind == "state"
    capital = named.state if named is not None and named.meaning.role in ("capital", "metonym") else None
    country = (capital.iso3 if capital is not None else None) or scene.place_country(token.i)
    filed = named is not None and filed_from(scene, named)
    if country is None or _in_office(scene, token.i):
        return None  # "the Home Ministry": no town of that name
    last = token.i
    while last + 1 < len(scene.tokens) and scene.tokens[last + 1].start < end:
        last += 1
    only = speaks or _based(scene, last) or _elsewhere(scene, token.i, last)
    only = only or (capital is not None and not filed and _takes_part(scene, token.i, last))
    return Clue(token.i, country, _NAMED if only else _WHERE, filed)


def _weighed(scene: Scene, clues: Sequence[Clue]) -> list[Clue]:
    """The clues, with less weight for towns of a country that nothing else in the text tells of while it does of
    others: the likelier a namesake is meant, or that they are only passed through."""
    told = {clue.country for clue in clues if clue.weight != _WHERE or clue.filed}
    twice = Counter(clue.country for clue in clues if clue.weight == _WHERE)
    return [
        clue._replace(weight=_ALONE)
        if told and clue.country not in told and twice[clue.country] < 2 and not _is_state(scene, clue.token)
        else clue
        for clue in clues
    ]


def _is_state(scene: Scene, i: int) -> bool:
    match = scene.matches.get(i)
    return match is not None and match.state is not None and match.meaning.role in ("name", "capital")


def _based(scene: Scene, i: int) -> bool:
    """Whether a place only says where someone is from: "based in …", "born in …"."""
    tokens = scene.tokens
    if i + 2 < len(tokens) and tokens[i + 1].text in "-‑" and tokens[i + 2].text.lower() in _FROM_THERE:
        return True  # "the Paris-based group"
    above = tokens[tokens[i].head]
    verb = tokens[above.head]
    return above.tag == "IN" and verb.text.lower() in _FROM_THERE


def _elsewhere(scene: Scene, first: int, last: int) -> bool:
    """Whether a place only is where somebody comes from or goes: "back from …", "flew to …"."""
    token = scene.tokens[scene.head(first, last)]
    above = scene.tokens[token.head]
    return token.dep == "pobj" and above.text.lower() in _AWAY_FROM


def _in_office(scene: Scene, i: int) -> bool:
    """Whether a token is of the words that say what a ministry is for."""
    draft = scene.claimed.get(i)
    phrase = draft.phrase if draft is not None else None
    return phrase is not None and phrase.portfolio is not None and phrase.first <= i <= phrase.head


def _takes_part(scene: Scene, first: int, last: int) -> bool:
    """Whether the name of a capital is the subject or object of a verb, beside others too: its government."""
    token = scene.tokens[scene.head(first, last)]
    while token.dep == "conj" and token.head < token.i:
        token = scene.tokens[token.head]
    return token.dep in ("nsubj", "nsubjpass", "dobj", "dative")


class Claims:
    """The claims that all clues of a text make, so that asking for one mention looks at those near it alone."""

    def __init__(self, scene: Scene, clues: Sequence[Clue]) -> None:
        self.scene = scene
        self.first = {clue.country: -clue.token for clue in reversed(clues)}
        self.filed = [clue for clue in clues if clue.filed]
        self.near: dict[int, list[Clue]] = defaultdict(list)
        self.total: dict[str, float] = defaultdict(float)
        self.strongest: dict[str, float] = defaultdict(float)
        for clue in clues:
            self.strongest[clue.country] = max(self.strongest[clue.country], clue.weight)
            if not clue.filed:
                self.near[scene.sentence[clue.token]].append(clue)
                self.total[clue.country] += clue.weight * _FAR

    def among(self, draft: Draft, countries: Sequence[str]) -> str | None:
        """Of some countries the one with the greatest claim on a mention; the only one even where it has none."""
        if len(countries) < 2:
            return countries[0] if countries else None
        claims = self._of(draft)
        best = max(countries, key=lambda country: claims.get(country, 0.0))
        return best if claims.get(best) else None

    def claimant(self, draft: Draft) -> tuple[str, bool]:
        """The country with the greatest claim on a mention, of equals the one named first; and whether it is clear
        beside what all others have together."""
        claims = self._of(draft)
        if draft.country is not None:  # a guess that something better may outdo
            acting = self.strongest[draft.country] > _GUEST
            claims[draft.country] += _GUESSED if acting and _abroad(draft) else _LIKELY
        best = max(claims, key=lambda country: (round(claims[country], 6), self.first.get(country, 0)))
        others = [claim for country, claim in claims.items() if country != best]
        if draft.kind == "person":  # one who is named is of the country that most is told of
            return best, claims[best] >= _FIRST * max(others, default=0.0)
        return best, claims[best] >= _CLEAR * sum(others)

    def _of(self, draft: Draft) -> dict[str, float]:
        claims: dict[str, float] = defaultdict(float)
        far = dict(self.total)
        number = self.scene.sentence[draft.head]
        for clue in self.filed:
            claims[clue.country] += clue.weight
        for away in (0, 1):
            for clue in self.near.get(number - away, ()):
                far[clue.country] -= clue.weight * _FAR
                claims[clue.country] += clue.weight * (_BEFORE if away else 1.0)
                if clue.weight in (_WHERE, _ALONE) and not away:
                    claims[clue.country] += _HERE if clue.weight == _WHERE else _ALONE
        for country, weight in far.items():
            claims[country] += min(weight, _FAR_MOST)
        return claims


def _abroad(draft: Draft) -> bool:
    """Whether a body deals with other states; one for home affairs ("the electoral tribunal") is the text's own."""
    phrase = draft.phrase
    if draft.sector == "MIL" or phrase is None or phrase.noun.kind != "body":
        return draft.sector in ("GOV", "MIL")
    if phrase.portfolio is not None:
        return phrase.portfolio in _OUTWARD
    return draft.sector == "GOV" and phrase.noun.phrase.rpartition(" ")[2] not in _AT_HOME_BODIES


def _inside(scene: Scene, match: Match) -> bool:
    """Whether a state's name says where something is: "in Kenya", "the north of Chad"."""
    above = scene.tokens[scene.tokens[scene.head(match.first, match.last)].head]
    word, part = above.text.lower(), scene.tokens[above.head].text.lower()
    return word in _INSIDE or (word == "of" and part in _PARTS)


def _by_whom(scene: Scene, match: Match) -> float:
    """What a state's name weighs by whom it tells of: little for guests, go-betweens and helpers ("the Swiss
    ambassador", "a French charity", "Kenyan-led"), more for those who serve at home ("an Angolan court")."""
    if helps(scene, match):
        return _GUEST
    draft = scene.claimed.get(match.first)
    if draft is None or draft.phrase is None or draft.kind == "pronoun" or draft.link is not None:
        return _NAMED
    noun = draft.phrase.noun.phrase
    if noun in AWAY or noun in _FROM_ELSEWHERE or draft.sectors[:1] in (("SOC",), ("IGO",)):
        return _GUEST
    return _OFFICE if draft.sector in ("JUD", "COP", "LEG") else _NAMED


def _in_name(scene: Scene, match: Match) -> bool:
    """Whether the name of a state is the end of another name ("Plaza Italia")."""
    before = scene.tokens[match.first - 1] if match.first > 0 else None
    return (
        before is not None and before.dep == "compound" and before.head == match.last and before.tag[:3] == "NNP"
        and before.i not in scene.matches and match.meaning.role == "name"
    )  # fmt: skip


def _eligible(draft: Draft) -> bool:
    phrase = draft.phrase
    if draft.kind in ("state", "pronoun") or "IGO" in draft.sectors or draft.sector == "REF":
        return False
    if any(feature.name == "known actor" for feature in draft.why):
        return False  # of no country by what is known of it
    if phrase is None:
        return True
    if phrase.state is not None:
        return False  # of a state without a code of its own
    noun = phrase.noun.phrase
    if phrase.owner is not None or noun in AWAY or noun in _FROM_ELSEWHERE or (phrase.plural and noun in _ONE_EACH):
        return False
    if any(feature.name == OF_MANY for feature in draft.why):
        return False
    return not {*phrase.modifiers, *noun.split()} & _MANY_STATES
