"""Block → compare → judge → cluster: the move that derivation makes on documents and reconciliation on mentions.

`blocking` proposes pairs that share a key, `comparison` explains how alike two things are, `clusters` groups what was
judged the same under vetoes and people's rulings. All of it is independent of the order of its input.
"""

from .agglomeration import UNIT, VETOED, Millionths, millionths
from .blocking import Blocks, Codes, Pairs, distinct
from .clusters import VETO, Forest, Rulings, cluster, cluster_pairs
from .comparison import Comparison, feature

__all__ = [
    "UNIT",
    "VETO",
    "VETOED",
    "Blocks",
    "Codes",
    "Comparison",
    "Forest",
    "Millionths",
    "Pairs",
    "Rulings",
    "cluster",
    "cluster_pairs",
    "distinct",
    "feature",
    "millionths",
]
