"""Which person of the lexicon a name means: by its full form or sound, or by the surname of one in office that day."""

from __future__ import annotations

from variorum.world.actors import NamedPerson

from .drafts import Scene
from .names import long_ago
from .phrases import Phrase

CHIEF = ("head of state", "head of government")
_TRADES = (("CVL",), ("JRN",), ("MED",), ("EDU",), ("AGR",), ("LAB",), ("BUS",))


def known_person(scene: Scene, first: int, last: int, name: str, said: Phrase | None) -> NamedPerson | None:
    match = scene.matches.get(first)
    if match is not None and isinstance(match.meaning.of, NamedPerson):
        return None if _namesake(scene, match.meaning.of, said) else match.meaning.of
    heard = scene.lexicon.person_sounding(name) if len(name) >= 8 and (" " in name or "-" in name) else None
    if heard is not None and heard.country not in scene.company and long_ago(heard, scene.date):
        heard = None
    if heard is not None or (" " in name and not scene.lexicon.surnamed(name)):
        return heard
    return _surnamed(scene, name, said)


def _namesake(scene: Scene, person: NamedPerson, said: Phrase | None) -> bool:
    """Whether one who is told to have a private trade only has the name of a person in office of another country."""
    if said is None or said.sectors[:1] not in _TRADES or person.term_on(scene.date) is not None:
        return False
    named = {m.state.iso3 for m in scene.matches.values() if m.state is not None}
    named |= {scene.place_country(t.i) for t in scene.tokens if t.start in scene.places}
    return person.country not in named


def _surnamed(scene: Scene, name: str, said: Phrase | None) -> NamedPerson | None:
    """The one person whom a bare surname means: of the state that the words give, else of one that the text names;
    those in office before those who led a state before, the highest offices before others."""
    if said is not None and said.sectors == ("CVL",):
        return None  # "the boy, Ali"
    people = scene.lexicon.surnamed(name, top=False)
    if said is not None and said.state is not None:
        people = tuple(person for person in people if person.country == said.state.iso3)
    elif said is None and scene.date is None:
        return None
    held = [person for person in people if scene.date is None or person.term_on(scene.date) is not None]
    left = [person for person in people if person.top and person not in held and _led(person, scene.date)]
    if said is None or said.state is None:
        company = scene.company
        near = [person for person in held if person.country in company or (person.country is None and person.top)]
        # Who leads a state is known by the surname everywhere, if one alone has it.
        leaders = [person for person in held if leads(person, scene.date)]
        leaders = leaders or [person for person in held if person.top and len(name) > 4]
        left = [person for person in left if person.country in company]
        held = near or (leaders if len(leaders) == 1 else [])
    for few in (held, [p for p in held if p.top], [p for p in held if leads(p, scene.date)]):
        if len(few) == 1:
            return few[0]
    return left[0] if not held and len(left) == 1 else None


def _led(person: NamedPerson, date: str | None) -> bool:
    term = person.term_before(date)
    return term is not None and term.role in CHIEF


def leads(person: NamedPerson, date: str | None) -> bool:
    term = person.term_on(date) if date is not None else None
    return term is not None and term.role in CHIEF
