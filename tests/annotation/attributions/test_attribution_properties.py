"""What holds of attributions for any text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from variorum.annotation.attributions import find_attributions, find_quotations
from variorum.annotation.syntax import SpacyParser
from variorum.records import Block, Document, Span

_PIECES = st.sampled_from(
    [
        "“We stay",
        "We go,” ",
        '"Stop" ',
        "he said ",
        ", said Amina Bello, ",
        "according to police ",
        "The rebels' camp ",
        "‘now’ ",
        "«oui» ",
        ": ",
        ". ",
        ", ",
        "\n\n",
        "''",
        "reportedly burned ",
        "who denied it ",
        "1e400 killed ",
        "\u2028",
        "that ",
        "(",
        "It is said to be ",
    ]
)


def _document(text: str) -> Document:
    blocks = (Block(start=0, end=len(text), kind="body"),) if text.strip() else ()
    return Document(id="d", page="p", source="s", text=text, language="en", blocks=blocks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PIECES, max_size=14).map("".join) | st.text(max_size=60))
@example("We go,” according to police «oui»")  # a mark between a speaker and what is said belongs to one of them
@example("We go,” according to police “We stay«oui» ")
def test_spans_and_indices_are_valid(parser: SpacyParser, text: str) -> None:
    document = _document(text)
    syntax = next(parser.parse([document]))
    found = find_attributions(document, syntax, ())
    assert found == find_attributions(document, syntax, ())
    for number, one in enumerate(found):
        assert one.content
        assert one.source or one.cue
        for spans in (one.source, one.cue, one.content):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert list(spans) == sorted(spans)
        roles = [span for spans in (one.source, one.cue, one.content) for span in spans]
        assert not any(a.overlaps(b) for i, a in enumerate(roles) for b in roles[i + 1 :])
        assert one.parent is None or (0 <= one.parent < len(found) and one.parent != number)


@given(st.text(alphabet="ab s.,“”‘’'\"«»\n", max_size=60))
def test_quotations_lie_apart_and_within_the_text(text: str) -> None:
    found = find_quotations(text, [Span(0, len(text))] if text else [])
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
