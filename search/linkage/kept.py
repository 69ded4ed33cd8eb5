"""What linkage made before, kept while it is made from the same: a refresh makes anew what a drop touches.

Each thing is what a pure function returns for what it is given, and what it is given is all that it looks at. So it is
never a matter of opinion whether what was kept still holds: it does where all that the function is given is equal.
Counts over everything held are given as counts of what the thing asks for. Most of what is compared is the very same
(edges are decoded once), so that comparing costs a small part of making.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, ParamSpec, TypeAlias, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_Entry: TypeAlias = "tuple[tuple[Any, ...], dict[str, Any], Any]"
"""What was given, by place and by name, and what was made of it."""


class Kept:
    """Holds what the last linkage made, and no more: what one does not ask for is forgotten at its end.

    What is kept is one for all that ask, and nobody changes it, but for the places of spells (``find_spells``): one
    linkage at a time may use it.
    """

    def __init__(self) -> None:
        self._before: dict[Hashable, _Entry] = {}
        self._now: dict[Hashable, _Entry] = {}

    def made(self, make: Callable[_Given, _Made], name: Hashable, *given: _Given.args, **named: _Given.kwargs) -> _Made:
        """Return what the function makes of what it is given.

        Args:
            make: A pure function, or a class: it looks at nothing but what it is given.
            name: Tells what is made apart from what else the function makes; by it the earlier one is found.
            given: What it is given: values that are equal only where what is made of them is.
            named: The same by name.
        """
        key = make, name
        entry = self._before.get(key)
        if entry is None or entry[0] != given or entry[1] != named:
            entry = given, named, make(*given, **named)
        self._now[key] = entry
        made: _Made = entry[2]
        return made

    def end(self) -> None:
        """Forget what was not asked for since the last call."""
        self._before, self._now = self._now, {}
