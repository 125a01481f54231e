"""Run a stage over batches: in this process, or over local processes. The output's order is the input's, always."""

from .local import Factory, LocalEngine

__all__ = ["Factory", "LocalEngine"]
