"""Acronyms after the full name: "the Kachin Independence Army … the KIA"."""

from __future__ import annotations

from collections import Counter, defaultdict

from variorum.records import Token
from variorum.world.names import name_key

from .drafts import Draft, Scene

_SHORTEST, _LONGEST = 2, 7
_SMALL = frozenset({"of", "for", "the", "and"})


def tie_acronyms(scene: Scene) -> None:
    """Tie each word in capitals to the actor before it whose name has these initials; one that nothing else claimed
    becomes a mention."""
    names = Names(scene)
    if not names.exact:
        return
    for token in scene.tokens:
        if (
            not _is_acronym(token)
            or scene.shouted(token.i)
            or (token.dep in ("compound", "nmod") and token.head < token.i)
        ):
            continue
        claimed = scene.claimed.get(token.i)
        if claimed is not None and not claimed.first <= token.i <= claimed.last:
            claimed = None  # only told of someone: "…, a spokesman for the NCA,"
        if claimed is not None and (claimed.last > claimed.first or claimed.link is not None):
            continue
        full = [draft for draft in names.exact.get(token.text, ()) if draft.last < token.i]
        if not full:
            full = names.in_other_order(token, claimed)
        if not full and claimed is not None:
            full = _shortened(claimed, names.parts_of(claimed, token.i))
        if not full or (claimed is not None and claimed.key == full[-1].key):
            continue
        draft = claimed or scene.add(Draft(token.i, token.i, token.i, full[-1].kind, "", ""))
        _tie(draft, full[-1])


class Names:
    """The names of a text by the acronyms that they make, and the unknown ones by their first words."""

    def __init__(self, scene: Scene) -> None:
        self.exact: dict[str, list[Draft]] = defaultdict(list)
        self.sorted: dict[str, list[Draft]] = defaultdict(list)
        self.unknown: dict[str, list[Draft]] = defaultdict(list)
        self._near: dict[str, list[str]] = {}
        for draft in sorted(scene.drafts, key=lambda draft: draft.first):
            if draft.kind in ("person", "people", "pronoun", "state") or draft.last <= draft.first:
                continue
            for letters in sorted(initials(scene, draft)):
                self.exact[letters].append(draft)
                anagrams = self.sorted["".join(sorted(letters))]
                if not anagrams or anagrams[-1] is not draft:
                    anagrams.append(draft)
            if any(feature.name == "named by the model" for feature in draft.why):
                self.unknown[name_key(draft.name).partition(" ")[0]].append(draft)

    def in_other_order(self, token: Token, claimed: Draft | None) -> list[Draft]:
        """The one actor whose initials another language puts in another order: "MNLA" for "National Movement for the
        Liberation of Azawad". An acronym that nothing else explains may also lack a letter or have one more."""
        text = token.text
        same = [draft for draft in self.sorted.get("".join(sorted(text)), ()) if draft.last < token.i]
        unknown = claimed is None or any(feature.name == "named by the model" for feature in claimed.why)
        if not same and unknown:
            if text not in self._near:
                self._near[text] = [made for made in self.exact if _nearly(text, made)]
            near = (draft for made in self._near[text] for draft in self.exact[made] if draft.last < token.i)
            same = sorted({id(draft): draft for draft in near}.values(), key=lambda draft: draft.first)
        return same if len({draft.key for draft in same}) == 1 else []

    def parts_of(self, claimed: Draft, i: int) -> list[Draft]:
        """The unknown names before a token that begin with a word of another's name."""
        found = [draft for word in sorted(set(name_key(claimed.name).split())) for draft in self.unknown.get(word, ())]
        return sorted((draft for draft in found if draft.last < i), key=lambda draft: draft.first)


def initials(scene: Scene, draft: Draft) -> frozenset[str]:
    """The acronyms that the name around a mention makes: of all its capitalised words, with and without the small ones,
    and without the first ones."""
    first, last = draft.first, draft.last
    low, high = scene.bounds(draft.head)
    while first > low and (scene.tokens[first - 1].tag == "POS" or scene.tokens[first - 1].text[:1].isupper()):
        first -= 1
    while last < high and (
        scene.tokens[last + 1].text[:1].isupper()
        or (last + 1 < high and scene.tokens[last + 1].text in _SMALL and scene.tokens[last + 2].text[:1].isupper())
    ):
        last += 1
    words = [
        part
        for token in scene.tokens[first : last + 1]
        for part in token.text.split("-")
        if part[:1].isalpha() and token.tag != "POS"
    ]
    capitals = [word[0] for word in words if word[0].isupper()]
    every = [word[0].upper() for word in words]
    made = {"".join(capitals[n:]) for n in range(len(capitals))} | {"".join(every)}
    return frozenset(letters for letters in made if len(letters) >= _SHORTEST + 1)


def _shortened(claimed: Draft, named: list[Draft]) -> list[Draft]:
    """The unknown name that has only words of the name of the known actor whose acronym follows; it becomes that
    actor's: "the Farabundo Front … the FMLN"."""
    words = set(name_key(claimed.name).split())
    for draft in reversed(named):
        mine = set(name_key(draft.name).split())
        if len(mine) > 1 and mine < words and any(feature.name == "named by the model" for feature in draft.why):
            draft.name, draft.slug, draft.country = claimed.name, claimed.slug, claimed.country
            draft.kind, draft.sectors = claimed.kind, claimed.sectors
            draft.because("its acronym is known", note=claimed.name)
            return [draft]
    return []


def _nearly(text: str, made: str) -> bool:
    """Whether all letters of the shorter but one are letters of the longer, and at least two."""
    shared = sum((Counter(text) & Counter(made)).values())
    return shared >= 2 and shared >= min(len(text), len(made)) - 1 and text[0] in made


def _is_acronym(token: Token) -> bool:
    return _SHORTEST < len(token.text) <= _LONGEST and token.text.isalpha() and token.text.isupper()


def _tie(draft: Draft, full: Draft) -> None:
    while full.link is not None:
        full = full.link
    draft.link, draft.kind = full, full.kind
    draft.name, draft.slug, draft.country, draft.sectors = full.name, full.slug, full.country, full.sectors
    draft.title, draft.generic, draft.plural = full.title, full.generic, full.plural
    draft.because("initials of the name", note=full.name)
