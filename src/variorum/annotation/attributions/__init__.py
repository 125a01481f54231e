"""Attributions: who is said to say, write, think or want what, with the exact characters of source, cue and content.

    sentence ─▶ verbs, phrases ─▶ drafts ─▶ quotations joined ─▶ nesting ─▶ speakers
    tree        headlines                   over paragraphs

Cues and their frames come from the packaged lexicon (``data/attributions.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.records import READ_KINDS, ActorMention, Attribution, Document, Span, Syntax

from .assembly import Quotations, attach, continue_quotations, region, settle
from .drafts import Draft
from .gapping import gapped
from .headlines import headline_drafts
from .hearsay import cited
from .lexicon import load_lexicon
from .options import AttributionOptions
from .phrases import phrase_drafts
from .quotations import Quotation, find_quotations
from .relays import disowned, relayed
from .speakers import Speaker, Spoken, may_take_stance, resolve
from .verbs import verb_drafts
from .voices import give_voices

__all__ = ["AttributionOptions", "Quotation", "find_attributions", "find_quotations", "give_voices"]

_LINE = re.compile(r"\S[^\n]*")


def find_attributions(
    document: Document,
    syntax: Syntax,
    actors: Sequence[ActorMention],
    options: AttributionOptions | None = None,
) -> tuple[Attribution, ...]:
    """The attributions of a document, in text order; `parent` and `speaker_actor` index this result and `actors`."""
    options = options or AttributionOptions()
    if not syntax.sentences:
        return ()
    text = document.text
    paragraphs = [
        Span(match.start(), match.end())
        for block in document.spans(READ_KINDS)
        for match in _LINE.finditer(text, block.start, block.end)
    ]
    quotes = Quotations(text, find_quotations(text, paragraphs), paragraphs)
    lexicon = load_lexicon()
    drafts: list[Draft] = []
    for sentence in syntax.sentences:
        span = syntax.sentence_span(sentence)
        here = [
            *verb_drafts(text, syntax, sentence, lexicon),
            *phrase_drafts(text, syntax, sentence, lexicon),
            *headline_drafts(document, syntax, sentence, options),
        ]
        for draft in here:
            attach(draft, quotes, span)
        here = cited(text, syntax, here)
        here += [*disowned(text, syntax, here), *relayed(text, syntax, here)]
        here += [more for draft in here for more in gapped(text, syntax, draft)]
        drafts.extend(draft for draft in here if not draft.meant or quotes.quotes(draft))
    drafts.extend(continue_quotations(drafts, quotes, syntax, options))
    notices = list(document.spans(frozenset({"correction"})))
    result: list[Attribution] = []
    speakers: list[Spoken] = []
    for draft, parent in settle(drafts, quotes, syntax, options):
        speaker = resolve(text, syntax, draft, actors, speakers)
        speakers.append((syntax.tokens[draft.head].lemma.lower() if draft.head is not None else "", speaker))
        able = speaker[1] is not None or (may_take_stance(syntax, draft) and not _in(notices, draft))
        result.append(_attribution(draft, parent, speaker, quotes, able))
    return tuple(result)


def _in(notices: Sequence[Span], draft: Draft) -> bool:
    """Whether a source stands in an outlet's notice: who is nobody there is the text itself ("a version said")."""
    at = (draft.source or draft.cue or Span(-1, -1)).start
    return any(start <= at < end for start, end in notices)


def _attribution(draft: Draft, parent: int | None, speaker: Speaker, quotes: Quotations, able: bool) -> Attribution:
    content = sorted(draft.content)
    quoted = draft.spoken and any(
        q.closed and span.overlaps(q.span) and not q.span.overlaps(region(draft))
        for span in content
        for q in quotes.within(*span)
    )
    if not (able or quoted):
        speaker = (None, None)  # "the drought shows that": nobody speaks
    content, unclosed = quotes.with_lone_marks(content, [s for s in (draft.source, draft.cue) if s is not None])
    quoted = quoted or (draft.spoken and unclosed)
    return Attribution(
        source=(draft.source,) if draft.source is not None else (),
        cue=(draft.cue,) if draft.cue is not None else (),
        content=tuple(content),
        quoted=quoted,
        speaker=speaker[0],
        speaker_actor=speaker[1],
        stance=draft.stance if able or quoted else None,
        parent=parent,
    )
