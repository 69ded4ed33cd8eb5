"""Errors of search.

``SearchError``
    ``IndexUnreachable``     the store is not there; exit code 5
        ``IndexMissing``     the server is there, the index is not: it was deleted or never made
        ``IndexBlocked``     the server has stopped taking writes: its disk is full
        ``AccessRefused``    the server does not take our credentials, or gives us no right
    ``IndexConflict``        the store holds something else than we put, or was made by another version
    ``LeaseLost``            another writer has taken over what is computed over all extractions
    ``QueryRefused``         the user's query cannot be read; points at the column
"""

from __future__ import annotations


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


class IndexConflict(SearchError):  # the name says what is the matter
    """The index holds other content under the same id, or was made by another version of the software."""


class LeaseLost(SearchError):  # the name says what is the matter
    """The lease ran out and another claimant holds it: what was computed under it must not be written."""


class QueryRefused(SearchError):  # the name says what is the matter
    """The query cannot be read. ``column`` counts from 1, in characters."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message, column)
        self.column = column

    def __str__(self) -> str:
        return f"{self.args[0]} (column {self.column})"
