"""One told event on its way: what its trigger says, before it is tied to actors, places and other mentions."""

from __future__ import annotations

from variorum.records import Status


class Candidate:
    """One told event before it is tied to actors, places and other mentions. Roles are token numbers.

    `whole` are phrases whose inner actors may stand in for missing recipients. `by_operator` marks what an operator
    made; `extent` are the words of a light verb or an idiom ("paid a visit", "came under fire"), `also` the verb that
    announces it; `echo` a mention that may only join another ("an end to the strikes"), `recalled` one that names a
    known happening and stands though it tells little ("two days after the raid"); `answering` is a blow struck back,
    `sparing` an outcome that no one suffered ("nobody was hurt"); `links` are triggers that the syntax
    makes the same event; `predicated` is a noun said of what was told before ("it was the second such attack").
    """

    def __init__(self, trigger: int, type_: str, mode: str | None) -> None:
        self.trigger = trigger
        self.type = type_
        self.mode = mode
        self.status: Status = "actual"
        self.agents: tuple[int, ...] = ()
        self.patients: tuple[int, ...] = ()
        self.whole: tuple[int, ...] = ()
        self.chain: list[int] = [trigger]
        self.extent: tuple[int, ...] = ()
        self.also: tuple[int, ...] = ()
        self.nominal = False
        self.definite = False
        self.effect = False
        self.mutual = False
        self.attempt = False
        self.by_operator = False
        self.echo = False
        self.thing = False
        self.recalled = False
        self.answering = False
        self.sparing = False
        self.predicated = False
        self.links: list[int] = []
        self.confidence = 0.9
        self.notes: list[tuple[str, str]] = []
