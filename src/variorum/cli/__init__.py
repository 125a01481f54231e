"""The command line. Data goes to stdout, progress and messages to stderr."""

from .main import main

__all__ = ["main"]
