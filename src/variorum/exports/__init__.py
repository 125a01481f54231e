"""An edition in other people's formats, one module a format, and the wording that they share."""
