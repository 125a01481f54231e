"""Noun phrases that describe actors: where one begins, and what its words say of sector, country and office."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.world.actors import NamedActor
from variorum.world.states import State

from .drafts import Match, Scene
from .vocabulary import Noun, singular

_PRE_TAGS = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "CD", "HYPH", "AFX", "FW"})
OWNED_OFFICES = frozenset({"office", "department"})
_FIXED_OFFICE = {"foreign office": "Foreign Affairs", "home office": "Interior", "state department": "State"}
# Those who serve one country in another: where they are says nothing of whose they are.
AWAY = frozenset(
    {"envoy", "ambassador", "diplomat", "consul", "embassy", "high commission", "consulate", "special envoy"}
)
# Those who speak or stand for another: "a spokesman for the army".
VOICES = frozenset({"spokesman", "spokeswoman", "spokesperson", "representative", "lawyer", "envoy", "special envoy"})
# Who meets in a body of many states for one of them: "EU ministers".
NATIONAL = frozenset(
    {"minister", "leader", "lawmaker", "mp", "citizen", "foreign minister", "defence minister", "diplomat",
     "government", "national", "farmer", "voter", "company", "firm"}
)  # fmt: skip
# Other states, where a state's they are: "its neighbours".
OTHER_STATES = frozenset(
    {"neighbour", "neighbor", "rival", "ally", "foe", "enemy", "adversary", "partner", "creditor", "donor", "patron",
     "backer", "trading partner", "coalition partner", "arch-enemy", "archenemy", "arch-rival"}
)  # fmt: skip
_BOUNDS = frozenset(
    {"least", "most", "more", "fewer", "less", "dead", "hostage", "captive"}
)  # "at least 40 drivers" are drivers
_LOCAL = frozenset({"local", "regional", "city", "district", "provincial", "municipal"})
_LANDS = frozenset(
    {"province", "region", "state", "district", "governorate", "county", "department", "prefecture", "oblast", "canton",
     "island", "territory", "enclave", "valley", "regency"}
)  # fmt: skip
_TOWNS = frozenset({"city", "town", "village", "municipality", "township", "port", "capital", "suburb"})
_PREFIXES = frozenset({"ex", "vice", "co"})
_HELPED = frozenset(
    {"backed", "led", "funded", "trained", "armed", "supported", "sponsored", "allied", "aligned", "financed",
     "equipped", "brokered", "mediated", "supplied", "friendly", "leaning"}
)  # fmt: skip
_RANKED = frozenset({"COP", "REB", "PRM", "UAF", "SPY"})  # whoever else has military ranks
_OFFICES = ("ministry", "department", "minister", "secretary", "office", "ministers")


@dataclass(slots=True)
class Phrase:
    """What a noun phrase says. `first`/`last` are its tokens with what follows its head ("of Pakistan")."""

    first: int
    last: int
    head: int
    noun: Noun
    sectors: tuple[str, ...]
    state: State | None
    owner: Match | None
    portfolio: str | None
    modifiers: tuple[str, ...]
    past: bool
    possessive: int | None
    plural: bool
    country: str | None


def left_edge(scene: Scene, head: int, limit: int | None = None) -> int:
    """The first token of the noun phrase before `head`: no determiner, no possessive pronoun, nothing claimed. Its
    tokens may hang on tokens up to `limit` (a name that follows the head); the head itself unless given."""
    limit = head if limit is None else limit
    tokens, first = scene.tokens, head
    low, _ = scene.bounds(head)
    i = head - 1
    while i >= low:
        token = tokens[i]
        match = scene.matches.get(i)
        timed = match is None and scene.entity.get(i, (0, 0, ""))[2] in ("DATE", "TIME")
        if i in scene.claimed or timed:
            break
        if token.tag == "POS":
            return _owned_from(scene, i, first, head)
        if match is not None and match.first <= i and match.last < head:
            if not _hangs(scene, i, limit) and tokens[i + 1].tag != "HYPH":
                break
            first = match.first
            i = match.first - 1
            continue
        if token.tag not in _PRE_TAGS and token.text not in ("-", "‑"):
            break
        if token.tag in ("VBN", "VBD") and i > low and i - 1 in scene.matches and token.text.lower() not in _HELPED:
            break  # "Interpol hired translators": a verb that the model has for a modifier
        if token.text == "-" and i > low and tokens[i - 1].end < token.start:
            break  # a dash: "LIMA - Miners"
        prefix = token.text == "-" and i > low and tokens[i - 1].text.lower() in _PREFIXES
        if prefix and token.end == tokens[i + 1].start:
            first = i - 1  # "ex-president", whatever the model makes of it
            i -= 2
            continue
        if not _hangs(scene, i, limit) or token.text.lower() in _BOUNDS:
            break
        if token.text not in ("-", "‑"):
            first = i
        i -= 1
    return first


def _owned_from(scene: Scene, i: int, first: int, head: int) -> int:
    """Where a phrase begins whose possessive mark is token `i`: an owner that the lexicon knows belongs to it ("Kenya's
    police"), and one that makes an entry of the vocabulary with its noun; another does not."""
    tokens = scene.tokens
    owner = scene.matches.get(i - 1)
    if owner is not None and owner.first not in scene.claimed:
        return owner.first
    if owns_entry(scene, i - 1, head):
        return i - 1
    if tokens[head].text.lower() in OWNED_OFFICES and scene.words.noun(tokens[i - 1].text):
        first = i - 1  # "the county sheriff's office"
        low, _ = scene.bounds(head)
        while first - 1 >= low and tokens[first - 1].dep == "compound" and first <= tokens[first - 1].head < i:
            first -= 1
    return first


def owns_entry(scene: Scene, first: int, head: int) -> bool:
    """Whether a possessive and its noun are one entry of the vocabulary: "truckers' union"."""
    if head - first != 2 or scene.tokens[first + 1].tag != "POS":
        return False
    noun = scene.words.noun(scene.text(first, head))
    return noun is not None and noun.words > 1


def _hangs(scene: Scene, i: int, head: int) -> bool:
    """Whether token `i` is a modifier inside the phrase that ends with `head`."""
    token = scene.tokens[i]
    if i < token.head <= head:
        return True
    if token.dep == "conj" and token.tag == "JJ":  # "Thai and Cambodian troops": the second hangs on the first
        first = scene.tokens[token.head]
        while first.dep == "conj" and first.head < first.i:
            first = scene.tokens[first.head]
        return first.dep in ("amod", "compound", "nmod") and i < first.head <= head
    if _in_word(scene, i) or (i + 1 < head and _in_word(scene, i + 1)):
        return True  # "secretary-general"
    # Hyphens and names hang anywhere near.
    return token.tag == "HYPH" or (token.head < i and scene.tokens[token.head].tag in ("HYPH",))


def _in_word(scene: Scene, i: int) -> bool:
    """Whether a token is a hyphen without spaces before and behind it, between words in small letters."""
    if scene.tokens[i].text not in ("-", "‑") or not 0 < i < len(scene.tokens) - 1:
        return False
    before, hyphen, after = scene.tokens[i - 1 : i + 2]
    joined = before.end == hyphen.start and hyphen.end == after.start
    return joined and before.text.islower() and after.text.islower()


def describe(scene: Scene, head: int, first: int | None = None) -> Phrase | None:
    """What the phrase with this head noun says of an actor; None where the vocabulary lacks the noun."""
    tokens, words = scene.tokens, scene.words
    if first is None:
        first = left_edge(scene, head)
    noun, start = _noun(scene, first, head)
    if noun is None:
        return None
    state: State | None = None
    owner: Match | None = None
    modifiers: list[str] = []
    past = False
    i = first
    while i < start:
        match = scene.matches.get(i)
        if match is not None and match.first >= first:
            if match.state is not None:
                if not helps(scene, match) and not _at_home(scene, state, match):
                    state = match.state
            elif isinstance(match.meaning.of, NamedActor):
                owner = match
            i = match.last + 1
            continue
        word = tokens[i].text.lower()
        if i >= first + 2 and tokens[i - 1].text == "-" and tokens[i - 2].text.lower() in ("anti", "counter"):
            word = f"{tokens[i - 2].text.lower()}-{word}"
        if word in words.past:
            past = True
        elif tokens[i].tag not in ("CD", "POS", "HYPH"):
            modifiers.append(word)
        i += 1
    past = past or any(token.text.lower() in words.past for token in tokens[start:head])
    last, portfolio, after, country = _after(scene, head, noun)
    if after is not None and state is None:
        state = after if not isinstance(after, Match) else None
        owner = owner or (after if isinstance(after, Match) else None)
    portfolio = portfolio or _portfolio(scene, first, head, noun, modifiers)
    country = country or _of_place(scene, first, start)
    sectors = _sectors(scene, noun, modifiers, owner, past)
    if owner is None and noun.kind == "people" and (noun.sector in ("MIL", "UNK")) and last == head:
        sectors = _served(scene, head) or sectors
    if not sectors and portfolio is not None and tokens[head].text.lower() == "secretary":
        sectors = ("GOV",)
    possessive = next(
        (t.i for t in scene.syntax.children(head, "poss") if t.tag == "PRP$" and t.i < first), None
    ) or _pronoun_before(scene, first)
    return Phrase(
        first=first, last=last, head=head, noun=noun,
        sectors=sectors,
        state=state, owner=owner, portfolio=portfolio, modifiers=tuple(modifiers), past=past,
        possessive=possessive, plural=tokens[head].tag in ("NNS", "NNPS") or noun.phrase in ("people", "police"),
        country=None if possessive is not None or noun.phrase in AWAY else country,
    )  # fmt: skip


def _served(scene: Scene, head: int) -> tuple[str, ...]:
    """The sector of the force or body that a rank or a member is of: "a colonel of the police"."""
    for preposition in scene.syntax.children(head, "prep"):
        if preposition.i != head + 1 or preposition.text.lower() not in ("of", "in", "with", "from"):
            continue
        served = scene.syntax.child(preposition.i, "pobj")
        noun = scene.words.noun(served.text) if served is not None and served.i not in scene.matches else None
        if noun is not None and noun.kind != "people" and noun.sector in _RANKED | {"MIL", "LEG", "JUD", "CRM", "PTY"}:
            return (noun.sector,)
    return ()


def _at_home(scene: Scene, state: State | None, match: Match) -> bool:
    """Whether a people's name follows that of the state where it lives, as the table of homelands has it: "Bosnian
    Serb", "Georgian Armenian"; elsewhere the last tells the state: "Greek Cypriot", "Cuban American"."""
    before = scene.matches.get(match.first - 1)
    if state is None or before is None or before.state is not state or match.state is None:
        return False
    return state.iso3 in scene.words.abroad.get(singular(scene.tokens[match.last].text.lower()), ())


def helps(scene: Scene, match: Match) -> bool:
    """Whether a state only stands behind them: "the Moscow-backed militia", "the US-led coalition"."""
    i = match.last + 2
    return (
        i < len(scene.tokens)
        and scene.tokens[i - 1].text in ("-", "‑", "–")
        and scene.tokens[i].text.lower() in _HELPED
    )


def _of_place(scene: Scene, first: int, start: int) -> str | None:
    """The country of a place that owns or qualifies the noun: "Crimea's prime minister", "the Jalisco governor"."""
    owner = first - 2 if first > 1 and scene.tokens[first - 1].tag == "POS" else None
    for i in [*([owner] if owner is not None else []), *range(first, start)]:
        token = scene.tokens[i]
        known = token.text.lower() in scene.words.portfolios or singular(token.text.lower()) in scene.words.homes
        if token.tag[:3] == "NNP" and i not in scene.matches and not known:
            while i > 0 and scene.tokens[i - 1].dep == "compound" and scene.tokens[i - 1].head == i:
                i -= 1
            country = scene.place_country(i) or scene.place_country(token.i)
            if country is not None:
                return country
    return None


def _pronoun_before(scene: Scene, first: int) -> int | None:
    return first - 1 if first > 0 and scene.tokens[first - 1].tag == "PRP$" else None


def _noun(scene: Scene, first: int, head: int) -> tuple[Noun | None, int]:
    """The longest entry that ends at `head`, and the token it begins with."""
    for start in range(max(first, head - 2 * scene.words.longest), head + 1):
        if scene.tokens[start].tag in ("HYPH", "POS"):
            continue
        told = scene.text(start, head)
        opens = start == scene.bounds(start)[0] and scene.tokens[start].tag in ("NN", "NNS", "JJ", "VBG")
        noun = scene.words.noun(told[:1].lower() + told[1:] if opens else told)
        if noun is not None:
            return noun, start
    return None, head


def _after(scene: Scene, head: int, noun: Noun) -> tuple[int, str | None, State | Match | None, str | None]:
    """What follows the head: "of Foreign Affairs", "of Pakistan", "in Kharkiv"; the last token that is taken in."""
    tokens = scene.tokens
    _, high = scene.bounds(head)
    i, last, portfolio, country = head + 1, head, None, None
    found: State | Match | None = None
    joint = "of for" if noun.phrase in VOICES else "of"
    if i <= high and tokens[i].text.lower() in joint.split():
        begin = i + 1 + (i + 1 <= high and tokens[i + 1].tag == "DT")
        if singular(tokens[head].text.lower()) in _OFFICES:
            portfolio, ends = _portfolio_after(scene, begin, noun)
            if portfolio is not None:
                last = ends - 1
                if ends <= high and tokens[ends].text.lower() == "of":
                    begin = ends + 1 + (ends + 1 <= high and tokens[ends + 1].tag == "DT")
        one = tokens[head].tag in ("NN", "NNP")
        while one and begin < high and tokens[begin].tag == "JJ" and begin not in scene.matches:
            begin += 1  # "head of the regional FSB"
        match = scene.matches.get(begin)
        if match is not None and match.first == begin:
            if match.state is not None and match.meaning.role == "name":
                found, last = match.state, match.last
            elif isinstance(match.meaning.of, NamedActor):
                found, last = match, match.last
        if found is None and begin <= high:
            country = scene.place_country(begin) or _of_the_land(scene, begin)
    elif i + 1 <= high and tokens[i].text.lower() in ("in", "from"):
        found, country = _where(scene, i + 1, noun)
    return last, portfolio, found, country


def _of_the_land(scene: Scene, i: int) -> str | None:
    """The country of the land or town told of last, where a definite noun means it: "the governor of the province"."""
    word = scene.tokens[i].text.lower()
    after = scene.tokens[i + 1].text.lower() if i + 1 < len(scene.tokens) else ""
    if word not in _LANDS | _TOWNS or scene.tokens[i - 1].tag != "DT" or after in ("of", "in"):
        return None
    kinds = ("city", "district") if word in _TOWNS else ("admin1", "admin2", "region", "district")
    before = [
        start for start, place in scene.places.items() if start < scene.tokens[i].start and place.precision in kinds
    ]
    state = scene.lexicon.states.by_iso2(scene.places[max(before)].country) if before else None
    return state.iso3 if state is not None else None


def _portfolio_after(scene: Scene, begin: int, noun: Noun) -> tuple[str | None, int]:
    """The portfolio that begins at a token ("Foreign Affairs"), and the token after it; "the offices of the party" have
    none."""
    tokens = scene.tokens
    _, high = scene.bounds(begin - 1)
    j = begin
    while j <= high and tokens[j].tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "CC") and j not in scene.matches:
        if tokens[j].tag == "CC" and not (j + 1 <= high and tokens[j + 1].text[:1].isupper()):
            break
        if tokens[j].text[:1].isupper() != tokens[begin].text[:1].isupper() and tokens[j].tag != "CC":
            break
        j += 1
    if j > begin and tokens[j - 1].tag == "CC":
        j -= 1
    if j <= begin:
        return None, begin
    wanted = scene.text(begin, j - 1)
    known = scene.words.portfolios.get(wanted.lower())
    if known is None and not wanted[:1].isupper() and noun.phrase not in ("ministry", "minister"):
        return None, begin
    return known or wanted, j


def _where(scene: Scene, i: int, noun: Noun) -> tuple[State | None, str | None]:
    """The state of a body that sits at token `i` ("the Foreign Ministry in Nairobi"), the country of people there."""
    match = scene.matches.get(i)
    if noun.kind == "body":
        sits = match is not None and noun.sector == "GOV" and noun.phrase not in AWAY
        return (match.state if match is not None and sits else None), None
    i += scene.tokens[i].tag == "DT"
    match = scene.matches.get(i)
    if match is not None and match.state is not None and match.state.iso3:
        return None, match.state.iso3
    return None, scene.place_country(i) if i < len(scene.tokens) else None


def _portfolio(scene: Scene, first: int, head: int, noun: Noun, modifiers: list[str]) -> str | None:
    phrase = noun.phrase
    if phrase in _FIXED_OFFICE:
        return _FIXED_OFFICE[phrase]
    if singular(scene.tokens[head].text.lower()) not in _OFFICES:
        return None
    known = scene.words.portfolios
    if phrase.endswith(" minister") and phrase[: -len(" minister")] in known:
        return known[phrase[: -len(" minister")]]
    rest = [word for word in modifiers if word not in scene.words.ranks and word[:1].isalpha()]
    for start in range(len(rest)):
        if (name := known.get(" ".join(rest[start:]))) is not None:
            return name
    if rest and noun.phrase in ("ministry", "department", "minister") and rest[-1] not in ("prime",):
        return " ".join(rest).title()
    return None


def _sectors(scene: Scene, noun: Noun, modifiers: list[str], owner: Match | None, past: bool) -> tuple[str, ...]:
    words = scene.words
    sector: str | None = noun.sector if noun.sector != "UNK" else None
    of = owner.meaning.of if owner is not None else None
    if isinstance(of, NamedActor) and noun.kind == "people":
        if "IGO" in of.sectors and noun.phrase not in NATIONAL and noun.sector in ("GOV", "UNK", "SOC"):
            return ("IGO",)  # "UN envoy"
        serves = of.sectors_on(scene.date)[:1]
        if noun.sector == "UNK" or (noun.sector == "MIL" and serves and serves[0] in _RANKED):
            return serves  # "a corporal of the gendarmerie"
    if "armed forces" in " ".join(modifiers):
        modifiers = [word for word in modifiers if word != "armed"]
        modifiers.append("military")
    last = noun.phrase.rpartition(" ")[2]
    if last in words.flexible and noun.words == 1:
        told = [word for word in modifiers if noun.sector != "UNK" or noun.kind == "people" or word not in _LOCAL]
        said = next((words.modifiers[word] for word in reversed(told) if word in words.modifiers), None)
        if said == "GOV" and noun.sector == "MIL":
            said = "MIL"
        if said == "UAF" and noun.sector in ("COP", "MIL", "BUS"):
            said = None  # "armed guards"
        if said in ("OPP", "UAF") and noun.kind == "force":
            said = "REB" if said == "OPP" else "UAF"
        if said is None and owner is not None and isinstance(owner.meaning.of, NamedActor):
            return owner.meaning.of.sectors_on(scene.date)
        sector = said or sector
    elif last in words.hands and noun.words == 1:
        said = next((words.modifiers[word] for word in reversed(modifiers) if word in words.modifiers), None)
        sector = said if said in words.sides else sector
    if past and sector in ("GOV", "LEG", "MIL", "SPY", "COP", "JUD"):
        return (sector, "ELI")
    return (sector,) if sector else ()
