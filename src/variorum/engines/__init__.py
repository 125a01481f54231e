"""Run a stage over batches: in this process, over local processes, or over the machines of a Ray cluster. The output's
order is the input's, always."""

from .base import Engine, Factory
from .local import LocalEngine

__all__ = ["Engine", "Factory", "LocalEngine"]
