"""The country of those whom the words themselves give none: from where the text tells what they do."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from variorum.world.states import State

from .drafts import Draft, Match, Scene
from .nominals import name_draft
from .phrases import AWAY, VOICES, Phrase
from .states import filed_from

_OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
# Who is of another country than the one told of, or of several.
_FROM_ELSEWHERE = frozenset(
    {"foreigner", "tourist", "migrant", "immigrant", "refugee", "asylum seeker", "asylum-seeker", "expatriate",
     "peacekeeper", "peacekeeping force", "peacekeeping mission", "mercenary", "passenger", "observer", "monitor",
     "international community", "donor", "security council", "mediator", "counterpart", "ally", "partner", "bloc"}
)  # fmt: skip
_MANY_STATES = frozenset(
    {"foreign", "international", "multinational", "western", "allied", "european", "arab", "african", "asian",
     "global", "regional", "un", "u.n.", "eu", "nato", "overseas", "other", "african-led", "joint", "latin"}
)  # fmt: skip
_SENT = frozenset({"GOV", "MIL", "COP", "SPY", "LEG"})
_SENDING = frozenset(
    {"send", "dispatch", "deploy", "recall", "withdraw", "appoint", "name", "summon", "order", "commit", "pledge",
     "offer", "provide", "sack", "dismiss", "fire", "contribute", "keep", "lose", "list", "bury", "mourn"}
)  # fmt: skip
_ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
_STAFF = frozenset({"head", "chief", "director", "leader", "official", "member", "chairman", "chairwoman", "founder",
                    "secretary", "deputy head", "deputy chief", "boss", "source", "president", "secretary-general",
                    "secretary general", "general secretary", "commander", "coordinator", "manager"})  # fmt: skip
# Whoever follows an armed group or its chief is what they are.
_FOLLOWING = frozenset(
    {"man", "fighter", "gunman", "troop", "force", "soldier", "deserter", "officer", "commander", "militant", "youth",
     "guard", "bodyguard", "recruit", "supporter", "follower", "lieutenant", "deputy", "ally", "spokesman", "militia"}
)  # fmt: skip
# States that are no more, by their adjectives; codes of ISO 3166-3.
_FORMER = {"soviet": "SUN", "yugoslav": "YUG", "czechoslovak": "CSK", "czechoslovakian": "CSK"}
_DERIVED = "country of whose they are"
_WHERE = 3
_OFFICE = 2
_NAMED = 1


class Clue(NamedTuple):
    """A country (alpha-3) that the text names at a token; `weight` is more for where things happen."""

    token: int
    country: str
    weight: int


def give_countries(scene: Scene) -> None:
    """Give a country to bodies, forces, people and unknown organisations that have none.

    It is the one place's in whose sentence they stand, else the country that the text is most about: its places count
    thrice, its states and their people once. Who is from elsewhere by the words ("foreign troops", "envoys",
    "tourists", what belongs to an organisation of many states) stays without.
    """
    for draft in scene.drafts:
        if draft.link is None and draft.phrase is not None:
            _told(scene, draft, draft.phrase)
    for draft in sorted(scene.drafts, key=lambda draft: draft.first):
        if draft.link is None and draft.phrase is not None and draft.kind not in ("state", "pronoun"):
            _belongs(scene, draft, draft.phrase)
    clues = _clues(scene)
    home = _home(clues)
    if home is None:
        return
    alone = len({clue.country for clue in clues}) == 1
    clear = 2 * sum(clue.weight for clue in clues if clue.country != home) <= sum(
        clue.weight for clue in clues if clue.country == home
    )
    for draft in scene.drafts:
        if draft.country is not None or draft.link is not None or not draft.name or not _eligible(draft):
            continue
        country = home if alone else _near(scene, draft, clues) or home
        if not alone and draft.phrase is None and not clear:
            continue  # a bare name in a text of several countries may be of any of them
        state = scene.lexicon.states.by_iso3(country)
        if state is None:
            continue
        _give(scene, draft, state)
        draft.because("only country of the text" if alone else "country of the text", 0.5, state.name)


def _told(scene: Scene, draft: Draft, phrase: Phrase) -> None:
    """What the phrase says by a state that is no more ("Soviet troops") or by a pronoun ("its chief, …")."""
    former = next((_FORMER[word] for word in phrase.modifiers if word in _FORMER), None)
    if former is not None and draft.country is None:
        draft.country = former
    owner = scene.claimed.get(phrase.possessive) if phrase.possessive is not None else None
    if owner is not None and owner.link is not None and draft.kind == "person" and not draft.sectors:
        draft.sectors = owner.link.sectors
        draft.country = draft.country or owner.link.country


def _belongs(scene: Scene, draft: Draft, phrase: Phrase) -> None:
    """Whose they are by the words around: "Bhutto's interior minister", "men of the rebel commander …", "his generals",
    and those whom somebody sends ("Howard sent an envoy")."""
    if phrase.state is not None or phrase.owner is not None or "IGO" in draft.sectors:
        return
    owner = _owner(scene, phrase)
    if owner is None and draft.country is None and phrase.noun.sector in _SENT:
        owner = _sender(scene, phrase)
    if owner is None or owner is draft:
        return
    while owner.link is not None:
        owner = owner.link
    if draft.kind != "person" and owner.sector in _ARMED and phrase.noun.phrase in _FOLLOWING:
        draft.sectors = owner.sectors
    elif phrase.noun.phrase in VOICES | _STAFF and owner.sectors and owner.kind not in ("person", "state"):
        draft.sectors = owner.sectors[:1]
    elif draft.sectors in ((), ("CVL",)) and owner.sector == "IGO" and draft.kind == "person":
        draft.sectors = owner.sectors
    guessed = draft.country is None or any(feature.name == "state of the organs before" for feature in draft.why)
    if guessed and owner.country is not None and owner.kind != "people":
        state = scene.lexicon.states.by_iso3(owner.country)
        if state is None:
            draft.country = owner.country
        else:
            _give(scene, draft, state)
        draft.because(_DERIVED, 0.8, owner.name)


def _owner(scene: Scene, phrase: Phrase) -> Draft | None:
    """The mention that owns the phrase: by a possessive pronoun, a possessive, or "of"."""
    tokens = scene.tokens
    if phrase.possessive is not None:
        return scene.claimed.get(phrase.possessive)
    if phrase.first > 1 and tokens[phrase.first - 1].tag == "POS":
        return scene.claimed.get(phrase.first - 2)
    i = phrase.last + 1
    links = ("of", "from", "for", "at") if phrase.noun.phrase in VOICES | _STAFF else ("of", "from")
    if i + 1 < len(tokens) and tokens[i].text.lower() in links and phrase.last == phrase.head:
        i += 2 if tokens[i + 1].tag in ("DT", "PRP$") else 1
        owner = scene.claimed.get(i) if i < len(tokens) else None
        if (
            owner is not None
            and owner.first >= i - 1
            and (tokens[i - 1].text.lower() != "from" or owner.kind == "group")
        ):
            return owner
    return None


def _sender(scene: Scene, phrase: Phrase) -> Draft | None:
    """The mention that is the subject of a verb of sending whose object the phrase is."""
    tokens = scene.tokens
    verb = tokens[tokens[phrase.head].head]
    asked = phrase.noun.sector == "LEG" and verb.pos == "VERB"  # "asked parliament", "told lawmakers": one's own
    if tokens[phrase.head].dep not in ("dobj", "dative") or not (asked or verb.lemma.lower() in _SENDING):
        return None
    subject = scene.syntax.child(verb.i, "nsubj")
    while subject is None and verb.dep in ("conj", "xcomp") and verb.head != verb.i:
        verb = tokens[verb.head]
        subject = scene.syntax.child(verb.i, "nsubj")
    return scene.claimed.get(subject.i) if subject is not None else None


def _give(scene: Scene, draft: Draft, state: State) -> None:
    bodily = draft.sector in _OF_STATE and draft.phrase is not None and draft.noun
    if bodily and draft.phrase is not None and (draft.kind != "person" or draft.generic):
        name_draft(scene, draft, draft.phrase, state)
    else:
        draft.country = state.iso3


def _clues(scene: Scene) -> list[Clue]:
    clues: dict[int, Clue] = {}
    for token in scene.tokens:
        place = scene.places.get(token.start)
        named = scene.matches.get(token.i)
        if named is not None and named.state is not None and named.meaning.role in ("adjective", "demonym"):
            continue  # what the gazetteer has by that name besides
        if place is not None and place.precision not in ("country", "unknown"):
            country = scene.place_country(token.i)
            if country is not None:
                clues[token.i] = Clue(token.i, country, _WHERE)
    for match in {id(m): m for m in scene.matches.values()}.values():
        if match.state is not None and match.state.iso3 and match.first not in clues and not _in_name(scene, match):
            above = scene.tokens[scene.tokens[match.first].head].text.lower()
            where = match.meaning.role == "name" and above in ("in", "at", "near", "across", "inside", "around")
            filed = filed_from(scene, match)
            clues[match.first] = Clue(match.first, match.state.iso3, _WHERE if where or filed else _NAMED)
    for draft in scene.drafts:
        if draft.country is None or draft.link is not None or draft.first in clues or draft.head in clues:
            continue
        if any(feature.name == _DERIVED for feature in draft.why):
            continue
        if draft.kind in ("person", "group", "force", "body", "organisation", "media"):
            chief = draft.kind == "person" and draft.sector == "GOV"
            clues[draft.first] = Clue(draft.first, draft.country, _OFFICE if chief else _NAMED)
    return [clues[i] for i in sorted(clues)]


def _in_name(scene: Scene, match: Match) -> bool:
    """Whether the name of a state is the end of another name ("Plaza Italia")."""
    before = scene.tokens[match.first - 1] if match.first > 0 else None
    return (
        before is not None and before.dep == "compound" and before.head == match.last and before.tag[:3] == "NNP"
        and before.i not in scene.matches and match.meaning.role == "name"
    )  # fmt: skip


def _home(clues: list[Clue]) -> str | None:
    """The country with most weight; of equals the one named first."""
    weights = Counter[str]()
    for clue in clues:
        weights[clue.country] += clue.weight
    first = {clue.country: -clue.token for clue in reversed(clues)}
    return max(weights, key=lambda country: (weights[country], first[country]), default=None)


def _near(scene: Scene, draft: Draft, clues: list[Clue]) -> str | None:
    """The country of the only place of the sentence."""
    number = scene.sentence[draft.head]
    places = {c.country for c in clues if c.weight == _WHERE and scene.sentence[c.token] == number}
    return next(iter(places)) if len(places) == 1 else None


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
    if phrase.owner is not None or noun in AWAY or noun in _FROM_ELSEWHERE:
        return False
    return not set(phrase.modifiers) & _MANY_STATES
