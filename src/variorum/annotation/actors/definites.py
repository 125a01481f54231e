"""Whether "the ministry", "the rebels", "the colonel" can mean an actor: by what the text and its name say it is."""

from __future__ import annotations

from .cues import cues
from .drafts import Draft, Gender, Scene
from .vocabulary import singular

ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
DIPLOMATS = frozenset({"envoy", "ambassador", "diplomat", "commissioner", "consul"})
COUNTRIES = frozenset({"country", "nation", "kingdom", "emirate", "republic", "sultanate", "monarchy", "neighbour",
                       "neighbor"})  # fmt: skip
_FORMS = {
    "kingdom": ("kingdom",), "republic": ("republic",), "sultanate": ("sultanate",),
    "emirate": ("emirate", "state of qatar", "state of kuwait"),
    "monarchy": ("kingdom", "principality", "emirate", "sultanate", "duchy", "state of"),
}  # fmt: skip
_GENERALS = frozenset({"general", "officer", "commander", "soldier", "colonel", "brigadier", "admiral"})
_FULL = {
    "gen": "general", "col": "colonel", "lt": "lieutenant", "capt": "captain", "maj": "major", "sgt": "sergeant",
    "brig": "brigadier", "adm": "admiral", "cpl": "corporal", "cmdr": "commander", "gov": "governor", "sen": "senator",
    "rep": "representative", "prof": "professor", "dr": "doctor", "rev": "reverend", "pm": "premier",
    "insp": "inspector",
}  # fmt: skip
GROUPS = frozenset(
    {"group", "organisation", "organization", "movement", "militia", "faction", "outfit", "network", "gang", "front",
     "cartel", "insurgency", "clan"}
)  # fmt: skip
BODIES = frozenset(
    {"organisation", "organization", "agency", "body", "charity", "watchdog", "mission", "alliance", "bloc", "union",
     "institution", "company", "firm", "court", "network", "group", "movement", "party", "association", "council",
     "commission", "force", "service", "panel", "committee", "newspaper", "paper", "broadcaster", "station",
     "coalition"}
)  # fmt: skip
_FIRMS = frozenset({"company", "firm", "corporation", "contractor", "giant", "conglomerate", "bank", "airline"})
_PEACEFUL = frozenset(
    {"charity", "watchdog", "company", "firm", "newspaper", "paper", "broadcaster", "station", "court", "association",
     "commission", "committee", "panel", "union", "agency", "institution"}
)  # fmt: skip
_ANY_BODY = frozenset({"body", "agency", "institution", "watchdog", "authority"})
RANKS = frozenset({"officer", "commander", "soldier"})
_MASTERS = frozenset({"leader", "politician", "official", "chief", "statesman", "ruler"})
_RANKED = frozenset(
    {"general", "colonel", "major", "captain", "lieutenant", "sergeant", "corporal", "brigadier", "admiral", "private"}
)
_HUMANS = {"man": "male", "woman": "female", "boy": "male", "girl": "female"}
_OFFICES = frozenset({"president", "minister", "premier", "king", "queen", "pope", "secretary", "chancellor",
                      "governor",
                      "mayor", "spokesman", "spokeswoman", "spokesperson", "lawyer", "court", "judge"})  # fmt: skip
_LEFT_OFFICE = frozenset({"former", "new", "ousted", "deposed", "outgoing", "ex", "incoming"})
_LESSER = frozenset({"vice", "deputy", "former"})


def full_form(word: str) -> str:
    """A lower-case word of rank without abbreviation ("col." is "colonel")."""
    word = word.lower().rstrip(".")
    return _FULL.get(word, word)


def fits(
    scene: Scene, draft: Draft, other: Draft, noun: str, told: frozenset[str], gender: Gender | None = None
) -> float:
    """How well a definite phrase with this noun (a singular in its full form) goes with an earlier mention, 0 not at
    all and 3 by its very noun; `told` are the nouns said of that mention's actor so far, `gender` what is known or
    likely of theirs."""
    said = draft.phrase
    if said is not None and said.state is not None and other.country not in (None, said.state.iso3, said.state.parent):
        return 0.0
    if noun in COUNTRIES or noun == "state":
        return 2.0 if other.kind == "state" and is_form(scene, noun, other.country) else 0.0
    if draft.kind == "person" or (draft.kind == "pronoun" and other.kind == "person"):
        return _person_fits(draft, other, told, noun, gender) if other.kind == "person" else 0.0
    if other.kind == "person":
        return 0.0
    if draft.plural and draft.kind in ("people", "force"):
        return _many_fit(draft, other, noun)
    return _body_fits(scene, draft, other, told, noun)


def is_form(scene: Scene, noun: str, country: str | None) -> bool:
    """Whether a state can be called by a noun, as its official name has it: "the kingdom" is no republic."""
    words = _FORMS.get(noun)
    state = scene.lexicon.states.by_iso3(country) if words and country else None
    if words is None or state is None or not state.official_name:
        return True
    official = state.official_name.lower()
    return any(word in official for word in words)


def _person_fits(draft: Draft, other: Draft, told: frozenset[str], noun: str, gender: Gender | None) -> float:
    if other.plural != draft.plural:
        return 0.0
    said, known = draft.phrase, other.phrase
    if draft.gender and gender and draft.gender != gender:
        return 0.0
    if (
        said is not None
        and said.portfolio is not None
        and not (known is not None and known.portfolio == said.portfolio)
    ):
        return 0.0
    mine = set(said.modifiers) | set(said.noun.phrase.split()) if said is not None else set()
    if "new" in mine or "former" in mine or (said is not None and said.past):
        was = "new" if "new" in mine else "former"
        if was in told and (noun in told or noun in _OFFICES or noun in _MASTERS):
            return 3.2
        if noun in told and not told & _LEFT_OFFICE:
            return 1.5
    if noun in told:
        lesser = (told & _LESSER) - mine
        lesser |= {"prime"} & told if noun == "minister" and "prime" not in mine and said is None else set()
        if ("vice" in mine and "vice" not in told) or ("prime" in mine and "prime" not in told):
            return 0.0
        if noun == "president" and told & {"vice"} - mine:
            return 1.0
        return 2.5 if lesser else 3.0
    if cues().same.get(noun, frozenset()) & told:
        return 2.5
    if noun in _HUMANS:
        return 1.5 if gender == _HUMANS[noun] else 1.3 if gender is None else 0.0
    if noun in RANKS and other.sector in ("MIL", "COP", *ARMED):
        return 2.0
    if noun in _GENERALS and other.sector == "MIL" and not told & _RANKED and noun != "soldier":
        return 1.6  # "the army chief … the general"
    if noun in _MASTERS and (other.title or other.sector in ("GOV", "LEG", "OPP", "REB", "PTY", "UAF")):
        return 1.5
    # What else a person without a title is called: "the hostage", "the commander"; an office would have been told.
    bare = (
        other.title is None
        and not other.generic
        and not other.noun
        and not (said and (said.portfolio or said.modifiers))
    )
    return 1.3 if bare and noun not in _OFFICES and not draft.plural else 0.0


def _many_fit(draft: Draft, other: Draft, noun: str) -> float:
    if other.plural and other.noun and singular(other.noun.rpartition(" ")[2]) == noun:
        return 3.0
    if draft.sector in ARMED or noun in ("dissident", "paramilitary", "separatist", "guerrilla"):
        if other.kind == "group" and not other.generic:
            return 2.0 if other.sector in (*ARMED, None) else 1.0
        if other.kind in ("people", "group", "organisation") and other.sector in ARMED:
            return 1.5
    if draft.kind == "force" and other.kind in ("force", "body") and other.slug == draft.slug and other.country:
        return 2.0
    return 0.0


def _body_fits(scene: Scene, draft: Draft, other: Draft, told: frozenset[str], noun: str) -> float:
    said, known = draft.phrase, other.phrase
    if noun in ("ministry", "department"):
        ours = said is None or said.portfolio is None or (known is not None and known.portfolio == said.portfolio)
        return 3.0 if other.noun.rpartition(" ")[2] in ("ministry", "department", "office") and ours else 0.0
    if noun == "government":
        return 3.0 if noun in told or other.noun in ("government", "administration") else 0.0
    if draft.sector == "IGO" and other.sectors and "IGO" not in other.sectors:
        return 0.0  # "the world body" is no rebels'
    if noun == "force" and said is not None and "peacekeeping" in said.noun.phrase and other.sector in ARMED:
        return 0.0
    if noun in ("army", "military") and other.sector in ARMED:
        return 0.0  # "the army" beside a rebels' Liberation Army is the state's
    if other.kind in ("state", "people") and not (other.plural and noun in told):
        return 0.0
    if noun in told and (other.plural == draft.plural or not other.generic):
        # Any named group is a group: to be called so before says little.
        return 2.3 if noun in GROUPS and other.kind == "group" and not other.generic else 3.0
    if noun == "force" and other.kind in ("body", "force") and other.sector in ("MIL", "COP"):
        return 2.0
    if other.kind in ("body", "force") and draft.slug == other.slug and other.country is not None and draft.slug:
        return 3.0
    if noun in GROUPS and other.kind == "group" and not other.plural:
        return 2.0 if not other.generic else 1.5
    if noun in GROUPS and other.kind in ("body", "force") and other.country is None and other.name[:1].isupper():
        return 1.2  # "the Red Dune Brigade … the group"
    return _named_body_fits(scene, other, noun)


def _named_body_fits(scene: Scene, other: Draft, noun: str) -> float:
    """How well a general noun ("the organisation") goes with a body whose name says less, or another thing."""
    if noun in _FIRMS and other.kind == "organisation" and other.sector == "BUS" and not other.generic:
        return 1.5
    if noun in _ANY_BODY and other.kind == "body" and not other.plural and other.noun not in ("ministry", "embassy"):
        return 1.2
    if noun in ("agency", "service") and other.sector == "SPY" and not other.generic:
        return 1.5
    named = scene.tokens[other.head].tag in ("NNP", "NNPS") and scene.tokens[other.first].text[:1].isupper()
    if noun in BODIES and other.kind in ("organisation", "media", "group") and (named or not other.generic):
        if noun in ("bloc", "alliance", "union") and other.sector not in ("IGO", None):
            return 0.0
        if noun in _PEACEFUL and other.sector in ARMED:
            return 0.0
        if noun in ("movement", "faction", "militia", "front") and other.kind != "group" and "IGO" in other.sectors:
            return 1.0
        if noun in ("organisation", "organization", "agency", "body", "group", "movement", "network"):
            return 1.5
        if noun == "party":
            return 1.6 if other.sector in ("PTY", "OPP") else 1.2
        return 1.2 if noun in ("alliance", "bloc", "force", "mission", "charity", "watchdog") else 0.0
    return 0.0
