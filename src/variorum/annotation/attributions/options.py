"""What can be set in the search for attributions."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from variorum.records import Record


class AttributionOptions(Record, frozen=True, kw_only=True):
    """Thresholds of the search. Chosen by reading errors on 168 articles of PolNeAR's training part.

    `thoughts` keeps what no one uttered ("wants", "supports the plan"): attributions whose stance is None.
    `nested` keeps what is told inside of what someone else tells. `headline_words` is the most words that a line may
    have to be read as a headline, `source_words` the most before or after its colon that may name a speaker.
    `quotation_words` is the least number of words of a quotation that may stand without any cue.
    """

    thoughts: bool = True
    nested: bool = True
    headline_words: Annotated[int, Meta(ge=0)] = 25
    source_words: Annotated[int, Meta(ge=0)] = 6
    quotation_words: Annotated[int, Meta(ge=1)] = 5
