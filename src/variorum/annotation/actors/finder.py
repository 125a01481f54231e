"""The stage itself: the steps in their order, and drafts made records."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import ActorMention, Document, PlaceMention, ReferenceTime, Syntax
from variorum.world.actors import ActorLexicon

from .choosing import choose
from .clauses import tell_by_clauses
from .context import clues_of, give_countries
from .coreference import resolve
from .counts import find_counts
from .deeds import tell_groups, tell_likeliest
from .drafts import Draft, Scene
from .groups import find_formed, find_groups, find_unknown
from .idle import drop_idle
from .introduced import find_introduced, find_kinds
from .names import find_matches
from .nominals import find_nominals, name_draft
from .options import ActorOptions
from .origins import tell_by_names
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
    find_introduced(scene)
    find_kinds(scene)
    find_persons(scene)
    find_groups(scene)
    find_formed(scene)
    find_nominals(scene)
    find_counts(scene)
    find_states(scene)
    find_unknown(scene)
    drop_idle(scene)
    resolve(scene)
    tell_groups(scene)
    tell_by_clauses(scene)
    tell_likeliest(scene)
    if scene.options.context_country:
        give_countries(scene)
        tell_by_names(scene, clues_of(scene))
    choose(scene)
    _settle(scene)
    return _records(scene)


def _settle(scene: Scene) -> None:
    """Let what was tied to a mention follow what became known of it since."""
    for draft in scene.drafts:
        root = draft.link
        while root is not None and root.link is not None:
            root = root.link
        if root is None:
            continue
        article = scene.tokens[draft.first - 1].text.lower() if draft.first else ""
        if root.first > draft.first and article in ("a", "an") and draft.phrase is not None:
            # "an engineer, Pavel Dusek": one whom nobody knows yet
            name_draft(scene, draft, draft.phrase, draft.phrase.state)
        else:
            draft.name, draft.slug = root.name, root.slug
        draft.country, draft.sectors, draft.generic = root.country, root.sectors, root.generic


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
