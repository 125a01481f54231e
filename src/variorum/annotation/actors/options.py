"""What can be set about actors."""

from __future__ import annotations

from variorum.records import Record


class ActorOptions(Record, frozen=True, kw_only=True):
    """Thresholds of the actor stage; tuned on texts of our own from all continents (``tests/annotation/actors``).

    `reach` is how many sentences back a pronoun or "the ministry" looks for the one it stands for. `context_country`
    lets those without a country of their own ("police", "villagers") take that of the place or text that tells of
    them. `pronouns` turns mentions for resolved pronouns on.
    """

    reach: int = 4
    context_country: bool = True
    pronouns: bool = True


class Weights(Record, frozen=True, kw_only=True):
    """What each factor of salience counts for; tuned on the tune half of ``tests/gold/coreference``.

    `sentence` and `token` are taken off for distance, `embedded` off a subject below the main clause, `quoted` off
    what only a quotation names, `unnamed` off persons without a name. The rest is added: for the role of the mention,
    for a role like the pronoun's (`parallel`), for being the subject of a clause around the pronoun (`governs`), for
    each earlier mention (`repeated`), for speaking where the pronoun speaks, for standing in one quotation, for a
    gender that the text tells (`gender`) or the given name suggests (`given_name`; taken off for the other one), for
    plural or collective nouns under "they", and for actors against things that "it" may mean as well (`acting`).
    `unlikely` is taken off fighters of unknown gender for "she", half of it off others; `renumbered` off what was
    "it" before for "they", and the other way round; `lone` off single bodies for "they"; `answer` off who has spoken
    for one who answers; `reporting` off who only says something, `closing` off those whom the sentence ends with.
    `chain` is for whom the last such pronoun of the sentence meant, `same_word` more of it where it is the same word;
    `addressed` for who is asked or warned of something; `clause` for objects of a verb that the pronoun's is joined
    to; `owner` for those whose "his brother" is the subject above; `affinity` for groups that have leaders and states
    that have ambassadors; `spoken` what "they" in a quotation is likelier an actor.
    """

    sentence: float = 1.4
    token: float = 0.03
    subject: float = 2.0
    embedded: float = 0.2
    agent: float = 0.8
    object: float = 0.95
    oblique: float = 0.0
    parallel: float = 0.3
    governs: float = 0.4
    repeated: float = 0.1
    speaker: float = 0.7
    quoted: float = 1.0
    same_quotation: float = 0.6
    gender: float = 0.4
    unnamed: float = 0.7
    given_name: float = 1.6
    unlikely: float = 0.5
    plural: float = 0.35
    collective: float = 0.2
    acting: float = 0.25
    renumbered: float = 2.0
    chain: float = 0.5
    reporting: float = 0.2
    affinity: float = 1.2
    clause: float = 0.8
    answer: float = 1.0
    lone: float = 0.3
    owner: float = 0.8
    same_word: float = 0.3
    addressed: float = 1.6
    spoken: float = 0.5
    closing: float = 0.5
