"""The mode of violence by the means that are named about it: "with drones", "a dynamite attack", "rocket fire"."""

from __future__ import annotations

from collections.abc import Collection

from variorum.records import Syntax

from .candidate import Candidate
from .circumstances import Surroundings
from .frames import Frames
from .lexicon import Lexicon

_TOLD = frozenset({"abduct", "sexual", "torture", "crowd-control", "targeted"})  # whatever the means
_STRONG = frozenset({"suicide-attack", "drone", "unconventional"})  # over what the verb alone says
_MEANS = (
    ("suicide-attack", "suicide"),
    ("unconventional", "chemical"),
    ("drone", "drone"),
    ("aerial", "aerial"),
    ("heavy-weapons", "heavy"),
    ("explosives", "explosive"),
    ("firearms", "firearm"),
    ("primitive", "primitive"),
    ("destroy", "arson"),
)


class Means:
    """Looks them up over one document; `triggers` are the tokens that tell events."""

    def __init__(
        self, syntax: Syntax, frames: Frames, lexicon: Lexicon, around: Surroundings, triggers: Collection[int]
    ) -> None:
        self.syntax = syntax
        self.frames = frames
        self.lexicon = lexicon
        self.around = around
        self.triggers = triggers

    def refine(self, candidate: Candidate) -> None:
        """Give a violent candidate the mode of its means where its pattern leaves it open."""
        if candidate.type != "ASSAULT" or candidate.mode in _TOLD:
            return
        words = self._words_about(candidate)
        for mode, name in _MEANS:
            if "tear" in words and name == "chemical":
                continue  # tear gas is for crowds
            if words & self.lexicon.words(name):
                self._take(candidate, mode)
                return

    def _take(self, candidate: Candidate, mode: str) -> None:
        if candidate.mode is not None and (mode not in _STRONG or candidate.mode == "drone"):
            return
        if (mode, candidate.mode) == ("drone", "aerial"):
            return
        candidate.mode = mode
        candidate.notes.append(("mode", f"the means: {mode}"))

    def _words_about(self, candidate: Candidate) -> set[str]:
        found: set[str] = set()
        syntax = self.syntax
        for i in candidate.chain:
            for c in syntax.children(i, "compound", "amod", "nmod"):
                found.add(c.lemma.lower())
                found.update(k.lemma.lower() for k in syntax.children(c.i, "compound", "amod", "conj"))
            for name, t in self.frames.of(i).obliques:
                if name in ("with", "by", "using", "involving", "from"):
                    found |= {syntax.tokens[t].lemma.lower()}
                    found |= {c.lemma.lower() for c in syntax.children(t, "compound", "amod")}
        for i in candidate.agents:
            if i not in self.triggers:
                found.add(syntax.tokens[i].lemma.lower())
                found.update(c.lemma.lower() for c in syntax.children(i, "compound", "amod"))
        instrument = self.around.instrument(candidate)
        if instrument is not None:
            found.add(syntax.tokens[instrument].lemma.lower())
        return found
