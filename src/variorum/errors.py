"""What can go wrong, as one tree.

    VariorumError
    ├── InputError            something a user gave cannot be used at all (no such folder, nothing to read)
    ├── EditionError          an edition cannot be opened or written
    │   └── UnknownIdError    an edition holds nothing of this id
    │       └── UnknownEventError  … no such event
    ├── QueryError            what is asked of an edition cannot be meant (no such day, a box upside down)
    ├── DecisionError         a person's decision does not fit the edition or contradicts another
    ├── ModelError            a packaged model or data file is missing, or is not the one that was pinned
    ├── OntologyError         an ontology file breaks its own rules
    ├── ClusterError          the cluster that should do the work is not there, or failed
    └── ExportError           an edition cannot be written in a format, or another data set cannot be read

A single bad input (an unreadable file, a broken line) is no exception: it becomes a
`records.Rejection` and the others go on. Exceptions of other libraries are wrapped where they enter.
"""


class VariorumError(Exception):
    """Base of every error that Variorum raises on purpose; its message is one line for a person."""


class InputError(VariorumError):
    """What was named as input cannot be read as a whole."""


class EditionError(VariorumError):
    """An edition file cannot be opened, read or written."""


class UnknownIdError(EditionError):
    """Nothing of the kind that was asked for has this id, or several have ids that begin so."""


class UnknownEventError(UnknownIdError):
    """No event of the edition has this id, which is `id`."""

    def __init__(self, told: str, id_: str = "") -> None:
        super().__init__(told)
        self.id = id_


class QueryError(VariorumError):
    """A query that makes no sense, or a position in a list that this edition never gave."""


class DecisionError(VariorumError):
    """A decision names something that the edition lacks, or contradicts a decision in force."""


class ModelError(VariorumError):
    """A packaged model or data file is missing, corrupt, or not the pinned one."""


class OntologyError(VariorumError):
    """An ontology file is not well formed."""


class ClusterError(VariorumError):
    """There is no cluster to work on, or it failed as a whole; a machine that is lost is no error."""


class ExportError(VariorumError):
    """A format needs something that is not installed, or a data set to compare with cannot be understood."""
