"""What sorts of operators there are, and over which prepositions each reaches the event in its complement."""

TRANSFORMING = frozenset({"commit", "vow", "refuse", "demand", "threaten", "end", "cancel", "fail"})
"""Kinds that make another event of what they govern: a promise, a refusal, an end."""

REACHING = {
    "same": ("in", "with", "on", "to", "into"),
    "accuse": ("of", "for", "with", "over"),
    "commit": ("to", "on", "of", "for"),
    "vow": ("to", "on", "of", "for"),
    "threaten": ("of", "about", "against", "with", "to", "from", "for", "over"),
    "demand": ("for", "to", "on", "upon", "of"),
    "prevent": ("from",),
    "wish": ("of", "for", "about", "to", "at"),
    "end": ("of", "to", "from", "in", "for", "with"),
    "cancel": ("of", "to", "from", "in", "for", "with"),
    "refuse": ("of", "to", "from", "for", "with"),
    "deny": ("of", "to", "from", "for", "with"),
    "attempt": ("of", "to", "from", "for", "with", "at", "on"),
    "intend": ("of", "to", "from", "for", "with"),
}
"""The prepositions by kind of operator: "agreed on a truce", "a call for talks"."""
