"""Reconciliation: mentions of many texts into events, readings, claims, links and stories.

accounts ─▶ anchors ─▶ candidates ─▶ comparison ─▶ grouping ─▶ fields, tolls ─▶ events
(indices     (times told                                        claims, links ─▶ stories
 followed)    from events)
"""

from .options import ReconciliationOptions
from .reconcile import reconcile

__all__ = ["ReconciliationOptions", "reconcile"]
