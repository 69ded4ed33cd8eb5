"""Errors of search.

``SearchError``
    ``IndexUnreachable``     the store is not there; exit code 5
        ``IndexMissing``     the server is there, the index is not: it was deleted or never made
        ``IndexBlocked``     the server has stopped taking writes: its disk is full
        ``AccessRefused``    the server does not take our credentials, or gives us no right
        ``IndexBusy``        another site writes to it
        ``LeaseLost``        another site has taken over the right to write to it
    ``IndexConflict``        the store holds something else than we put
        ``IndexOutdated``    it was made by another version of the software; exit code 5
    ``QueryRefused``         the user's query cannot be read; points at the column
"""

from __future__ import annotations

from collections.abc import Mapping


class SearchError(Exception):
    """Base of all errors that search raises on purpose."""


class IndexUnreachable(SearchError):  # the name says what is the matter
    """The index does not answer; segments wait and nothing is lost."""


class IndexMissing(IndexUnreachable):  # the name says what is the matter
    """The index was deleted or never made; the segments make it again."""


class IndexBlocked(IndexUnreachable):  # the name says what is the matter
    """The index takes no writes until somebody makes room; trying again at once would help nothing."""


class AccessRefused(IndexUnreachable):  # the name says what is the matter
    """The store is there and refuses us; trying again would help nothing."""


class IndexBusy(IndexUnreachable):  # the name says what is the matter
    """Another site writes to the index and goes on; segments wait for their turn."""


class LeaseLost(IndexUnreachable):  # the name says what is the matter
    """The lease ran out and another site holds it: what was written under it is not shown, and is loaded again."""


class IndexConflict(SearchError):  # the name says what is the matter
    """The index holds other content under the same id."""


class IndexOutdated(IndexConflict):  # the name says what is the matter
    """The index was made by another version of the software; the segments make it again.

    Args:
        index: Name of the file or index.
        made_with: What it says of itself.
        expected: What an index of this version says.
        remedy: What makes it again, as a sentence.
    """

    def __init__(
        self,
        index: str,
        made_with: Mapping[str, str],
        expected: Mapping[str, str],
        remedy: str = "Run trapline rebuild.",
    ) -> None:
        super().__init__(index, dict(made_with), dict(expected), remedy)

    @property
    def remedy(self) -> str:
        """What makes it again, as a sentence."""
        return str(self.args[3])

    def __str__(self) -> str:
        index, _, _, remedy = self.args
        return f"{index} was made by another version of Trapline. Nothing is lost. {remedy}"


class QueryRefused(SearchError):  # the name says what is the matter
    """The query cannot be read. ``column`` counts from 1, in characters."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message, column)
        self.column = column

    def __str__(self) -> str:
        return f"{self.args[0]} (column {self.column})"
