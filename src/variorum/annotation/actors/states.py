"""States as actors: their names where they act, their capitals where those speak for them, their adjectives before
deeds, and their peoples."""

from __future__ import annotations

from variorum.records import PlaceMention, Token
from variorum.world.actors import NamedActor
from variorum.world.states import State

from .drafts import Draft, Match, Scene, slug
from .names import CLOSED
from .wording import wording

_WHERE = frozenset(
    {"in", "inside", "at", "across", "near", "through", "into", "over", "within", "around", "throughout", "outside",
     "toward", "towards", "onto", "via", "along", "beyond", "amid", "beside", "like", "off", "past", "up", "down"}
)  # fmt: skip
_SEATS = {"brussels": "european union"}
_GONE = frozenset({"ahead", "further", "on", "back", "along", "to"})
_WITH = frozenset({"by", "with", "against", "between", "among", "for", "on", "upon", "than", "without", "despite"})
_FROM_WHOM_WHAT = frozenset(
    {"statement", "message", "pressure", "help", "aid", "support", "orders", "order", "permission", "approval",
     "weapons", "arms", "money", "backing", "assurances", "assurance", "guarantee", "guarantees", "response",
     "answer", "comment",
     "reaction", "condemnation", "criticism", "protest", "protests", "concession", "concessions", "demand", "demands",
     "instructions", "signal", "signals", "invitation", "funds", "reply", "word", "threat", "threats"}
)  # fmt: skip
_FROM_WHOM = frozenset({"receive", "hear", "demand", "get", "win", "secure", "seek", "want", "expect", "draw", "buy"})


def find_states(scene: Scene) -> None:
    """Add each state name that acts, speaks, is acted on or spoken to; places that only are places stay out."""
    seen: set[int] = set()
    for i in range(len(scene.tokens)):
        match = scene.matches.get(i)
        if match is None or id(match) in seen:
            continue
        seen.add(id(match))
        state = match.state
        if state is None or not (state.iso3 or state.parent) or not scene.free(match.first, match.last):
            continue
        draft = _draft(scene, match, state)
        if draft is not None:
            scene.add(draft)
    for place in scene.places.values():
        if place.precision in ("admin1", "city"):
            _land(scene, place)


def _land(scene: Scene, place: PlaceMention) -> None:
    """A province or town that acts as only its government can: "Virginia sends troopers", "Barcelona said"."""
    tokens = scene.tokens
    first = scene.at.get(place.start)
    if first is None or first in scene.matches:
        return
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].start < place.end:
        last += 1
    token = tokens[scene.head(first, last)]
    verb = tokens[token.head]
    other = scene.claimed.get(first)
    state = scene.lexicon.states.by_iso2(place.country)
    country = state.iso3 if state is not None else None
    unknown = other is not None and not other.sectors and any(f.name == "named by the model" for f in other.why)
    if unknown and other is not None and other.first == first and other.last == last:
        other.country = other.country or country  # a town that the model took for an organisation
    if token.dep != "nsubj" or token.tag[:3] != "NNP" or tokens[last].end != place.end:
        return
    if not (scene.free(first, last) or (unknown and other is not None and (other.first, other.last) == (first, last))):
        return
    if verb.pos != "VERB" or scene.words.is_verb(verb, scene.words.stay) or tokens[first].text.lower() == "the":
        return
    if not (scene.words.is_verb(verb, scene.words.say) or scene.words.is_verb(verb, scene.words.govern)):
        return
    if other is not None:
        scene.drafts.remove(other)
    draft = Draft(first, last, token.i, "body", place.name, slug(place.name), country, ("GOV",))
    draft.because("a land or town that acts", 0.6, verb.lemma)
    scene.add(draft)


def _draft(scene: Scene, match: Match, state: State) -> Draft | None:
    head = scene.head(match.first, match.last)
    token = scene.tokens[head]
    roles = {m.role for m in scene.lexicon.meanings(match.key) if m.of is state}
    people = roles & {"adjective", "demonym"}
    if people and not roles & {"name"}:
        if _is_people(scene, token):
            first = match.first
            while first > 0 and scene.tokens[first - 1].tag == "CD" and scene.tokens[first - 1].head == head:
                first -= 1
            draft = Draft(first, match.last, head, "people", "", "people", state.iso3 or state.parent, ("CVL",))
            draft.name, draft.generic, draft.plural = _people(state), True, token.tag in ("NNS", "NNPS")
            if first > 0 and scene.tokens[first - 1].text.lower() == "ethnic":  # at home in another country
                draft.first, draft.country, draft.name = first - 1, None, f"ethnic {draft.name}"
            draft.because("people of a state", note=state.name)
            return draft
        acting = _before_deed(scene, token)
    else:
        entity = scene.entity.get(match.first)
        if entity is not None and entity[2] in CLOSED:
            begin = entity[0] + (scene.tokens[entity[0]].tag == "DT")  # "the White House"
            if begin < match.first or match.last < entity[1]:
                return None
        capital = not roles & {"name"}
        acting = _acts(scene, token, capital, match) and not _holds(scene, match, state)
    if not acting or filed_from(scene, match):
        return None
    if (seated := _seat(scene, match, state)) is not None:
        return seated
    draft = Draft(match.first, match.last, head, "state", state.name, slug(state.name), state.iso3 or state.parent)
    draft.sectors = ("GOV",)
    draft.because("state" if roles & {"name"} else "stands for its government", note=match.meaning.role)
    return draft


def _holds(scene: Scene, match: Match, state: State) -> bool:
    """Whether a state's name between commas only says where the town before it lies: "from Tripoli, Lebanon, …"."""
    low, high = scene.bounds(match.first)
    i = match.first - 2
    if i < low or scene.tokens[i + 1].text != "," or match.last >= high or scene.tokens[match.last + 1].text != ",":
        return False
    while i > low and scene.tokens[i].start not in scene.places and scene.tokens[i].dep == "compound":
        i -= 1
    place = scene.places.get(scene.tokens[i].start)
    return place is not None and place.country == state.iso2 and place.precision != "country"


def _seat(scene: Scene, match: Match, state: State) -> Draft | None:
    """The European Union where Brussels acts in a text that tells of nothing else of Belgium."""
    if match.key not in _SEATS:
        return None
    others = any(m.state is state and m.key != match.key for m in scene.matches.values())
    of = next((m.of for m in scene.lexicon.meanings(_SEATS[match.key]) if isinstance(m.of, NamedActor)), None)
    if others or of is None or (scene.date is not None and scene.date < "1993-11"):
        return None
    draft = Draft(match.first, match.last, scene.head(match.first, match.last), "organisation", of.name, slug(of.name))
    draft.sectors = of.sectors
    draft.because("stands for the body that it is the seat of", 0.7, of.name)
    for i in range(match.first, match.last + 1):
        scene.matches.pop(i, None)
        scene.seats.add(i)
    return draft


def filed_from(scene: Scene, match: Match) -> bool:
    """Whether the name is of the line that says where a report was filed: "Nairobi, Kenya – …"."""
    low, high = scene.bounds(match.first)
    i = low
    while i <= min(high, low + 8) and (scene.tokens[i].tag in ("NNP", "NNPS", ",", "-LRB-", "-RRB-", "CD", ".")):
        i += 1
    return low <= match.first < i <= high and scene.tokens[i].text in ("–", "—", "--", "-")


def _people(state: State) -> str:
    return next((d for d in state.demonyms if d.endswith("s")), state.demonyms[0] if state.demonyms else state.name)


def _is_people(scene: Scene, token: Token) -> bool:
    if token.tag in ("NNS", "NNPS"):
        return not (token.dep in ("compound", "nmod", "amod") and token.head > token.i)
    return token.tag in ("NN", "NNP") and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") and (
        scene.syntax.child(token.i, "det", "nummod") is not None
    )  # fmt: skip


def _before_deed(scene: Scene, token: Token) -> bool:
    if token.dep not in ("amod", "compound", "nmod", "poss"):
        return False
    head = scene.tokens[token.head]
    return head.i > token.i and scene.words.is_deed(head)


def _acts(scene: Scene, token: Token, capital: bool, match: Match) -> bool:
    words, tokens = scene.words, scene.tokens
    while token.dep == "conj" and token.head < token.i:
        token = tokens[token.head]
    above = tokens[token.head]
    dep = token.dep
    if dep == "nsubj":
        return not capital or _speaks(scene, above)
    if dep == "nsubjpass":
        return not capital or words.is_verb(above, words.deal)
    if dep in ("dative", "iobj"):
        return not words.is_verb(above, words.go)  # "gave Vienna a week"
    if dep == "dobj":
        return words.is_verb(above, words.deal) if capital else not words.is_verb(above, words.go)
    if dep in ("pobj", "pcomp"):
        return _after_preposition(scene, above, capital)
    if dep == "poss":  # "Yemen's Houthis", "Syria's Assad": they act, not their state
        return words.is_deed(above)
    if dep in ("compound", "nmod", "amod"):
        after = tokens[match.last + 1] if match.last + 1 < len(tokens) else None
        verbal = after is not None and above is after and after.tag == "VBZ" and not capital
        return words.is_deed(above) or verbal or _headline(scene, match)
    if dep in ("ROOT", "npadvmod", "nmod", "dep", "attr", "appos"):
        return _headline(scene, match)
    return False


def _speaks(scene: Scene, verb: Token) -> bool:
    words = scene.words
    if words.is_verb(verb, words.say):
        return True
    above = scene.tokens[verb.head]
    if verb.lemma.lower() in ("be", "remain", "seem", "look", "appear", "sound", "grow", "become"):
        told = scene.syntax.children(verb.i, "acomp", "oprd", "attr")
        if any(child.text.lower() in wording().of_mind for child in told):
            return True  # "Bern was dismayed"
    if verb.dep == "ccomp" and verb.lemma.lower() == "have" and words.is_verb(above, words.say):
        return True  # "he said Kigali had no troops there"
    if verb.lemma.lower() == "go" and scene.syntax.child(verb.i, "prt", "advmod", "prep") is not None:
        return any(child.text.lower() in _GONE for child in scene.syntax.children(verb.i))  # "Vienna went to war"
    if verb.lemma.lower() == "have" and any(_is_force(scene, t) for t in scene.syntax.children(verb.i, "dobj")):
        return True  # "Rome has 300 carabinieri there"
    verbal = verb.pos == "VERB" or (verb.dep in ("relcl", "ccomp") and verb.tag in ("NNS", "NN"))
    return verbal and not words.is_verb(verb, words.stay)


def _is_force(scene: Scene, token: Token) -> bool:
    noun = scene.words.noun(token.text)
    return noun is not None and noun.sector in ("MIL", "COP") and token.tag in ("NNS", "NNPS", "NN")


def _after_preposition(scene: Scene, preposition: Token, capital: bool) -> bool:
    words = scene.words
    word = preposition.text.lower()
    governor = scene.tokens[preposition.head]
    deals = words.is_verb(governor, words.say) or words.is_verb(governor, words.deal)
    if word in _WHERE:
        return False
    if word == "to":
        if governor.text.lower() == "according":
            return True
        if words.is_verb(governor, words.go) and governor.pos == "VERB":
            return False
        if capital:
            return deals
        return governor.pos == "VERB" or words.is_deed(governor)
    if word == "from":
        said = governor.lemma.lower() in _FROM_WHOM or governor.text.lower() in _FROM_WHOM_WHAT
        return said or (words.is_deed(governor) and not capital and governor.text.lower() != "withdrawal")
    if word == "of":
        return (words.is_deed(governor) and not capital) or (governor.pos == "VERB" and deals)
    if word == "on":
        if words.is_verb(governor, words.deal):
            return True  # "called on Cairo"
        pressed = governor.text.lower() in ("pressure", "sanctions", "sanction", "tariffs")
        return pressed or (not capital and (words.is_deed(governor) or governor.pos in ("VERB", "NOUN")))
    return word in _WITH


def _headline(scene: Scene, match: Match) -> bool:
    """A headline's first words before a verb that the model did not see as one ("KENYA LAUNCHES …")."""
    low, high = scene.bounds(match.first)
    if match.first != low or match.last + 1 > high:
        return False
    after = scene.tokens[match.last + 1]
    words = scene.words
    other = scene.matches.get(match.last + 2)
    if after.text == "," and other is not None and other.state is not None and other.last < high:
        after = scene.tokens[other.last + 1]  # "US, UK HIT …"
    if after.tag == "JJ" and after.i < high and scene.tokens[after.i + 1].tag in (",", ".", "RB", "IN", "TO", ":"):
        return after.text.islower()  # "Vienna silent all day"
    return words.is_verb(after, words.say) or words.is_verb(after, words.govern)
