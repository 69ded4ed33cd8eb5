"""Which ids belong together: connected components of what is joined two by two, each named by the least id in it."""

from __future__ import annotations

from collections.abc import Iterable


class ConnectedIds:
    """Joins ids two by two (union-find). The name of a group does not depend on the order of the joins."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._parents = {each: each for each in ids}

    def root(self, each: str) -> str:
        """Return the least id of the group.

        Raises:
            KeyError: The id is none of those that were given.
        """
        parents = self._parents
        while parents[each] != each:
            parents[each] = parents[parents[each]]
            each = parents[each]
        return each

    def join(self, one: str, other: str) -> None:
        """Make the groups of two ids one."""
        least, given = sorted((self.root(one), self.root(other)))
        self._parents[given] = least

    def named(self) -> dict[str, str]:
        """Return the least id of its group for each id, in the order in which they were given."""
        return {each: self.root(each) for each in self._parents}
