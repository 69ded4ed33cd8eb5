"""Errors of the parsers.

``ParserError``
    ``InputRefused``    nothing of the input can or may be read; carries the notice code for the receipt

What is odd inside an input that can be read is a notice, never an error. No message holds evidence text.
"""

from __future__ import annotations


class ParserError(Exception):
    """Base of all errors that the parsers raise on purpose."""


class InputRefused(ParserError):
    """The input cannot or may not be read at all.

    Attributes:
        code: Key in the notice table, which gives the sentence and the remedy.
        subject: What was found, in the vendor's words or as a file type. Never evidence text.
    """

    def __init__(self, code: str, subject: str | None = None) -> None:
        super().__init__(code, subject)
        self.code = code
        self.subject = subject
