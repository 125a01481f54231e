"""The stage itself: the steps in their order, and drafts made records."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import ActorMention, Document, PlaceMention, ReferenceTime, Syntax
from variorum.world.actors import ActorLexicon

from .coreference import resolve
from .drafts import Draft, Scene
from .groups import find_groups, find_unknown
from .names import find_matches
from .nominals import find_nominals, name_draft
from .options import ActorOptions
from .persons import find_persons
from .states import find_states
from .vocabulary import vocabulary


def find_actors(
    document: Document,
    syntax: Syntax,
    places: Sequence[PlaceMention],
    reference: ReferenceTime,
    lexicon: ActorLexicon | None = None,
    options: ActorOptions | None = None,
) -> tuple[ActorMention, ...]:
    """The actors of a document in text order: named, described and by pronoun.

    `places` help to tell places from actors and to find countries; `reference` tells who was in office.
    Antecedents point to earlier mentions that are no pronouns. Mentions do not overlap. Raises `ModelError` where a
    packaged table is missing.
    """
    if not syntax.tokens:
        return ()
    scene = Scene(document, syntax, places, lexicon or ActorLexicon.load(), vocabulary())
    scene.options = options or ActorOptions()
    scene.date = (reference.latest or reference.earliest or "")[:10] or None
    find_matches(scene)
    find_persons(scene)
    find_groups(scene)
    find_nominals(scene)
    find_states(scene)
    find_unknown(scene)
    resolve(scene)
    if scene.options.context_country:
        _only_country(scene)
    _settle(scene)
    return _records(scene)


def _only_country(scene: Scene) -> None:
    """Bodies, forces and officials without a country take that of a text which names one country alone."""
    named = {m.state.iso3 for m in scene.matches.values() if m.state is not None}
    for place in scene.places.values():
        state = scene.lexicon.states.by_iso2(place.country)
        named.add(state.iso3 if state is not None else None)
    named.discard(None)
    state = scene.lexicon.states.by_iso3(next(iter(named))) if len(named) == 1 else None
    if state is None:
        return
    for draft in scene.drafts:
        phrase = draft.phrase
        if phrase is None or draft.country is not None or draft.link is not None or phrase.owner is not None:
            continue
        if draft.kind == "person" and not draft.generic:
            draft.country = state.iso3 if draft.sector in ("GOV", "MIL", "COP", "LEG", "JUD", "SPY") else None
        elif draft.sector in ("GOV", "MIL", "COP", "LEG", "JUD", "SPY") and draft.noun:
            name_draft(scene, draft, phrase, state)
        else:
            continue
        draft.because("only country of the text", 0.5, state.name)


def _settle(scene: Scene) -> None:
    """Let what was tied to a mention follow what became known of it since."""
    for draft in scene.drafts:
        root = draft.link
        while root is not None and root.link is not None:
            root = root.link
        if root is not None:
            draft.name, draft.slug, draft.country = root.name, root.slug, root.country
            draft.sectors, draft.generic = root.sectors, root.generic


def _records(scene: Scene) -> tuple[ActorMention, ...]:
    drafts = sorted((d for d in scene.drafts if d.name), key=lambda draft: (draft.first, draft.last))
    index = {id(draft): n for n, draft in enumerate(drafts)}
    return tuple(_record(scene, draft, _antecedent(draft, index, n)) for n, draft in enumerate(drafts))


def _antecedent(draft: Draft, index: dict[int, int], n: int) -> int | None:
    link = draft.link
    while link is not None and link.kind == "pronoun":
        link = link.link
    found = index.get(id(link)) if link is not None else None
    return found if found is not None and found < n else None


def _record(scene: Scene, draft: Draft, antecedent: int | None) -> ActorMention:
    start, end = scene.tokens[draft.first].start, scene.tokens[draft.last].end
    return ActorMention(
        start=start,
        end=end,
        text=scene.document.text[start:end],
        name=draft.name,
        key=draft.key,
        country=draft.country,
        sector=draft.sector,
        sectors=draft.sectors,
        title=draft.title,
        antecedent=antecedent,
        generic=draft.generic,
        chosen_by=tuple(draft.why),
    )
