"""Whose those are whom the words themselves give no country: by who owns, leads, sends or keeps them in the clause."""

from __future__ import annotations

from variorum.world.states import State

from .drafts import Draft, Scene
from .nominals import name_draft
from .phrases import OTHER_STATES, VOICES, Phrase

_OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_SENT = frozenset({"GOV", "MIL", "COP", "SPY", "LEG"})
_SENDING = frozenset(
    {"send", "dispatch", "deploy", "recall", "withdraw", "appoint", "name", "summon", "order", "commit", "pledge",
     "offer", "provide", "sack", "dismiss", "fire", "contribute", "keep", "lose", "list", "bury", "mourn", "promise",
     "put", "station", "post", "fly", "airlift", "rush", "mobilise", "mobilize", "amass", "mass", "redeploy", "pull",
     "second", "field", "evacuate", "repatriate", "replace", "reinforce", "ready"}
)  # fmt: skip
# Whom a state has at home and abroad.
_CITIZENS = frozenset(
    {"citizen", "national", "subject", "expatriate", "man", "woman", "peacekeeper", "volunteer", "instructor",
     "adviser", "advisor", "trainer", "observer", "monitor", "medic", "doctor", "rescuer", "investigator", "expert",
     "team", "engineer", "worker"}
)  # fmt: skip
_ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
_STAFF = frozenset({"head", "chief", "director", "leader", "official", "member", "chairman", "chairwoman", "founder",
                    "secretary", "deputy head", "deputy chief", "boss", "source", "president", "secretary-general",
                    "secretary general", "general secretary", "commander", "coordinator", "manager"})  # fmt: skip
_SPEAKS = (VOICES | _STAFF) - {"lawyer"}
# Who serves a person is of the same side.
_AIDES = VOICES - {"lawyer"} | {
    "aide", "adviser", "advisor", "assistant", "deputy", "lieutenant", "associate", "counterpart", "opposite number",
    "opposite", "comrade", "colleague", "successor", "confidant", "right-hand man", "emissary", "negotiator",
    "chief of staff", "press secretary", "private secretary", "chief negotiator", "second-in-command", "envoy", "ally",
}  # fmt: skip
_OPPOSITES = frozenset({"counterpart", "opposite number", "opposite"})
_PERSONNEL = frozenset({"staff", "staff member", "worker", "employee", "expert", "inspector", "monitor", "observer",
                        "team", "official", "investigator", "representative", "volunteer", "delegate"})  # fmt: skip
# Whoever follows an armed group or its chief is what they are.
_FOLLOWING = frozenset(
    {"man", "fighter", "gunman", "troop", "force", "soldier", "deserter", "officer", "commander", "militant", "youth",
     "guard", "bodyguard", "recruit", "supporter", "follower", "lieutenant", "deputy", "ally", "spokesman", "militia"}
)  # fmt: skip
DERIVED = "country of whose they are"
OF_MANY = "of an organisation of many states"
ORGANS = "state of the organs before"


def belongs(scene: Scene, draft: Draft, phrase: Phrase) -> None:
    """Whose they are by the words around: "Bhutto's interior minister", "men of the rebel commander …", "his generals",
    and those whom somebody sends ("Lisbon sent a mission")."""
    if phrase.noun.phrase in _OPPOSITES:
        _opposite(scene, draft, phrase)
    if phrase.state is not None or phrase.owner is not None or "IGO" in draft.sectors:
        return
    owner = _owner(scene, phrase)
    if owner is None and phrase.noun.phrase == "man" and phrase.plural and not phrase.modifiers:
        owner = _commander(scene, phrase)
    if owner is None and _may_be_sent(draft, phrase):
        owner = _sender(scene, phrase)
        if owner is not None and phrase.noun.phrase in ("man", "woman") and draft.sectors == ("CVL",):
            draft.sectors = ("MIL",)
    if owner is None or owner is draft:
        return
    while owner.link is not None:
        owner = owner.link
    if owner.kind == "state" and phrase.noun.phrase in OTHER_STATES:
        draft.country, draft.sectors = None, ("GOV",)
        draft.because(OF_MANY, 0.6, owner.name)
        return
    _side(draft, phrase, owner)
    if owner.country is None and owner.sector == "IGO":
        draft.because(OF_MANY, 0.8, owner.name)
    guessed = draft.country is None or any(feature.name in (ORGANS, "place in the phrase") for feature in draft.why)
    if guessed and owner.country is not None and owner.kind != "people":
        state = scene.lexicon.states.by_iso3(owner.country)
        if state is None:
            draft.country = owner.country
        else:
            give(scene, draft, state)
        draft.because(DERIVED, 0.8, owner.name)


def _side(draft: Draft, phrase: Phrase, owner: Draft) -> None:
    """The sector of those who follow, serve, lead or speak for their owner: the owner's."""
    led = owner.sector in _ARMED or (owner.sector in ("MIL", "COP") and draft.sectors == ("CVL",))
    if draft.kind != "person" and led and phrase.noun.phrase in _FOLLOWING:
        draft.sectors = owner.sectors[:1] if owner.sector in ("MIL", "COP") else owner.sectors
    elif (
        {phrase.noun.phrase, phrase.noun.phrase.rpartition(" ")[2], phrase.noun.phrase.rpartition("-")[2]} & _SPEAKS
        and owner.sectors
        and owner.kind not in ("person", "state")
    ) or (phrase.noun.phrase in _AIDES and owner.sectors and owner.kind == "person"):
        draft.sectors = owner.sectors[:1]
    elif (draft.sectors in ((), ("CVL",)) and owner.sector == "IGO" and draft.kind == "person") or (
        phrase.noun.phrase in _PERSONNEL and owner.sector in ("IGO", "SOC")
    ):
        draft.sectors = owner.sectors
    elif phrase.noun.phrase == "man" and phrase.plural and owner.kind == "state" and draft.sectors == ("CVL",):
        draft.sectors = ("MIL",)  # "Ankara said that its men had left"
    elif phrase.noun.phrase in ("observer", "monitor", "inspector") and owner.kind == "state":
        draft.sectors = ("GOV",)


def _opposite(scene: Scene, draft: Draft, phrase: Phrase) -> None:
    """Let "his Danish counterpart" and "their Laotian counterparts" be what those are whose counterparts they are."""
    owner = _owner(scene, phrase)
    while owner is not None and owner.link is not None:
        owner = owner.link
    if owner is not None and owner is not draft and owner.sectors and owner.kind != "state":
        draft.sectors = owner.sectors[:1]
        draft.because("counterpart", 0.7, owner.name)


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
        if owner is None and phrase.noun.phrase in VOICES:  # "a spokesman for the ship's Greek operator"
            voice = next((t for t in scene.syntax.children(phrase.head, "prep") if t.i == phrase.last + 1), None)
            whom = scene.syntax.child(voice.i, "pobj") if voice is not None else None
            owner = scene.claimed.get(whom.i) if whom is not None else None
            return owner if owner is not None and owner.first > phrase.last else None
        if (
            owner is not None
            and owner.first >= i - 1
            and (tokens[i - 1].text.lower() != "from" or owner.kind == "group")
        ):
            return owner
    return None


def _commander(scene: Scene, phrase: Phrase) -> Draft | None:
    """The force or armed group that is the subject of what is told of "4,000 men": "the army sent 4,000 men"."""
    token = scene.tokens[phrase.head]
    if token.dep not in ("dobj", "pobj", "dative", "conj"):
        return None
    for _ in range(4):
        token = scene.tokens[token.head]
        if token.pos == "VERB":
            subject = scene.syntax.child(token.i, "nsubj")
            owner = scene.claimed.get(subject.i) if subject is not None else None
            if owner is not None:
                return owner if owner.sector in _ARMED | {"MIL"} and owner.kind != "person" else None
    return None


def _may_be_sent(draft: Draft, phrase: Phrase) -> bool:
    if phrase.noun.phrase in _CITIZENS and phrase.plural and not phrase.modifiers:
        return True
    return draft.country is None and (phrase.noun.sector in _SENT or phrase.noun.phrase == "peacekeeper")


def _sender(scene: Scene, phrase: Phrase) -> Draft | None:
    """The mention that is the subject of a verb of sending or losing whose object the phrase is: "Oslo, which lost two
    citizens"; of private people a state alone."""
    tokens = scene.tokens
    noun = tokens[phrase.head]
    while noun.dep == "conj" and noun.head < noun.i and tokens[noun.head].tag[:2] == "NN":
        noun = tokens[noun.head]
    verb = tokens[noun.head]
    asked = phrase.noun.sector == "LEG" and verb.pos == "VERB"
    asked = asked or (
        phrase.noun.sector in ("MIL", "COP") and verb.lemma.lower() == "have"
    )  # "asked parliament", "told lawmakers": one's own
    if noun.dep not in ("dobj", "dative") or not (asked or verb.lemma.lower() in _SENDING):
        return None
    subject = scene.syntax.child(verb.i, "nsubj")
    while subject is None and verb.dep in ("conj", "xcomp") and verb.head != verb.i:
        verb = tokens[verb.head]
        subject = scene.syntax.child(verb.i, "nsubj")
    if subject is None:
        return None
    sender = scene.claimed.get(subject.i)
    if subject.tag in ("WDT", "WP") and verb.dep == "relcl":
        sender = scene.claimed.get(verb.head)
    root = sender
    while root is not None and root.link is not None:
        root = root.link
    private = phrase.noun.sector not in _SENT
    return sender if root is not None and (not private or root.kind == "state") else None


def give(scene: Scene, draft: Draft, state: State | None) -> None:
    """Give an actor a state, or none; what is named by its state is named anew."""
    bodily = draft.sector in _OF_STATE and draft.phrase is not None and draft.noun
    if bodily and draft.phrase is not None and (draft.kind != "person" or draft.generic):
        name_draft(scene, draft, draft.phrase, state)
    elif state is not None:
        draft.country = state.iso3
