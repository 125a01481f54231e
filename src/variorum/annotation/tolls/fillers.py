"""Words that may stand between a number of people and the word that says what befell them."""

from __future__ import annotations

from .lexicon import word_set

BE = word_set("""was were are is be been being got get gets getting 're 's am""")
FILLERS = (
    BE
    | word_set(
        """has have had reportedly also already later allegedly so far confirmed reported feared believed presumed
    thought to left found listed declared still remained remain remains went go pronounced critically seriously
    severely badly gravely slightly lightly fatally officially more others now initially immediately instantly
    either who that then both all only subsequently accidentally known said currently may might could either
    therefore thus ultimately eventually tragically sadly even just suspected likely apparently mortally
    violently deliberately brutally people persons mostly possibly certainly indeed afterwards left lay lie lying lies
    laid so much as first “ ” ‘ ’ `` would"""
    )
    | {'"', "''"}
)
ADVERBS = word_set("""off reportedly up to about only around another also nearly “ ‘ `` an the""") | {
    '"',
    "''",
    "'",
    "’",
}
RISING = word_set(
    """to at of stands stood rose rises rise risen rising climbed climbs climbing jumped jumps reached reaches reaching
    hits hit is was passed topped tops exceeded exceeds surpassed soared grown grew put puts as increased revised up
    down dropped fell nears neared now"""
)
ENDING = word_set(
    """, . ; : ) ( — – - ? ! in by when and as after at on near during while since but or so outside inside along
    across over under with yesterday today tonight sunday monday tuesday wednesday thursday friday saturday from
    amid before following because every each late early last this that earlier overnight there here again alone
    between within until despite due off alive around too among including ; / ” • | · ] ―"""
) | {'"', "''"}
