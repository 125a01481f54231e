"""Persons: names with the offices that the text or the lexicon gives them, and surnames after full names."""

from __future__ import annotations

import re

from variorum.world.actors import NamedActor, NamedPerson, Term
from variorum.world.names import alike, name_key

from .drafts import Draft, Gender, Scene, slug
from .known import CHIEF, known_person, leads
from .names import PARTICLES
from .phrases import Phrase, describe, left_edge
from .shapes import codename, is_noun, looks_like_group, of_a_thing, only_where, shaped_names

_ROLE_SECTORS = {
    "head of state": "GOV", "head of government": "GOV", "foreign minister": "GOV", "defence minister": "GOV",
    "deputy head of government": "GOV", "deputy head of state": "GOV", "senior official": "GOV",
    "government official": "GOV", "interior/security": "GOV", "military": "MIL", "military/defence": "MIL",
    "armed group leader": "REB", "IGO head": "IGO", "legislature": "LEG", "intelligence": "SPY", "police": "COP",
    "opposition leader": "OPP", "party leader": "PTY", "paramilitary leader": "PRM", "gang leader": "CRM",
    "religious leader": "REL", "militant": "UAF", "judge": "JUD", "journalist": "JRN", "campaigner": "SOC",
    "businessman": "BUS", "academic": "EDU", "union leader": "LAB", "farmers' leader": "AGR",
}  # fmt: skip
_CROWNED = frozenset(
    {"king", "queen", "pope", "prince", "princess", "sultan", "emir", "shah", "tsar", "czar", "emperor", "empress",
     "patriarch", "catholicos", "archduke", "duke", "kaiser", "aga", "karmapa", "mwami", "kabaka", "sheikh"}
)  # fmt: skip
_RANKED = frozenset({"COP", "REB", "PRM", "UAF", "SPY"})
_ADDRESS = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "father", "sister", "brother", "madam"})
_CLERICAL = frozenset({"Father", "Sister", "Brother"})
_LEFT = frozenset({"GOV", "LEG", "MIL", "SPY", "COP"})  # offices that one can have left
_RECENT = 10  # years for which who led a state is told of as a politician, in opposition by then
_IN_OFFICE = frozenset({"interim", "acting", "caretaker", "transitional"})
_CAREERS = frozenset({"foreign minister", "defence minister", "interior/security", "deputy head of government",
                      "deputy head of state", "senior official"})  # fmt: skip
_FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "HKG", "KHM"})
_NAME_TAGS = ("NNP", "NNPS", "NN", "JJ", "FW", "NNS")
_ARTICLES = ("al", "el", "bin", "ibn", "van", "von", "de", "da", "dos", "del", "ben")


_NO_PERSON = re.compile(r"[-‑ ](?:I{1,3}|IV|VI{0,3}|IX|X)$|[_@/]|://")
_NICKNAME = re.compile(r"""\s["“‘'][^"”’']+["”’']\s""")
_QUOTES = frozenset({'"', "'", "“", "”", "‘", "’", "``", "''", "`"})
_MISTAKEN = frozenset({"ORG", "GPE", "PRODUCT", "WORK_OF_ART"})


def find_persons(scene: Scene) -> None:
    """Add every person that is named, in text order, each surname tied to the full name before it."""
    surnames: dict[str, Draft] = {}
    for first, last in _spans(scene):
        if not scene.free(first, last):
            continue
        draft = _person(scene, first, last, surnames)
        if draft is not None:
            scene.add(draft)
            _remember(draft, surnames)
    _stray_surnames(scene, surnames)


def _spans(scene: Scene) -> list[tuple[int, int]]:
    """Stretches that may name a person: the model's and the lexicon's, the longer where they overlap."""
    spans: set[tuple[int, int]] = set()
    for first, last, label in set(scene.entity.values()):
        if label != "PERSON" and not (label in _MISTAKEN and _leader_alone(scene, first, last)):
            continue
        while last >= first and scene.tokens[last].tag not in _NAME_TAGS:
            last -= 1
        while first < last and scene.tokens[first].tag not in _NAME_TAGS:
            first += 1
        last = _with_surname(scene, last)
        if last >= first:
            spans.add((first, last))
    for match in {id(m): m for m in scene.matches.values()}.values():
        if isinstance(match.meaning.of, NamedPerson):
            spans.add((match.first, match.last))
    for token in scene.tokens:  # "Mubarak gone": a leader whom the model missed
        if token.tag == "NNP" and token.i not in scene.entity and _leader_alone(scene, token.i, token.i):
            spans.add((token.i, token.i))
    spans.update(shaped_names(scene))
    chosen: list[tuple[int, int]] = []
    for first, last in sorted(spans, key=lambda span: (span[0], -span[1])):
        if chosen and first <= chosen[-1][1]:
            continue
        begin = _nicknamed(scene, first)
        if begin is not None:  # 'Joao "Beto" Silva'
            while chosen and chosen[-1][0] >= begin:
                chosen.pop()
            if chosen and chosen[-1][1] >= begin:
                begin = chosen.pop()[0]
        chosen.append((first if begin is None else begin, last))
    return chosen


def _nicknamed(scene: Scene, first: int) -> int | None:
    """The first token of a name whose nickname in quotation marks ends right before a token; None where none does."""
    tokens = scene.tokens
    low, _ = scene.bounds(first)
    if first - low < 4 or tokens[first - 1].text not in _QUOTES or tokens[first].tag[:3] != "NNP":
        return None
    for i in range(first - 3, max(low, first - 7), -1):
        if tokens[i].text in _QUOTES:
            begin = i
            while begin > low and tokens[begin - 1].tag == "NNP" and tokens[begin - 1].text[:1].isupper():
                begin -= 1
            return begin if begin < i and begin not in scene.matches else None
    return None


def _leader_alone(scene: Scene, first: int, last: int) -> bool:
    """Whether what the model took for an organisation or a place is the surname of one leader of a state that day."""
    name = scene.text(first, last)
    if " " in name or len(name) < 4 or first in scene.matches or scene.is_place(first, last) or name.isupper():
        return False
    return sum(leads(person, scene.date) for person in scene.lexicon.surnamed(name)) == 1


def _with_surname(scene: Scene, last: int) -> int:
    """The last token of a name whose surname the model may have cut off."""
    token = scene.tokens[last]
    cut = token.text.lower() in PARTICLES and last < scene.bounds(last)[1]
    if cut and scene.tokens[last + 1].tag[:2] == "NN" and scene.tokens[last + 1].text[:1].isupper():
        return last + 1  # "Saleh Ould Hannena"
    after = token.head
    if after != last + 1 or token.dep != "compound" or token.tag != "NNP" or scene.tokens[after].tag != "NNP":
        return last
    return last if is_noun(scene, after) else after


def _person(scene: Scene, first: int, last: int, surnames: dict[str, Draft]) -> Draft | None:
    tokens, words = scene.tokens, scene.words
    if _other_name(scene, first, last):
        return None
    begin = _begins(scene, first, last)
    if begin == last and tokens[begin].text.lower() in words.honorifics:
        return None
    name = _NICKNAME.sub(" ", scene.shown(begin, last))
    if not _could_be(scene, begin, last, name):
        return None
    role, appositive = _role(scene, begin, last)
    told = _told_before(name, surnames) if begin == last else None
    known = known_person(scene, begin, last, name, role or appositive) if told is None else None
    unsaid = known is None and role is None and appositive is None
    if unsaid and (only_where(scene, last) or of_a_thing(scene, scene.head(begin, last), last)):
        return None
    if told is None and begin == last and scene.is_place(first, last) and _of_or_in(scene, begin, role):
        return None  # "in Leon", "the police chief of Garissa, …"
    if unsaid and (scene.is_place(first, last) or looks_like_group(scene, first, last)):
        return None
    said = appositive if appositive is not None and appositive.noun.kind == "people" else role or appositive
    if said is not None and said.noun.kind != "people" and said is appositive:
        return None  # "Jaysh al-Nasr, an armed group"
    head = scene.head(begin, last)
    earlier = told or surnames.get(name_key(name if known is None else known.name))
    apart = role is not None and _introduced(scene, role, begin)
    start = _behind_owner(scene, role) if role is not None and not apart else first
    draft = Draft(first=start, last=last, head=head, kind="person", name=name, slug=slug(name))
    draft.phrase = said
    if earlier is not None and (said is None or said.state is None or earlier.country in (None, said.state.iso3)):
        _same_person(draft, earlier)
    elif known is not None:
        _from_lexicon(scene, draft, known)
    if said is not None:
        _office(scene, draft, said)
        if said is appositive:
            for i in range(said.first, said.last + 1):
                if said.owner is None or not said.owner.first <= i <= said.owner.last or i <= said.head:
                    scene.claimed.setdefault(i, draft)
    _affiliate(scene, draft, begin, last)
    if not draft.sectors:
        _unplaced(scene, draft, begin, private=unsaid and earlier is None and _aged(scene, last))
    _gender(scene, draft, first, begin)
    return draft


def _told_before(name: str, surnames: dict[str, Draft]) -> Draft | None:
    """The person before who has this name, or the only one whose surname it may spell in another way."""
    key = name_key(name)
    if key in surnames:
        return surnames[key]
    near = {id(draft): draft for spelt, draft in surnames.items() if " " not in spelt and alike(spelt, key)}
    return next(iter(near.values())) if len(near) == 1 else None


def _of_or_in(scene: Scene, i: int, role: Phrase | None) -> bool:
    """Whether a name of one word stands behind "of", or without a role behind "in" and its kind."""
    before = scene.tokens[i - 1].text.lower() if i else ""
    return before == "of" or (role is None and only_where(scene, i))


def _behind_owner(scene: Scene, role: Phrase) -> int:
    """Where the mention of one with a role begins: behind a group that owns it, which is a mention of its own ("the
    LTTE's leader, …")."""
    owner = role.owner
    owns = owner is not None and owner.first == role.first and scene.tokens[owner.last + 1].tag == "POS"
    return owner.last + 2 if owner is not None and owns and owner.last + 2 <= role.head else role.first


def _begins(scene: Scene, first: int, last: int) -> int:
    """The first token of a name behind forms of address and titles."""
    begin = first
    while begin < last and scene.tokens[begin].text.lower().rstrip(".") in scene.words.honorifics:
        begin += 1
    while begin < last - 1 and _titled(scene, begin):
        begin += 1  # "Dean Piotr Wolak"
    return begin


def _titled(scene: Scene, i: int) -> bool:
    """Whether the first word of a name is a role rather than a given name."""
    noun = scene.words.nouns.get(scene.tokens[i].text.lower())
    return noun is not None and noun.kind == "people" and not noun.listed and noun.sector not in ("CVL", "UNK", "AGR")


def _introduced(scene: Scene, role: Phrase, begin: int) -> bool:
    """ "an engineer, Pavel Dusek": one whom nobody knows is told of before the name; a mention of its own."""
    between = scene.text(role.last, begin - 1)[-1:] == "," or scene.tokens[role.last + 1].text == ","
    article = scene.tokens[role.first - 1].text.lower() if role.first else ""
    return between and article in ("a", "an")


def _unplaced(scene: Scene, draft: Draft, begin: int, private: bool) -> None:
    """The sector of one without an office: by rank or address, else a private person where `private` says so."""
    _rank(scene, draft, begin)
    if not draft.sectors and private:
        draft.sectors = ("CVL",)
        draft.because("age and no office", 0.5)


def _aged(scene: Scene, last: int) -> bool:
    """Whether an age follows the name: "…, 22,"."""
    after = scene.tokens[last + 1 : last + 3]
    return len(after) == 2 and after[0].text == "," and after[1].text.isdigit() and 0 < int(after[1].text) < 110


def _could_be(scene: Scene, begin: int, last: int, name: str) -> bool:
    """Whether a stretch can name a person by its letters; a people ("Kanaks") and a codename cannot."""
    if not name[:1].isalpha() or any(c.isdigit() for c in name) or not any(c.isupper() for c in name):
        return False
    before = scene.tokens[begin - 1].text.lower() if begin else ""
    crowned = before in _CROWNED and name.count(" ") < 3
    if (_NO_PERSON.search(name) and not crowned) or codename(scene, begin, last):
        return False
    if begin == last and name[-1:] == "s" and name[-2:] not in ("ss", "us", "is") and _counted(scene, begin):
        return False  # "three young Basothos"
    opens = begin == scene.bounds(begin)[0] and name[-1:] == "s"
    noun = scene.words.noun(name) if begin == last and (scene.tokens[begin].tag == "NNPS" or opens) else None
    return noun is None or noun.kind != "people"


def _counted(scene: Scene, i: int) -> bool:
    while i > 0 and scene.tokens[i - 1].tag == "JJ" and scene.tokens[i - 1].text.islower():
        i -= 1
    return i > 0 and scene.tokens[i - 1].tag == "CD" and scene.tokens[i - 1].text.lower() not in ("one", "1")


def _affiliate(scene: Scene, draft: Draft, begin: int, last: int) -> None:
    """What the actor that a name belongs to tells of its bearer, where nothing else does: "the LTTE's …",
    "… of the IAEA", "…, for the UN," and what the person owns ("…'s Homeland Party")."""
    ranked = draft.sectors == ("MIL",) and draft.phrase is not None and draft.phrase.noun.words == 1
    ranked = ranked and draft.title is not None and draft.title.lower().rstrip(".") in scene.words.ranked
    remembered = any(f.name == "known person" and f.value < 1 for f in draft.why) or draft.sectors[:1] == ("REB",)
    ranked = ranked or (remembered and draft.phrase is None)
    if draft.sectors and draft.country is not None and not ranked:
        return
    tokens, actor = scene.tokens, None
    low, high = scene.bounds(begin)
    i = draft.first - 1
    if i - 1 >= low and tokens[i].tag == "POS":
        actor = scene.matches.get(i - 1)
    after = last + 1
    if actor is None and after + 1 <= high:
        if tokens[after].text == "," and tokens[after + 1].text.lower() in ("of", "for", "from"):
            after += 1
        word = tokens[after].text.lower()
        if word in ("of", "for", "from") or (tokens[after].tag == "POS" and actor is None):
            after += 1
            after += after <= high and tokens[after].tag == "DT"
            actor = scene.matches.get(after) if word != "from" or tokens[after - 1].tag == "DT" else None
            noun = _body_after(scene, after, high) if word in ("of", "for", "from") else None
            if noun is not None:
                if not draft.sectors or (ranked and noun.sectors[:1] and noun.sectors[0] in _RANKED):
                    draft.sectors = noun.sectors
                draft.country = draft.country or (noun.state.iso3 if noun.state is not None else None)
    if actor is None and draft.first - 2 >= low and tokens[draft.first - 1].text == "of":
        led = scene.matches.get(draft.first - 2)  # "the Salvation Front of …"
        if led is not None and isinstance(led.meaning.of, NamedActor) and led.meaning.of.kind == "group":
            actor = led
    of = actor.meaning.of if actor is not None else None
    if isinstance(of, NamedActor):
        draft.country = draft.country or of.country
        serves = of.sectors_on(scene.date)[:1]
        if not draft.sectors or (ranked and serves[:1] and serves[0] in _RANKED | {"PTY", "OPP"}):
            draft.sectors = serves  # a corporal of the police
        draft.because("belongs to", 0.8, of.name)
    elif actor is not None and actor.state is not None and actor.meaning.role != "adjective":
        draft.country = draft.country or actor.state.iso3


def _body_after(scene: Scene, first: int, high: int) -> Phrase | None:
    """The body that the noun phrase at a token names ("… of the Chinese foreign ministry")."""
    j = first
    while j <= high and (scene.tokens[j].tag[:2] in ("NN", "JJ") or scene.tokens[j].tag in ("POS", "HYPH")):
        j += 1
    phrase = describe(scene, j - 1, first) if j > first and scene.free(first, j - 1) else None
    return phrase if phrase is not None and phrase.noun.kind == "body" else None


def _rank(scene: Scene, draft: Draft, begin: int) -> None:
    """The sector that a form of address tells: "Justice Mary Okello", "Staff Sergeant Adu"; it joins the mention."""
    i = begin - 1
    low, _ = scene.bounds(begin)
    while i >= low and scene.free(i, i):
        word = scene.tokens[i].text.lower().rstrip(".")
        if word not in scene.words.honorifics or not scene.tokens[i].text[:1].isupper():
            break
        draft.first = i
        if word in scene.words.ranked and not draft.sectors:
            draft.sectors = (scene.words.ranked[word],)
        i -= 1
    for i in range(draft.first, begin):
        word = scene.tokens[i].text.lower().rstrip(".")
        if word in scene.words.ranked and not draft.sectors and scene.tokens[i].text[:1].isupper():
            draft.sectors = (scene.words.ranked[word],)


def _other_name(scene: Scene, first: int, last: int) -> bool:
    """Whether the lexicon has the stretch as a group's or a state's name."""
    for i in range(first, last + 1):
        match = scene.matches.get(i)
        if match is None or isinstance(match.meaning.of, NamedPerson):
            continue
        if isinstance(match.meaning.of, NamedActor) or (match.first <= first and match.last >= last):
            return True
    return False


def _same_person(draft: Draft, earlier: Draft) -> None:
    draft.name, draft.slug, draft.country = earlier.name, earlier.slug, earlier.country
    draft.sectors, draft.title, draft.gender = earlier.sectors, earlier.title, earlier.gender
    draft.link = earlier
    draft.because("surname after full name", note=earlier.name)


def _from_lexicon(scene: Scene, draft: Draft, known: NamedPerson) -> None:
    term = known.term_on(scene.date)
    held = term is not None
    term = term or known.term_before(scene.date)
    draft.name, draft.slug, draft.country = known.name, slug(known.name), known.country
    sector = _ROLE_SECTORS.get(term.role) if term is not None else None
    if sector:
        draft.sectors = (sector,) if held or sector not in _LEFT else _once(sector, term, scene.date)
        if held and term is not None:
            draft.title = term.title
    elif term is None and (said := _ROLE_SECTORS.get(known.role_on(scene.date))):
        draft.sectors = (said,)
    elif (
        term is None and (later := known.term_after(scene.date)) is not None and later.role in (*CHIEF, "party leader")
    ):
        draft.sectors = ("PTY",)  # who will lead a state is a politician
        draft.because("later office", 0.3, later.title)
    elif term is None and later is not None and later.role in _CAREERS:
        draft.sectors = ("GOV",)  # who will be a minister is an official or a diplomat most often
        draft.because("later office", 0.3, later.title)
    draft.because("known person", 1.0 if held else 0.5, term.title if term else "")


def _once(sector: str, term: Term | None, date: str | None) -> tuple[str, ...]:
    """The sectors of one who has left an office: what the office was; in the years after, the opposition besides."""
    recent = date is not None and term is not None and term.end and int(date[:4]) - int(term.end[:4]) <= _RECENT
    return (sector, "ELI", "OPP") if recent and sector in ("GOV", "LEG") else (sector, "ELI")


def _office(scene: Scene, draft: Draft, said: Phrase) -> None:
    """What the text says of a person outweighs what the lexicon knows."""
    if said.state is not None and said.state.iso3:
        draft.country = said.state.iso3
    elif said.state is not None:
        draft.country = said.state.parent
    elif said.owner is not None and isinstance(said.owner.meaning.of, NamedActor):
        draft.country = said.owner.meaning.of.country or draft.country
    elif draft.country is None:
        draft.country = said.country
    vague = said.noun.words == 1 and said.sectors[:1] in (("GOV",), ("CVL",))
    armed = draft.sectors[:1] in (("REB",), ("PRM",), ("CRM",)) and said.state is None and said.owner is None
    vague = vague and not set(said.modifiers) & _IN_OFFICE
    vague = vague or (draft.sectors[:1] == ("IGO",) and said.state is None and said.owner is None)
    vague = vague or said.past or (armed and said.sectors[:1] in (("MIL",), ("GOV",)))
    guessed = draft.sectors[1:2] == ("ELI",) or any(feature.name == "later office" for feature in draft.why)
    if said.sectors and (not vague or guessed or not draft.sectors):
        draft.sectors = said.sectors
    start = said.first
    match = scene.matches.get(start)
    while match is not None and match.last < said.head and match.first == start:
        start = match.last + 1
        if start <= said.head and scene.tokens[start].tag == "POS":
            start += 1
        if match.state is None:
            start = match.first
            break
        match = scene.matches.get(start)
    if said.noun.phrase in ("father", "sister", "brother") and scene.text(said.first, said.head) in _CLERICAL:
        draft.sectors = ("REL",)
    draft.title = scene.text(start, said.head)
    if scene.shouted(start):
        draft.title = draft.title.lower()
    known = any(feature.name == "known person" for feature in draft.why)
    if draft.title == "Chief" and not known and _beside_police(scene, said.head):
        draft.sectors = ("COP",)
    draft.because("role", note=draft.title)


def _beside_police(scene: Scene, i: int) -> bool:
    """Whether the sentence of a token or the one before tells of police: "Chief" is theirs then."""
    low = scene.bounds(max(0, scene.bounds(i)[0] - 1))[0]
    return any(token.text.lower() in ("police", "officers", "officer") for token in scene.tokens[low:i])


def _role(scene: Scene, begin: int, last: int) -> tuple[Phrase | None, Phrase | None]:
    """The office before a name ("Kenya's President William Ruto") and the one after it ("…, Kenya's president,")."""
    tokens = scene.tokens
    low, high = scene.bounds(begin)
    before = None
    i = begin - 1
    while i > low and tokens[i].text.lower().rstrip(".") in _ADDRESS and tokens[i - 1].text in (",", "."):
        i -= 1  # "our neighbour, Mrs Ilse Brandt"
    if i >= low and i not in scene.claimed:
        comma = tokens[i].text == ","
        j = i - 1 if comma else i
        while j > low and tokens[j].text.lower().rstrip(".") in scene.words.honorifics and not comma:
            if scene.words.noun(tokens[j].text) is not None:
                break
            j -= 1
        while j - 1 >= low and not comma and tokens[j].text.lower().rstrip(".") in scene.words.honorifics:
            noun = scene.words.noun(tokens[j - 1].text)  # "junta leader Colonel …": the office tells more than the rank
            if noun is None or noun.kind != "people" or tokens[j - 1].tag[:2] != "NN" or noun.sector == "CVL":
                break
            j -= 1
        if j >= low and j not in scene.claimed and tokens[j].tag[:2] in ("NN", "JJ"):
            phrase = describe(scene, j, left_edge(scene, j, last))
            close = not comma or tokens[scene.head(begin, last)].dep == "appos" or _closed(scene, last)
            close = close and not (comma and _speaks_apart(scene, j, last))
            if phrase is not None and phrase.noun.kind == "people" and close and phrase.last == j:
                singular = tokens[j].tag not in ("NNS", "NNPS")
                if singular:
                    before = phrase
    if before is None and i > low and tokens[i].tag[:2] != "NN":
        before = _office_of(scene, begin) or _office_above(scene, begin, last) or _explained(scene, begin, last)
    after = None
    rank = before is not None and before.state is None and before.noun.phrase in scene.words.honorifics
    if (before is None or rank) and last + 2 <= high and tokens[last + 1].text == ",":
        aged = last + 4 <= high and tokens[last + 2].tag == "CD" and tokens[last + 3].text == ","  # "…, 41, a nurse"
        after = _apposition(scene, last + 4 if aged else last + 2, high)
    return before, after


def _office_of(scene: Scene, begin: int) -> Phrase | None:
    """ "President of Malta Maria Borg", "secretary-general of the union, …": an office with its "of" before a name."""
    low, _ = scene.bounds(begin)
    i = begin - 1
    for j in range(i, max(low, i - 6), -1):
        if scene.tokens[j].text.lower() == "of" and j - 1 >= low:
            phrase = describe(scene, j - 1) if scene.tokens[j - 1].tag in ("NN", "NNP") else None
            if phrase is not None and phrase.noun.kind == "people" and phrase.last in (i, i - 1):
                return phrase
    return None


def _office_above(scene: Scene, begin: int, last: int) -> Phrase | None:
    """ "the governor of the northern province, Sani Bello,": an office with its "of …" between commas and a name."""
    tokens = scene.tokens
    low, _ = scene.bounds(begin)
    if begin - 1 < low or tokens[begin - 1].text != "," or not _closed(scene, last):
        return None
    for j in range(begin - 2, max(low, begin - 14) - 1, -1):
        if tokens[j].pos in ("VERB", "AUX") or tokens[j].tag in (",", "``", "''", "WP", "WDT"):
            return None
        if tokens[j].tag in ("NN", "NNP") and tokens[j + 1].text.lower() in ("of", "for"):
            phrase = describe(scene, j)
            if phrase is not None and phrase.noun.kind == "people" and scene.free(phrase.first, begin - 1):
                return phrase
    return None


def _explained(scene: Scene, begin: int, last: int) -> Phrase | None:
    """ "a trader known to the court, Musa Bello,": the noun before a name between commas that the name explains by
    syntax, whatever stands between."""
    tokens = scene.tokens
    name = tokens[scene.head(begin, last)]
    noun = tokens[name.head]
    if name.dep != "appos" or noun.i >= begin - 1 or noun.tag not in ("NN", "NNP") or not _closed(scene, last):
        return None
    if begin < 1 or tokens[begin - 1].text not in (",", "–", "—") or noun.i in scene.claimed:
        return None
    if _speaks_apart(scene, noun.i, last):
        return None
    phrase = describe(scene, noun.i, left_edge(scene, noun.i))
    return phrase if phrase is not None and phrase.noun.kind == "people" and not phrase.plural else None


def _speaks_apart(scene: Scene, noun: int, last: int) -> bool:
    """Whether a name behind a comma is who tells what stands before it: "The dead included a nurse, Ana Lopes, the
    mayor, told reporters". Before the noun a verb has told already, behind the name or what explains it one of saying
    follows."""
    tokens, words = scene.tokens, scene.words
    low, high = scene.bounds(noun)
    i = last + 1
    if i <= high and tokens[i].text == ",":
        stop = next((n for n in range(i + 1, min(high, i + 12)) if tokens[n].text == ","), i)
        plain = all(tokens[n].pos not in ("VERB", "AUX") and tokens[n].tag[:1] != "W" for n in range(i + 1, stop))
        i = stop + 1 if stop > i and plain else i + 1
    if i > high or tokens[i].tag not in ("VBD", "VBZ", "VBP") or not words.is_verb(tokens[i], words.say):
        return False
    told = [t for t in tokens[low:noun] if t.tag in ("VBD", "VBZ", "VBP")]
    if not told:
        return False
    begin = left_edge(scene, noun)
    before = tokens[begin - 1] if begin > low and tokens[begin - 1].tag != "DT" else tokens[max(low, begin - 2)]
    speaks = before.tag in (",", "``", "''", ":", "HYPH") or before.text.lower() == "that"
    return not (speaks or words.is_verb(before, words.say))


def _closed(scene: Scene, last: int) -> bool:
    return last + 1 < len(scene.tokens) and scene.tokens[last + 1].text in (",", ")", "–", "—")


def _apposition(scene: Scene, i: int, high: int) -> Phrase | None:
    tokens = scene.tokens
    if tokens[i].tag in ("DT", "PRP$"):
        i += 1
    j = i
    while j <= high and (tokens[j].tag[:2] in ("NN", "JJ") or tokens[j].tag in ("POS", "HYPH", "VBN", "CD", "RB")):
        j += 1
    head = j - 1
    while head >= i and tokens[head].tag[:2] not in ("NN",):
        head -= 1
    if head < i or not scene.free(i, head):
        return None
    phrase = describe(scene, head, i)
    if phrase is None or tokens[head].tag in ("NNS", "NNPS"):
        return None
    ends = phrase.last + 1 > high or tokens[phrase.last + 1].tag in (
        ",",
        ".",
        ":",
        "IN",
        "WP",
        "-RRB-",
        "CC",
        "WDT",
        "''",
    )
    return phrase if ends or phrase.last > head else None


def _gender(scene: Scene, draft: Draft, first: int, begin: int) -> None:
    words = scene.words
    said = [scene.tokens[i].text.lower().rstrip(".") for i in range(draft.first, begin)]
    if draft.phrase is not None:
        said.append(draft.phrase.noun.phrase)
    gender: Gender | None = "male" if set(said) & words.male else "female" if set(said) & words.female else None
    draft.gender = gender or draft.gender


def _remember(draft: Draft, surnames: dict[str, Draft]) -> None:
    """Names that this person may be called by from here on."""
    parts = name_key(draft.name).split()
    if draft.link is not None or not parts:
        return
    surnames[" ".join(parts)] = draft
    if len(parts) > 1:
        family = parts[0] if draft.country in _FAMILY_FIRST else parts[-1]
        surnames[family] = draft
        shorter = [" ".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)]
        for part in shorter:  # "Na Tchute", "Prayat": any part, where no other person has it
            if len(part) > 2 and part not in _ARTICLES:
                surnames.setdefault(part, draft)
        if parts[-2] in _ARTICLES and draft.country not in _FAMILY_FIRST:
            surnames[f"{parts[-2]} {parts[-1]}"] = draft


def _stray_surnames(scene: Scene, surnames: dict[str, Draft]) -> None:
    """Surnames that the model took for something else."""
    for token in scene.tokens:
        if token.tag not in ("NNP", "NNPS", "JJ", "NN") or token.i in scene.claimed or not token.text[:1].isupper():
            continue
        person = surnames.get(name_key(token.text))
        entity = scene.entity.get(token.i)
        if person is None or person.last >= token.i or (entity is not None and entity[1] > entity[0]):
            continue
        if token.i in scene.matches or (token.dep in ("compound", "nmod") and token.head not in scene.claimed):
            continue
        draft = Draft(token.i, token.i, token.i, "person", person.name, person.slug)
        _same_person(draft, person)
        scene.add(draft)
