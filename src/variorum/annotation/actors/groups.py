"""Named groups, forces, organisations and media: the lexicon's, and the unknown ones that the text names."""

from __future__ import annotations

import re

from variorum.world.actors import NamedActor, NamedPerson
from variorum.world.names import name_key
from variorum.world.nouns import find_noun

from .drafts import Draft, DraftKind, Match, Scene, slug
from .names import only_begins
from .nominals import take_in, tell
from .phrases import Phrase, describe
from .shapes import ON_AIR, codename, is_noun, looks_like_group, only_where
from .vocabulary import Noun
from .wording import wording

_KINDS: dict[str, DraftKind] = {"group": "group", "force": "force", "organisation": "organisation", "media": "media"}
_WEB = re.compile(
    r"https?:|@|_|\w\.(?:com|org|net)\b|^Operation |"
    r"^(?:USS|HMS|INS|RFS|FS|HMAS|HMCS|HMNZS|FGS|RSS|KRI|BRP|TCG|ARA|BAP|MV|MT|SS|ROKS|PNS|BNS|SLNS|USNS|RMS) "
)
_MINISTRY = re.compile(r"(?:Ministry|Department) of (?:the )?(.+?)(?: \(.+\))?")
_JOINS = frozenset({"of", "for", "and", "the", "&", "de", "del", "la", "des", "du", "against", "-"})
_CHAMBERS = frozenset({"association", "federation", "confederation", "chamber", "chambers", "council", "conference",
                       "alliance", "league", "exchange"})  # fmt: skip
# Bodies of a state that "of" and "for" give their field …
_OFFICIAL = frozenset({"commission", "office", "bureau", "authority", "agency", "board", "senate", "chamber"})
_HOUSES = frozenset({"congress", "assembly", "senate", "house", "chamber"})
_OF_HOUSES = frozenset({"republic", "deputies", "representatives", "union", "nation", "nations", "states", "people",
                        "peoples", "lords", "commons", "elders", "peers"})  # fmt: skip
# … and fields of those that teach and research.
_LEARNED = frozenset({"technology", "science", "sciences", "arts", "studies", "music", "research", "education"})
_LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC", "PRODUCT", "WORK_OF_ART"})


def find_groups(scene: Scene) -> None:
    """Add every actor that the lexicon names, unless it only qualifies another ("Hamas officials")."""
    seen: set[int] = set()
    for i in range(len(scene.tokens)):
        match = scene.matches.get(i)
        if match is None or id(match) in seen:
            continue
        seen.add(id(match))
        of = match.meaning.of
        if not isinstance(of, NamedActor) or not scene.free(match.first, match.last):
            continue
        if _of_another_state(scene, match, of) or _leads_on(scene, match):
            for n in range(match.first, match.last + 1):
                scene.matches.pop(n, None)
        elif not qualifies(scene, match) and not _of_make(scene, match, of):
            scene.add(named_draft(scene, match, of))


def _of_another_state(scene: Scene, match: Match, of: NamedActor) -> bool:
    """Whether the adjective before a name is of another state than its known bearer's: "the Philippine Marines"."""
    before = scene.matches.get(match.first - 1)
    if before is None or before.state is None or before.meaning.role not in ("adjective", "demonym"):
        return False
    if of.country is None or before.state.iso3 in (None, of.country) or of.kind not in ("force", "organisation"):
        return False
    return scene.tokens[before.last].head in range(match.first, match.last + 1)


def _of_make(scene: Scene, match: Match, of: NamedActor) -> bool:
    """Whether a company's name only tells of what make or whose a thing is: "a grey Toyota", "a Siemens turbine"."""
    if of.sectors[:1] != ("BUS",):
        return False
    tokens, i = scene.tokens, match.first - 1
    while i >= 0 and tokens[i].tag in ("JJ", "NN", "VBN") and tokens[i].text.islower():
        i -= 1
    token = tokens[scene.head(match.first, match.last)]
    if token.dep not in ("compound", "nmod"):
        return i >= 0 and tokens[i].text.lower() in ("a", "an")
    thing = tokens[token.head]
    named = scene.words.noun(thing.text) is not None or scene.words.is_deed(thing)
    return match.last < thing.i <= match.last + 2 and thing.text.islower() and not named


def _leads_on(scene: Scene, match: Match) -> bool:
    """Whether a name only begins another: "League" in "League for the Defence of Rights", "National Front" in "National
    Front for the Liberation of Kasa"."""
    i = match.last + 1
    if scene.tokens[match.last].text.isupper() or i + 1 > scene.bounds(match.last)[1]:
        return False
    if scene.tokens[match.last].text.lower() not in wording().bodies or scene.tokens[i].text.lower() != "for":
        return False
    i += 2 if scene.tokens[i + 1].tag == "DT" else 1
    return scene.tokens[i].text[:1].isupper() and i not in scene.matches


def find_formed(scene: Scene) -> None:
    """Add each name that is made as those of groups are and that the lexicon lacks: capitalised words that end with, or
    are led by, what a group calls itself ("Northern Dawn Front", "Movement for the Rebirth of Kasa")."""
    i = 0
    while i < len(scene.tokens):
        if not scene.tokens[i].text[:1].isupper():
            i += 1
            continue
        last = _run(scene, i)
        if last > i and (_formed(scene, i, last) or _led_body(scene, i, last) is not None):
            name = scene.text(i, last)
            draft = Draft(i, last, scene.head(i, last), "organisation", name, slug(name))
            draft.country = next((m.state.iso3 for m in _matches(scene, i, last) if m.state is not None), None)
            phrase = describe(scene, last, i)
            draft.sectors = _unknown_sectors(scene, draft, phrase, _apposed_noun(scene, last), group=False)
            armed = wording().formations | scene.words.group_words.keys()
            if draft.sector in ("REB", "UAF", "PRM", "CRM") or armed & set(name_key(name).split()):
                draft.kind = "group"
            if draft.sectors in (("LEG",), ("GOV",)):
                draft.kind = "body"
            draft.because("formed as names of groups are", 0.5)
            scene.add(draft)
            _explained(scene, draft)
        i = last + 1


def _run(scene: Scene, first: int) -> int:
    """The last token of the capitalised words that begin at a token; small words may join them."""
    tokens, last = scene.tokens, first - 1
    _, high = scene.bounds(first)
    i = first
    while i <= high:
        token = tokens[i]
        if token.text[:1].isupper() and token.tag[:2] in ("NN", "JJ", "FW", "VB", "CD") and i not in scene.claimed:
            last = i
        elif (
            i == first
            or not (token.text.lower() in _JOINS or token.tag in ("POS", "HYPH"))
            or i - last > 2
            or token.text.lower() in ("in", "to")
        ):
            break
        elif token.text in ("and", "&") and (i == high or not tokens[i + 1].text[:1].isupper()):
            break  # "… Front and the Movement …"
        elif token.tag == "IN" and first == scene.bounds(first)[0] and i == first + 1 and is_noun(scene, first):
            break  # "Fighters of the …"
        i += 1
    return max(first, last)


def _formed(scene: Scene, first: int, last: int) -> bool:
    tokens, words = scene.tokens, scene.words
    if scene.shouted(first) or any(
        isinstance(m.meaning.of, NamedActor | NamedPerson) for m in _matches(scene, first, last)
    ):
        return False
    parts = [tokens[i].text.lower() for i in range(first, last + 1) if tokens[i].tag not in ("POS", "HYPH")]
    ends = parts[-1] in wording().formations or parts[-1] in wording().bodies
    led = (
        (parts[0] in wording().formations or parts[0] in wording().bodies)
        and len(parts) > 2
        and parts[1] in ("of", "for")
    )
    if not (ends or led) or tokens[last].tag[:2] != "NN":
        return False
    rest = [part for part in parts if part not in _JOINS][: -1 if ends else None][1 if led else 0 :]
    own = [
        part for i, part in zip(range(first, last + 1), parts, strict=False) if part in rest and i not in scene.matches
    ]
    plain = words.modifiers.keys() | words.portfolios.keys() | words.ranks | words.honorifics | wording().anyones
    return any(part in wording().causes or not (part in plain or words.noun(part) is not None) for part in own)


def _led_body(scene: Scene, first: int, last: int) -> int | None:
    """The noun in a run of capitalised words that "of" or "for" ties its purpose or people to: "Permanent Assembly for
    Human Rights", "Free Nurses' Guild of Kasa"; None where the run is no such name."""
    tokens = scene.tokens
    words = [token.text.lower() for token in tokens[first : last + 1]]
    at = next((n for n, word in enumerate(words) if word in ("of", "for")), 0)
    if not 0 < at <= 5 or scene.shouted(first) or words[at - 1] not in wording().bodies | _OFFICIAL | _HOUSES:
        return None
    if any(isinstance(m.meaning.of, NamedActor | NamedPerson) for m in _matches(scene, first, last)):
        return None
    if any(not tokens[i].text[:1].isupper() and tokens[i].tag not in ("POS", "HYPH") for i in range(first, first + at)):
        return None
    own = [i for i in range(first, first + at - 1) if _tells_apart(scene, i)]
    purpose = [
        i for i in range(first + at + 1, last + 1)
        if i not in scene.matches and tokens[i].text[:1].isupper() and scene.place_country(i) is None
    ]  # fmt: skip
    if not purpose:  # what is of a state alone is its own: "Congress of Peru"
        return first + at - 1 if any(_people_of(scene, i) for i in own) else None
    return first + at - 1 if tokens[last].tag[:2] == "NN" else None


def _tells_apart(scene: Scene, i: int) -> bool:
    return i not in scene.matches and scene.tokens[i].tag not in ("POS", "HYPH")


def _people_of(scene: Scene, i: int) -> Noun | None:
    """The noun of those whom a name's plural tells of: "Teachers", "Exporters"."""
    text = scene.tokens[i].text
    noun = scene.words.noun(text.lower()) if text[-1:] == "s" or scene.tokens[i].tag in ("NNS", "NNPS") else None
    return noun if noun is not None and noun.kind == "people" else None


def _purpose(scene: Scene, first: int, last: int) -> tuple[str, ...]:
    """The sector of a name by its noun and what "of" and "for" say: chambers and associations of those in trade, houses
    of parliament, a state's commissions, private bodies for a cause."""
    words = [token.text.lower() for token in scene.tokens[first : last + 1]]
    trades = {noun.sector for i in range(first, last + 1) if (noun := _people_of(scene, i)) is not None}
    if set(words) & _CHAMBERS and trades & {"BUS", "AGR"}:
        return ("BUS",) if "BUS" in trades else ("AGR",)
    led = _led_body(scene, first, last)
    if led is None:
        return ()
    word, after = scene.tokens[led].text.lower(), set(words[led - first + 1 :])
    if word in _HOUSES and after & _OF_HOUSES:
        return ("LEG",)
    if word in ("chamber", "chambers"):
        return ("BUS",)
    if word == "union" and trades:
        return ("LAB",)
    if word in _OFFICIAL or (
        word in ("institute", "council", "centre", "center") and "national" in words[: led - first]
    ):
        return () if after & _LEARNED else ("GOV",)
    return ("SOC",) if "rights" in after or word in _HOUSES else ()


def named_draft(scene: Scene, match: Match, of: NamedActor) -> Draft:
    first = match.first
    owner = first - 1  # "Lebanese Hezbollah": the adjective belongs to the name
    before = scene.matches.get(owner) if owner >= 0 else None
    apart = before is None or before.state is None or before.last != owner or owner in scene.claimed
    if before is not None and before.state is not None and not apart:
        same = before.meaning.role == "adjective" and before.state.iso3 == of.country
        first = before.first if same else first
    draft = Draft(
        first=first, last=match.last, head=scene.head(first, match.last), kind=_KINDS[of.kind],
        name=of.name, slug=slug(of.name), country=of.country, sectors=of.sectors_on(scene.date),
    )  # fmt: skip
    draft.because("known actor", match.meaning.trust / 3, of.name)
    draft.name = _own_name(scene, match, of)
    state = scene.lexicon.states.by_iso3(of.country)
    ministry = _MINISTRY.fullmatch(of.name)
    if ministry is not None:  # the Pentagon: one key with "the US defence department"
        portfolio = scene.words.portfolios.get(ministry[1].lower(), ministry[1])
        draft.kind, draft.slug = "body", slug(f"ministry of {portfolio}")
    if of.body and state is not None:  # Tatmadaw, IDF: one key with "Myanmar's army", "the Israeli military"
        draft.slug = of.body
    return draft


def _own_name(scene: Scene, match: Match, of: NamedActor) -> str:
    """The name that an actor is shown by: its canonical one, but where the text has a full name that shares fewer than
    half its words ("Free Hills Movement" of what is filed as an Army), that one; both have one key."""
    words = [word for word in name_key(scene.text(match.first, match.last)).split() if len(word) > 3]
    told = scene.shown(match.first, match.last)
    shared = set(words) & set(name_key(of.name).split())
    formal = all(t.text[:1].isupper() or len(t.text) < 4 for t in scene.tokens[match.first : match.last + 1])
    owned = any(t.tag == "POS" for t in scene.tokens[match.first : match.last + 1])
    if len(words) < 2 or len(shared) * 2 >= len(words) or told.isupper() or of.kind == "media" or owned:
        return of.name
    return told if formal else of.name


def qualifies(scene: Scene, match: Match) -> bool:
    """Whether the name stands before a noun that names actors itself."""
    head = scene.tokens[scene.head(match.first, match.last)]
    if head.head <= match.last or head.dep not in ("compound", "nmod", "amod", "poss"):
        return False
    noun = scene.tokens[head.head]
    told = scene.claimed.get(noun.i)
    if told is not None and told.kind == "person" and scene.tokens[match.last + 1].tag == "POS":
        return False  # "the ANC's chairman, …": two mentions
    if any(scene.tokens[i].tag in (",", ":", "-LRB-", "POS") for i in range(match.last + 1, noun.i)):
        return scene.tokens[match.last + 1].tag == "POS" and scene.words.noun(noun.text) is not None
    return scene.words.noun(noun.text) is not None and scene.sentence[noun.i] == scene.sentence[match.first]


def find_unknown(scene: Scene) -> None:
    """Add what the model names and the lexicon does not, where it could act."""
    for entity in scene.syntax.entities:
        first, last = entity.first, entity.last - 1
        while first < last and scene.tokens[first].tag in ("DT", "PRP$", "POS", "-LRB-", "``", ":", "NFP", "HYPH"):
            first += 1
        while last > first and scene.tokens[last].tag in ("POS", "-RRB-", "''", ",", ".", "IN", "CC", "RB", "RBR"):
            last -= 1
        if first > 0 and scene.tokens[first - 1].text.lower() in ON_AIR and scene.tokens[first - 1].text[:1].isupper():
            first -= scene.free(first - 1, first)  # "Radio Nueva Esperanza"
        if entity.label not in _LABELS or not scene.free(first, last) or not _nominal(scene, first, last):
            continue
        draft = _unknown(scene, first, last, entity.label)
        if draft is not None:
            scene.add(draft)
            _explained(scene, draft)
            _named_so(scene, draft)


def _explained(scene: Scene, draft: Draft) -> None:
    """Tie the phrase that explains an unknown name to it: "Liwa al-Nasr, an armed group,"."""
    i = draft.last + 1
    if i + 1 >= len(scene.tokens) or scene.tokens[i].text not in (",", "–", "—", "("):
        return
    i += 2 if scene.tokens[i + 1].tag == "DT" else 1
    other = scene.claimed.get(i)
    if (
        (
            other is not None
            and other.first == i
            and other.link is None
            and scene.sentence[i] == scene.sentence[draft.head]
        )
        and other.kind in ("group", "body", "media", "organisation")
        and other.generic
        and not other.plural
    ):
        tell(other, draft)


def _named_so(scene: Scene, draft: Draft) -> None:
    """Tie the definite noun before an unknown name between commas to it: "the company, Minas del Alba, said"."""
    i = draft.first - 1
    if i < 2 or scene.tokens[i].text != "," or scene.tokens[draft.last + 1 : draft.last + 2][:1] == ():
        return
    other = scene.claimed.get(i - 1)
    closed = scene.tokens[draft.last + 1].text == "," and scene.sentence[i] == scene.sentence[draft.head]
    if other is None or other.last != i - 1 or not closed or other.link is not None or other.plural:
        return
    definite = other.first > 0 and scene.tokens[other.first - 1].text.lower() == "the"
    if definite and other.generic and other.phrase is not None and other.phrase.noun.kind == "body":
        tell(other, draft)


def _nominal(scene: Scene, first: int, last: int) -> bool:
    text = scene.text(first, last)
    if not any(c.isupper() for c in text) or len(text) < 2 or _WEB.search(text):
        return False
    tokens = scene.tokens[first : last + 1]
    return any(token.tag in ("NNP", "NNPS", "NN", "NNS", "JJ") for token in tokens) and not all(
        token.text.isdigit() for token in tokens
    )


def _is_word(scene: Scene, first: int, last: int) -> bool:
    """Whether a capital at the beginning of a sentence makes a name of a noun for a thing ("Shell kills nine")."""
    noun = find_noun(scene.tokens[first].text.lower()) if first == last else None
    return noun is not None and noun.sort == "artifact" and only_begins(scene, first, last)


def _unknown(scene: Scene, first: int, last: int, label: str) -> Draft | None:
    if any(match.first == first and match.last == last for match in _matches(scene, first, last)):
        return None
    head = scene.head(first, last)
    token = scene.tokens[head]
    if codename(scene, first, head) or _is_word(scene, first, last):
        return None
    name = scene.shown(first, last) if last > first else scene.text(first, last)
    group = looks_like_group(scene, first, last)
    apposed = _apposed_noun(scene, last)
    heard = scene.lexicon.group_sounding(name) if len(name) >= 8 and not scene.shouted(first) else None
    if heard is not None and heard.name[:1].lower() != name[:1].lower():
        heard = None
    if heard is not None:
        draft = Draft(first, last, head, "group", heard.name, slug(heard.name), heard.country)
        draft.sectors = heard.sectors_on(scene.date)
        draft.because("sounds like a known group", 0.8, heard.name)
        return draft
    phrase = describe(scene, last, first)
    if label == "GPE" or (scene.is_place(first, last) and not group and apposed is None):
        return None
    if phrase is not None and phrase.noun.phrase == "department":
        return None
    if label in ("FAC", "PRODUCT", "WORK_OF_ART") and phrase is None and not group and apposed is None:
        return None
    if only_where(scene, head) and apposed is None and not group:
        return None
    if token.dep in ("compound", "nmod", "amod") and token.head > last and not _deed_or_actor(scene, token.head):
        return None
    if scene.shouted(first) and phrase is None and last > first and not group and apposed is None:
        return None
    if label == "NORP" or (
        label == "PERSON" and first == last and not group and apposed is None and _plural(scene, last)
    ):
        return _people(scene, first, last, head, name)
    kind: DraftKind = "group" if group or (apposed and apposed[0] in ("UAF", "REB", "PRM", "CRM")) else "organisation"
    draft = Draft(first, last, head, kind, name, slug(name))
    draft.country = next((m.state.iso3 for m in _matches(scene, first, last) if m.state is not None), None)
    if apposed is not None:
        draft.country = draft.country or apposed[1]
    draft.sectors = _unknown_sectors(scene, draft, phrase, apposed, group)
    draft.because("named by the model", 0.5, label)
    _introduced(scene, draft)
    return draft


def _unknown_sectors(
    scene: Scene, draft: Draft, phrase: Phrase | None, apposed: tuple[str | None, str | None] | None, group: bool
) -> tuple[str, ...]:
    """The sector by what the text calls it, by its last noun, by words of groups' names, by any word of its name."""
    if apposed is not None and apposed[0]:
        return (apposed[0],)
    if _insurgent(scene, draft):
        return ("REB",)
    purpose = _purpose(scene, draft.first, draft.last)
    if purpose:
        return purpose
    parts = [scene.tokens[i].text.lower() for i in range(draft.first, draft.last + 1)]
    if any(part in wording().movements for part in parts) and any(part in wording().political for part in parts):
        return ("PTY",)
    if phrase is not None and phrase.sectors:
        return phrase.sectors
    if group:
        words = scene.words.group_words
        parts = [p for i in range(draft.first, draft.last + 1) for p in name_key(scene.tokens[i].text).split()]
        found = next(((words[p],) for p in parts if p in words), ())
        if found:
            return found
    return _told_by_name(scene, draft.first, draft.last)


def _insurgent(scene: Scene, draft: Draft) -> bool:
    """Whether a name is made as those of armed groups are: "Martyrs' Brigades", "Army of the Oppressed"."""
    parts = {part for i in range(draft.first, draft.last + 1) for part in name_key(scene.tokens[i].text).split()}
    return bool(parts & wording().formations) and bool(parts & wording().causes)


def _told_by_name(scene: Scene, first: int, last: int) -> tuple[str, ...]:
    """What the words of a name tell of its sector, the last that tells one before "of" and its kind, else any."""
    parts = [scene.tokens[i].text.lower().rstrip(".") for i in range(first, last + 1)]
    stop = next((n for n, part in enumerate(parts) if n and part in ("of", "for", "in", "on", "de", "du", "des")), None)
    known = scene.words.name_words
    for part in [*parts[:stop][::-1], *parts]:
        if part in known and len(parts) > 1:
            return (known[part],)
    return ()


def _introduced(scene: Scene, draft: Draft) -> None:
    """ "the Algerian newspaper El Djarida": the noun phrase before the name says what it is, and becomes part of it."""
    noun = scene.claimed.get(draft.first - 1)
    if noun is None or noun.last != draft.first - 1 or noun.phrase is None or noun.link is not None or noun.plural:
        return
    if noun.phrase.noun.kind != "body" or scene.sentence[noun.head] != scene.sentence[draft.head]:
        return
    scene.drafts.remove(noun)
    take_in(scene, draft, noun.first)
    draft.kind, draft.sectors = noun.kind, noun.sectors or draft.sectors
    draft.country = noun.country or draft.country


def _plural(scene: Scene, i: int) -> bool:
    """Whether a word that the model has as a person's name is counted: "three Kanaks"."""
    before = scene.tokens[i - 1] if i else None
    while before is not None and before.tag == "JJ" and before.text.islower() and before.i:
        before = scene.tokens[before.i - 1]
    return before is not None and before.tag == "CD" and scene.tokens[i].text[-1:] == "s"


def _people(scene: Scene, first: int, last: int, head: int, name: str) -> Draft | None:
    token = scene.tokens[head]
    counted = any(scene.tokens[i].tag in ("DT", "CD") for i in range(max(0, first - 1), first + 1))
    plural = token.tag in ("NNS", "NNPS") or (token.tag == "NNP" and token.text[-1:] == "s" and first == last)
    if not plural and (token.dep in ("amod", "compound", "nmod") or not counted):
        return None
    if plural and token.dep in ("compound", "nmod", "amod") and token.head > last:
        return None
    draft = Draft(first, last, head, "people", name, slug(name), sectors=("CVL",), generic=True, plural=True)
    draft.because("a people", 0.5)
    return draft


def _matches(scene: Scene, first: int, last: int) -> list[Match]:
    found = {id(scene.matches[i]): scene.matches[i] for i in range(first, last + 1) if i in scene.matches}
    return list(found.values())


def _deed_or_actor(scene: Scene, i: int) -> bool:
    return scene.words.is_deed(scene.tokens[i])


def _apposed_noun(scene: Scene, last: int) -> tuple[str | None, str | None] | None:
    """Sector and country that an apposition gives: "…, a Kenyan aid agency"; None where there is none."""
    tokens = scene.tokens
    _, high = scene.bounds(last)
    i = last + 2
    if i > high or tokens[last + 1].text not in (",", "–", "—", "("):
        return None
    if tokens[i].tag == "DT":
        i += 1
    elif tokens[last + 1].text != "(" and i not in scene.matches:
        return None
    j = i
    while j <= high and (tokens[j].tag[:2] in ("NN", "JJ") or tokens[j].tag in ("POS", "HYPH", "VBN", "VBG")):
        j += 1
    phrase = describe(scene, j - 1, i) if j > i and tokens[j - 1].tag in ("NN", "NNP") else None
    if phrase is None or phrase.noun.kind == "people":
        return None
    return (phrase.sectors[0] if phrase.sectors else None, phrase.state.iso3 if phrase.state else phrase.country)
