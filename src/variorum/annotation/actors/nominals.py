"""Actors named by what they are: "Kenya's police", "the Iranian foreign ministry", "armed groups", "three women"."""

from __future__ import annotations

from dataclasses import replace

from variorum.records import Token
from variorum.world.actors import NamedActor
from variorum.world.states import State

from .drafts import Draft, DraftKind, Scene, slug
from .phrases import NATIONAL, OTHER_STATES, OWNED_OFFICES, Phrase, describe, left_edge, owns_entry
from .vocabulary import singular
from .wording import wording

# Bodies that are the state as it acts: they share its key.
_GOVERNMENT = frozenset({"side", "government", "administration", "regime", "presidency", "leadership", "junta"})
# People of a named group who act as it: "Hamas fighters" are Hamas.
_RANK_AND_FILE = frozenset(
    {
        "fighter", "militant", "rebel", "force", "troop", "gunman", "insurgent", "group", "movement", "militia",
        "guerrilla", "jihadist", "militiaman", "terrorist", "faction", "organisation", "organization", "network",
        "party", "leadership", "government", "army", "coalition", "separatist", "gang", "cartel", "armed group",
        "militant group", "rebel group", "commission", "agency", "bloc", "alliance", "union",
    }
)  # fmt: skip
_QUANTITIES = frozenset(
    {"dozen", "score", "hundred", "thousand", "million", "couple", "pair", "handful", "group", "number"}
)
_UNITS = frozenset(
    {"company", "unit", "battalion", "brigade", "squad", "platoon", "column", "convoy", "patrol", "division",
     "garrison", "contingent", "detachment", "commando", "cell", "squadron"}
)  # fmt: skip
_ANY_OFFICERS = frozenset({"own", "senior", "junior", "several", "many", "other", "top", "young", "high-ranking"})
_TO_WHOM = frozenset({"with", "to", "from", "for", "at", "on", "among", "between", "without", "behind", "over"})
_UNIFORMED = frozenset({"officer", "deputy", "trooper", "cadet", "recruit"})
# What else a text tells of where "officers" are the military's, and "sailors" and "crew members" the navy's.
_BARRACKS = frozenset(
    {"coup", "putsch", "junta", "mutiny", "army", "troops", "soldiers", "barracks", "regiment", "battalion"}
)
_STATION = frozenset({"police", "policeman", "policemen", "station", "squad"})
_ARMS = frozenset({"MIL", "COP", "REB", "UAF", "PRM"})
_CHIEFS = frozenset({"leader", "chief"})
_NAVAL = frozenset({"navy", "warship", "warships", "frigate", "corvette", "destroyer", "submarine", "gunboat", "naval",
                    "torpedo", "minesweeper"})  # fmt: skip
_FLYING = frozenset({"army", "gunship", "warplane", "bomber", "jets", "chinook", "tank", "military", "squadron"})
_CREWS = frozenset({"sailor", "crew", "crew member", "crewman", "seaman"})
_UNIFORMS = frozenset({"peacekeeper", "soldier", "troop", "force", "commando", "paratrooper", "blue helmet"})
_SITES = frozenset({"embassy", "consulate", "high commission", "mission", "hospital", "university", "college", "church",
                    "clinic", "jet", "tank", "helicopter", "warship", "gunboat", "fighter jet", "warplane", "frigate",
                    "destroyer", "submarine", "palace", "presidential palace", "royal palace", "monastery", "shipyard",
                    "town hall", "city hall", "helicopter gunship", "armoured vehicle", "polytechnic"})  # fmt: skip
_FIRMS = frozenset({"contractor", "bank", "company", "firm", "business", "union", "airline", "church", "hospital"})
_PARTICIPLES = frozenset(
    {"wounded", "injured", "displaced", "dispossessed", "bereaved", "accused", "condemned", "trapped", "dead",
     "missing", "stranded", "homeless", "faithful"}
)  # fmt: skip
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "VBN", "VBD", "JJ", "VB", "VBP"})
_NEVER_VERBS = frozenset({"parliament", "congress", "police", "troops", "government", "rebels", "militants"})
# Nouns that before a deed only say of what kind it is ("military action").
_ADJECTIVAL = frozenset({"military", "artillery", "intelligence", "media", "press", "security", "terrorist", "people"})


def find_nominals(scene: Scene) -> None:
    """Add every actor that a noun of the vocabulary names, in text order."""
    for token in scene.tokens:
        if token.tag not in _NOUN_TAGS or singular(token.text.lower()) not in scene.words.heads:
            continue
        if token.i in scene.claimed or token.i in scene.matches or not _is_noun(scene, token):
            continue
        qualifies = token.dep in ("compound", "nmod", "amod") and token.head > token.i
        if qualifies and not _qualifies_deed(scene, token.i) and not _many(scene, token):
            continue
        if token.dep == "poss" and (
            scene.tokens[token.head].text.lower() in OWNED_OFFICES or owns_entry(scene, token.i, token.head)
        ):
            continue  # "the sheriff's office", "the truckers' union"
        limit = token.head if qualifies else token.i
        phrase = describe(scene, token.i, left_edge(scene, token.i, limit))
        if phrase is not None and not scene.free(phrase.head, phrase.last):
            phrase.last = phrase.head  # "fighters of the …": who they are of is a mention of its own
        if phrase is None or not scene.free(phrase.first, phrase.last) or _names_next(scene, phrase):
            continue
        draft = nominal_draft(scene, phrase)
        if draft is not None:
            _loyal(scene, draft)
            scene.add(draft)
            if draft.link is None and phrase.state is not None:
                _coordinated(scene, phrase)


def _loyal(scene: Scene, draft: Draft) -> None:
    """Take the name in that says whose men they are: "troops loyal to the president"."""
    i = draft.last + 1
    if not draft.plural or i + 2 >= len(scene.tokens):
        return
    if draft.sector not in _ARMS or scene.text(i, i + 1) != "loyal to":
        return
    i += 2 + (i + 2 < len(scene.tokens) and scene.tokens[i + 2].tag in ("DT", "PRP$"))
    named = scene.claimed.get(i)
    if named is None or named.first != i or named.link is not None:
        return
    scene.drafts.remove(named)
    draft.last, draft.country = named.last, draft.country or named.country
    draft.name, draft.generic = scene.tokens[draft.head].text.lower(), True
    draft.slug = slug(draft.name)


def _coordinated(scene: Scene, phrase: Phrase) -> None:
    """Add one actor for each further state of "British, French and German soldiers": its mention is the adjective."""
    tokens = scene.tokens
    first = phrase.first
    while first >= 2 and (tokens[first - 1].tag == "CC" or tokens[first - 1].text == ","):
        match = scene.matches.get(first - 2)
        comma = tokens[first - 1].text == ","
        if match is None or match.state is None or match.last != first - 2 or not scene.free(match.first, match.last):
            return
        if scene.sentence[match.first] != scene.sentence[phrase.head] or match.state is phrase.state:
            return
        joined = tokens[scene.head(match.first, match.last)]
        if comma and first == phrase.first:
            return
        if match.meaning.role not in ("adjective", "demonym") and joined.dep not in ("amod", "compound", "nmod"):
            return
        other = replace(phrase, first=match.first, last=match.last, head=match.last, state=match.state, owner=None)
        source = scene.claimed[phrase.head]
        draft = Draft(match.first, match.last, match.last, "people", "", "", sectors=source.sectors)
        draft.kind, draft.phrase, draft.noun, draft.plural = source.kind, other, phrase.noun.phrase, phrase.plural
        draft.generic = source.generic
        name_draft(scene, draft, replace(other, head=phrase.head), match.state)
        draft.because("shares its noun", note=phrase.noun.phrase)
        scene.add(draft)
        first = match.first


def _is_noun(scene: Scene, token: Token) -> bool:
    """Whether a token is a noun, or a participle that stands for people ("the wounded")."""
    if token.tag[:2] == "NN":
        return True
    word = token.text.lower()
    if token.tag in ("VBN", "JJ", "VBD"):
        before = scene.tokens[token.i - 1].tag if token.i else ""
        after = scene.tokens[token.i + 1].tag if token.i + 1 < len(scene.tokens) else ""
        alone = before == "CD" and after[:2] not in ("NN", "JJ", "CD") and word != "missing"
        acting = token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj")
        return word in _PARTICIPLES and (alone or (before in ("DT", "CD") and acting))
    return token.tag in ("VB", "VBP") and word in _NEVER_VERBS


def _many(scene: Scene, token: Token) -> bool:
    """Whether a plural that the model puts before another noun is people by itself: "told MPs exams would go on"."""
    noun = scene.words.noun(token.text)
    return token.tag == "NNS" and noun is not None and noun.sector != "UNK" and token.i + 1 < len(scene.tokens) and (
        noun.kind == "people" or noun.phrase in ("militia", "gang")
    )  # fmt: skip


def _names_next(scene: Scene, phrase: Phrase) -> bool:
    """ "rebel group M23", "news agency Tanjug": the noun belongs to the name that follows it, which takes it in."""
    if phrase.noun.kind != "body" or phrase.plural:
        return False
    named = scene.claimed.get(phrase.last + 1)
    if named is None or named.first != phrase.last + 1 or named.kind not in ("group", "organisation", "media", "force"):
        return False
    take_in(scene, named, phrase.first)
    if not named.sectors:
        named.sectors = phrase.sectors
    if named.country is None and phrase.state is not None:
        named.country = phrase.state.iso3
    return True


def take_in(scene: Scene, draft: Draft, first: int) -> None:
    """Let a mention begin at an earlier token."""
    draft.first = first
    for i in range(first, draft.last + 1):
        scene.claimed[i] = draft
    draft.head = scene.head(first, draft.last)


def _qualifies_deed(scene: Scene, i: int) -> bool:
    head = scene.tokens[scene.tokens[i].head]
    noun = scene.words.noun(scene.tokens[i].text)
    if noun is None or noun.phrase in scene.words.weak or noun.phrase in _ADJECTIVAL:
        return False
    return scene.words.is_deed(head) and head.i == i + 1


def _no_actor(scene: Scene, phrase: Phrase) -> bool:
    """Whether the noun names land, a place, a building, a machine or a state of things here."""
    noun = phrase.noun
    before = scene.tokens[phrase.first - 1] if phrase.first > 0 else None
    if noun.phrase == "department":
        return phrase.portfolio not in scene.words.portfolio_names  # "Tolima Department"
    if noun.phrase == "house" and phrase.plural:
        return True
    if noun.phrase == "side":
        return phrase.state is None
    if noun.phrase == "front":
        return before is not None and before.text.lower() == "in"  # "in front of"
    if noun.phrase in ("hostage", "prisoner", "captive"):  # "held hostage"
        bare = before is not None and before.tag in ("VBN", "VBD", "VB", "NN", "RB") and phrase.first == phrase.head
        return bare and not phrase.plural
    if (
        noun.sector == "CVL"
        and noun.words == 1
        and scene.tokens[phrase.head].tag == "NNP"
        and phrase.first == phrase.head
    ):
        counted = before is not None and before.tag in ("DT", "CD", "JJ")
        return not counted and not scene.shouted(phrase.head) and not _opens(scene, phrase.head)  # a surname
    machines = phrase.plural and noun.kind == "force"
    return noun.phrase in _SITES and not machines and not _speaks_for(scene, phrase)


def nominal_draft(scene: Scene, phrase: Phrase) -> Draft | None:
    noun = phrase.noun
    if _no_actor(scene, phrase):
        return None
    named = any(
        scene.tokens[i].tag == "JJ" and scene.tokens[i].text[:1].isupper() and i > scene.bounds(i)[0]
        for i in range(phrase.first, phrase.head)
    )
    known = phrase.state is not None or phrase.owner is not None or phrase.portfolio is not None
    known = known or (named and phrase.plural)
    definite = _definite(scene, phrase)
    bare = not known and not phrase.modifiers
    weak = noun.phrase in scene.words.weak and not known
    if (weak or noun.listed) and not _acts(scene, phrase, definite):
        return None
    told = _apposed(scene, phrase)
    kind: DraftKind = noun.kind
    if noun.kind == "people" and not phrase.plural:
        kind = "person"
    elif noun.kind == "body" and phrase.plural and noun.phrase in scene.words.same:
        kind = "force"  # "armed forces"
    elif noun.kind == "body" and phrase.plural:
        kind = "people"
    elif noun.kind == "body" and noun.sector in ("REB", "UAF", "PRM", "CRM", "UNK", "PTY"):
        kind = "group"
    elif noun.kind == "body" and noun.sector == "JRN":
        kind = "media"
    draft = Draft(phrase.first, phrase.last, phrase.head, kind, "", "", sectors=phrase.sectors)
    draft.phrase, draft.noun, draft.plural = phrase, noun.phrase, phrase.plural
    if noun.phrase in _UNIFORMED and noun.sector in draft.sectors and not set(phrase.modifiers) - _ANY_OFFICERS:
        draft.sectors = _uniform(scene, phrase)
    if noun.phrase in _CREWS and scene.lowered & (_NAVAL | _FLYING):
        draft.sectors = ("MIL",)
    if (
        noun.phrase in _CHIEFS
        and draft.sectors == ("GOV",)
        and named
        and phrase.plural
        and not (phrase.state or phrase.owner)
    ):
        draft.sectors = ("CVL",)  # "Mapuche leaders": a people's own
    proper = noun.words > 1 and scene.tokens[phrase.head].tag[:3] == "NNP" and not scene.shouted(phrase.head)
    draft.definite = definite and bare and phrase.possessive is None and not proper
    draft.generic = kind in ("people", "person", "group", "media") or (kind == "force" and phrase.state is None)
    if noun.phrase in scene.words.male:
        draft.gender = "male"
    elif noun.phrase in scene.words.female:
        draft.gender = "female"
    name_draft(scene, draft, phrase, _state_of(scene, draft, phrase))
    if told is not None:
        tell(draft, told)
        return draft
    if draft.country is None and phrase.country is not None:
        draft.country = phrase.country
        draft.because("place in the phrase", note=phrase.country)
    draft.because("noun", note=noun.phrase)
    return draft


def _state_of(scene: Scene, draft: Draft, phrase: Phrase) -> State | None:
    """The state of an actor by the phrase; none of those who are other states than the one in it: "Rwanda's
    neighbours", who are governments."""
    owned = any(scene.tokens[i].tag == "POS" for i in range(phrase.first, phrase.head))
    if phrase.state is None or phrase.noun.phrase not in OTHER_STATES or not owned:
        return phrase.state
    draft.sectors = ("GOV",)
    return None


def _opens(scene: Scene, i: int) -> bool:
    """Whether a plural that opens a sentence has its capital from there alone ("Mobs burned …")."""
    word, after = scene.tokens[i].text, scene.tokens[i + 1 : i + 2]
    if (
        i != scene.bounds(i)[0]
        or scene.entity.get(i, (0, 0, ""))[2] == "PERSON"
        or singular(word.lower()) == word.lower()
    ):
        return False
    return not (after and after[0].text[:1].isupper())


def _speaks_for(scene: Scene, phrase: Phrase) -> bool:
    """Whether what is as often a building or a machine acts here: the subject of a verb, or who does it by "by"."""
    token = scene.tokens[phrase.head]
    while token.dep == "conj" and token.head < token.i:
        token = scene.tokens[token.head]
    above = scene.tokens[token.head]
    if token.dep == "nsubj":
        return scene.words.is_verb(above, scene.words.say) or scene.words.is_verb(above, scene.words.govern)
    if token.dep == "pobj":
        return above.dep == "agent" or (
            above.text.lower() == "to" and scene.tokens[above.head].text.lower() == "according"
        )
    return token.dep == "poss" and scene.words.is_deed(above)


def _uniform(scene: Scene, phrase: Phrase) -> tuple[str, ...]:
    """Whose officers: the military's or the police's, whoever was told of last; deputies are a sheriff's if one is."""
    if phrase.noun.phrase == "deputy":
        return ("COP",) if any(word in scene.lowered for word in ("sheriff", "sheriffs")) else phrase.sectors
    for draft in reversed(scene.drafts):
        if draft.first < phrase.first and draft.sector in ("MIL", "COP"):
            return (draft.sector,)
    if phrase.sectors == ("MIL",):
        low, high = scene.bounds(phrase.head)
        near = {token.text.lower() for token in scene.tokens[low : high + 1]}
        return ("COP",) if "police" in near and not near & _BARRACKS else phrase.sectors
    words = scene.lowered
    return ("MIL",) if words & _BARRACKS and not words & _STATION else phrase.sectors


def _apposed(scene: Scene, phrase: Phrase) -> Draft | None:
    """The named group that the phrase only explains: "Jaysh al-Nasr, an armed group,"."""
    i = phrase.first - 1
    if i >= 0 and scene.tokens[i].tag == "DT":
        i -= 1
    if phrase.noun.phrase in OTHER_STATES and not phrase.plural:
        return _named_behind(scene, phrase.last)
    if phrase.noun.kind == "body" and not phrase.plural and _definite(scene, phrase):
        named = _named_behind(scene, phrase.last)
        if named is not None and scene.tokens[named.last + 1 : named.last + 2][0].text == ",":
            return named  # "the group, the Salt Front, …"
    told = scene.claimed.get(i - 1) if i > 0 and scene.tokens[i].text in (",", "–", "—", "(") else None
    if told is None or phrase.plural or told.last != i - 1 or phrase.noun.kind == "people" or told.kind == "state":
        return None
    if scene.tokens[phrase.head].dep in ("nsubj", "nsubjpass"):
        return None  # "…, the army said"
    closed = phrase.last + 1 >= len(scene.tokens) or scene.tokens[phrase.last + 1].text not in ("and", "or", ",'s")
    hangs = scene.tokens[phrase.head].dep == "appos" or scene.tokens[phrase.last + 1 : phrase.last + 2] == ()
    return told if closed and (hangs or told.kind in ("group", "organisation")) else None


def _named_behind(scene: Scene, last: int) -> Draft | None:
    """The named group behind the comma after a phrase: "its rival, the Salt Front,"."""
    i = last + 2
    if i + 1 >= len(scene.tokens) or scene.tokens[i - 1].text != ",":
        return None
    i += scene.tokens[i].tag == "DT"
    named = scene.claimed.get(i)
    found = named is not None and named.first == i and named.kind in ("group", "organisation", "force")
    return named if found and scene.sentence[i] == scene.sentence[last] else None


def tell(draft: Draft, told: Draft) -> None:
    """Make a phrase the mention of the one that it explains."""
    if not told.sectors:
        told.sectors = draft.sectors
    told.country = told.country or draft.country
    draft.link, draft.kind = told, told.kind
    draft.name, draft.slug, draft.country = told.name, told.slug, told.country
    draft.sectors, draft.generic = told.sectors, told.generic
    draft.because("apposition", note=told.name)


def name_draft(scene: Scene, draft: Draft, phrase: Phrase, state: State | None) -> None:
    """Give a nominal mention its name and slug for the state that it belongs to; also when that is found later."""
    words = scene.words
    noun = phrase.noun
    if phrase.owner is not None and isinstance(phrase.owner.meaning.of, NamedActor):
        _name_by_owner(scene, draft, phrase, state, phrase.owner.meaning.of)
        return
    if state is not None:
        draft.country = state.iso3 or state.parent
        draft.because("country in the phrase", note=state.name)
    governs = noun.phrase in _GOVERNMENT or (noun.phrase == "authority" and phrase.plural)
    if state is not None and governs and not set(phrase.modifiers) - words.ranks:
        draft.name, draft.slug, draft.sectors, draft.kind = state.name, slug(state.name), ("GOV",), "state"
        draft.generic = False
        return
    adjective = (state.adjectives[0] if state.adjectives else state.name) if state is not None else ""
    if phrase.portfolio is not None and noun.kind == "body":
        office = "Department" if noun.phrase in ("department", "state department") else "Ministry"
        bracket = f" ({state.name})" if state is not None else ""
        draft.name, draft.slug = f"{office} of {phrase.portfolio}{bracket}", slug(f"ministry of {phrase.portfolio}")
        draft.generic, draft.kind, draft.sectors = False, "body", draft.sectors or ("GOV",)
        return
    if phrase.portfolio is not None and noun.phrase.endswith("minister") and not phrase.plural:
        bracket = f" ({state.name})" if state is not None else ""
        former = "former " if phrase.past else ""
        draft.name = f"{former}Minister of {phrase.portfolio}{bracket}"
        draft.slug = slug(f"{former}minister of {phrase.portfolio}")
        draft.generic = state is None
        return
    canonical = words.same.get(_last(noun.phrase), None) if not _telling(scene, phrase) else None
    counted = noun.kind == "force" and any(scene.tokens[i].tag == "CD" for i in range(phrase.first, phrase.head))
    what = (canonical if not counted else None) or " ".join(
        [*dict.fromkeys([*_telling(scene, phrase), *_compounds(scene, phrase)]), _shown(scene, phrase)]
    )
    if canonical is not None and phrase.plural and noun.kind != "force" and canonical not in ("police", "military"):
        what = canonical
    draft.name = f"{adjective} {what}".strip()
    draft.slug = slug(canonical or " ".join([*_telling(scene, phrase), noun.phrase]))
    if phrase.past and "former" not in draft.name.lower().split():
        draft.name, draft.slug = f"former {draft.name}", f"former-{draft.slug}"


def _name_by_owner(scene: Scene, draft: Draft, phrase: Phrase, state: State | None, of: NamedActor) -> None:
    """Name who is of an actor that the lexicon knows: as that actor, or by what they are of it."""
    words, noun = scene.words, phrase.noun
    draft.country = state.iso3 if state is not None and state.iso3 else of.country
    # "Ogoni activists" are activists, a group's relatives and a body's aid workers are what they are
    people = of.sectors[:1] == ("CVL",) or noun.phrase in wording().others or noun.listed
    if noun.phrase in wording().others:
        draft.sectors = (noun.sector,) if noun.sector != "UNK" else ("CVL",)
        draft.name, draft.slug = _shown(scene, phrase), slug(noun.phrase)
        return
    if of.kind == "group" and _parted(phrase):
        what = " ".join([*(word for word in phrase.modifiers if word in wording().parting), _shown(scene, phrase)])
        former = "former " if phrase.past else ""
        draft.name, draft.slug = f"{former}{of.name} {what}", slug(f"{former}{of.name} {noun.phrase}")
        draft.sectors = of.sectors_on(scene.date)[:1] if of.sectors[0] in _ARMS else phrase.sectors
        draft.kind, draft.generic = "people" if phrase.plural else "group", True
        return
    if of.sectors[:1] == ("BUS",) and noun.sector in ("LAB", "UNK") and noun.kind == "people":
        draft.sectors = ("BUS",)
    unit = noun.phrase in _UNITS and of.sectors[:1] and of.sectors[0] in _ARMS
    ranks = (
        (noun.phrase in _RANK_AND_FILE and not people)
        or unit
        or (not people and phrase.plural and not ("IGO" in of.sectors and noun.phrase in NATIONAL))
    )
    if ranks and phrase.portfolio is None:
        uniformed = "IGO" in of.sectors and noun.phrase in _UNIFORMS
        draft.name, draft.slug, draft.sectors = of.name, slug(of.name), of.sectors_on(scene.date)
        draft.sectors = ("MIL", *draft.sectors) if uniformed else draft.sectors
        described = noun.phrase not in _RANK_AND_FILE | _UNIFORMS or any(
            scene.tokens[i].tag == "CD" for i in range(phrase.first, phrase.head)
        )
        if phrase.plural and described and of.sectors[0] not in ("REB", "UAF", "PRM", "CRM"):
            draft.name = f"{of.name} {_shown(scene, phrase)}"  # "60 EU monitors"
        draft.kind, draft.generic = ("group" if of.kind == "group" else "organisation"), False
        return
    if of.kind == "media" and noun.kind == "body" and noun.sector == "JRN":  # "Tanjug news agency"
        draft.name, draft.slug, draft.sectors = of.name, slug(of.name), of.sectors_on(scene.date)
        draft.kind, draft.generic = "media", False
        return
    if "IGO" in of.sectors and noun.phrase not in NATIONAL and noun.sector in ("GOV", "UNK", "SOC", "IGO"):
        draft.sectors = ("IGO", *draft.sectors)
    what = " ".join([*(word for word in phrase.modifiers if word not in words.ranks), _shown(scene, phrase)])
    draft.name, draft.slug = f"{of.name} {what}", slug(f"{of.name} {what}")
    return


def _parted(phrase: Phrase) -> bool:
    """Whether those who are told by a group have left it: its dissidents, a splinter of it, former fighters."""
    words = {phrase.noun.phrase, phrase.noun.phrase.partition(" ")[0], _last(phrase.noun.phrase)}
    return phrase.past or bool(words & wording().parted) or bool(set(phrase.modifiers) & wording().parting)


def _last(phrase: str) -> str:
    before, space, last = phrase.rpartition(" ")
    return before + space + singular(last)


def _telling(scene: Scene, phrase: Phrase) -> list[str]:
    """The modifiers that tell one such actor from another: sectors and proper names, no "senior" or "several"."""
    words = scene.words
    telling = []
    for i in range(phrase.first, phrase.head):
        token = scene.tokens[i]
        word = token.text.lower()
        if (
            word not in phrase.modifiers
            or word in words.ranks
            or word in words.honorifics
            or word in _QUANTITIES
            or word in phrase.noun.phrase.split()
        ):
            continue
        if (
            (word in words.modifiers and word not in ("local", "state"))
            or token.tag in ("NNP", "NNPS")
            or i in scene.entity
            or word in words.portfolios
        ):
            telling.append(_as_told(scene, i))
    return telling


def _compounds(scene: Scene, phrase: Phrase) -> list[str]:
    """Common nouns right before the noun, which tell of what kind they are ("petrol bombers")."""
    found: list[str] = []
    own = phrase.noun.phrase.split()
    i = phrase.head - 1
    while i >= phrase.first and scene.tokens[i].tag == "NN" and scene.tokens[i].text.islower():
        word = scene.tokens[i].text
        known = scene.words
        if word in known.modifiers or word in known.ranks or word in known.portfolios or word in _QUANTITIES:
            break
        if word not in own:
            found.insert(0, word)
        i -= 1
    return found


def _as_told(scene: Scene, i: int) -> str:
    token = scene.tokens[i]
    if scene.shouted(i):
        return token.text.capitalize() if scene.entity.get(i, (0, 0, ""))[2] == "NORP" else token.text.lower()
    return token.text if token.tag in ("NNP", "NNPS", "JJ") and token.text[:1].isupper() else token.text.lower()


def _shown(scene: Scene, phrase: Phrase) -> str:
    """The noun as it is shown: its entry, plural where the text has it so."""
    token = scene.tokens[phrase.head]
    proper = (
        not scene.shouted(token.i)
        and token.tag in ("NNP", "NNPS")
        and phrase.noun.words == 1
        and phrase.noun.sector == "REL"
    )
    last = token.text if proper else token.text.lower()
    before = phrase.noun.phrase.rpartition(" ")[0]
    return f"{before} {last}".strip()


def _definite(scene: Scene, phrase: Phrase) -> bool:
    i = phrase.first - 1
    if i < 0 or scene.tokens[i].tag != "DT":
        return False  # "said that snipers had fired"
    return scene.tokens[i].text.lower() in ("the", "this", "that", "these", "those")


def _acts(scene: Scene, phrase: Phrase, definite: bool) -> bool:
    """Whether a noun of many meanings is one who acts here: the subject of a verb, the agent of a passive, a victim."""
    token = scene.tokens[phrase.head]
    words = scene.words
    counted = phrase.plural and scene.tokens[max(0, phrase.first - (not phrase.modifiers))].tag == "CD"
    does = phrase.plural and token.dep == "nsubj" and scene.tokens[token.head].pos == "VERB"
    people = phrase.noun.kind == "people" and (phrase.noun.sector != "UNK" or counted or does)
    if phrase.plural and phrase.noun.sector != "UNK" and (people or phrase.noun.phrase in _FIRMS):
        return token.dep in ("nsubj", "nsubjpass", "dobj", "dative", "pobj", "conj", "appos", "ROOT")
    while token.dep == "conj":
        token = scene.tokens[token.head]
    above = scene.tokens[token.head]
    if token.dep in ("nsubj", "nsubjpass"):
        deeds = phrase.noun.sector != "UNK" and words.is_verb(above, words.govern)
        deeds = deeds or (
            phrase.plural and phrase.noun.kind == "force" and above.pos == "VERB" and token.dep == "nsubj"
        )
        return people or deeds or words.is_verb(above, words.say)
    if token.dep == "pobj" and above.dep == "agent":
        return True
    if token.dep == "poss" and above.tag[:2] == "NN":
        of = words.noun(above.text)
        return (of is not None and of.kind == "people") or (people and words.is_deed(above))
    if token.dep in ("dobj", "dative"):
        return people or words.is_verb(above, words.deal)
    if token.dep == "pobj":
        governor = scene.tokens[above.head]
        if above.text.lower() == "to" and governor.text.lower() == "according":
            return True
        word = above.text.lower()
        if phrase.noun.phrase == "opposition" and word in ("to", "with", "against", "between", "from"):
            return True
        if people and not phrase.noun.listed and governor.pos in ("VERB", "AUX") and word in _TO_WHOM:
            return True
        return people and (words.is_deed(governor) or word in ("against", "of", "by", "including"))
    return people and (token.dep in ("appos", "attr") or (token.dep == "ROOT" and not phrase.noun.listed))
