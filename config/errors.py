"""Errors of the settings.

``SettingsError``   a settings file, a variable or an option cannot be used; exit code 2
"""

from __future__ import annotations


class SettingsError(Exception):
    """A setting cannot be used.

    Attributes:
        key: Dotted key, or the path of the file.
        origin: Where it was set.
        detail: What is wrong with it. Never a secret's value.
    """

    def __init__(self, key: str, origin: str, detail: str) -> None:
        super().__init__(key, origin, detail)
        self.key = key
        self.origin = origin
        self.detail = detail

    def __str__(self) -> str:
        return f"setting {self.key} ({self.origin}): {self.detail}"
