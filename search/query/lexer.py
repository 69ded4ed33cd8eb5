"""Cuts a user's query into tokens with their columns. Raises ``QueryRefused`` at the column of what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from parsers.phone_numbers import to_e164
from search.errors import QueryRefused
from search.query.fields import FIELDS


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    QUOTED = "quoted"
    FIELD = "field"
    NUMBER = "number"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    OPEN = "("
    CLOSE = ")"


class Token(msgspec.Struct, frozen=True):
    """A token. ``column`` counts from 1, in characters; ``field`` is set for a field only.

    A ``NUMBER`` is a telephone number that stands without a field, in whatever form it is written.
    """

    kind: TokenKind
    text: str
    column: int
    field: str = ""


_QUOTES = {'"': '"', "\u201c": "\u201d", "\u201d": "\u201d", "\u201e": "\u201d"}
_OPERATORS = {"AND": TokenKind.AND, "OR": TokenKind.OR, "NOT": TokenKind.NOT}
_SPACE = re.compile(r"\s+")
_BARE = re.compile(r"[^\s()\"\u201c\u201d\u201e]+")
_LISTED = re.compile(r"[,;]+(?=[+\d(])")
"""What parts the numbers of a list that has no spaces."""
_FIELD = re.compile(r"([A-Za-z_]+):")
_SPACED_NUMBER = re.compile(r"\(?[+\d][\d\s().-]{0,30}\d")
"""Bounded, so that a query of many digits takes no time with its square."""
_DIGITS = re.compile(r"\d+")
_DIGITS_OF_A_NUMBER = 7
_BEHIND_NUMBER = re.compile(r"[.,;:!?]*(?:$|(?=[\s()]))|[,;]+(?=[+\d(])")
"""What may stand behind a number: the punctuation of a list or a sentence."""
_OF_OPTIONS = {"exhibit": "--exhibit HW/1", "case": "--case REF", "from": "--from DAY", "to": "--to DAY"}
"""What a field would be called that is an option of the command line."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, in order."""
    # A lone surrogate can be typed into no index; it becomes one other character, so that columns stay.
    text = text.encode("utf-8", "replace").decode("utf-8")
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        token, at = _token_at(text, at)
        yield token


def _token_at(text: str, at: int) -> tuple[Token, int]:
    first = text[at]
    column = at + 1
    if number := _number_at(text, at):
        return Token(TokenKind.NUMBER, number, column), at + len(number)
    if first in "()":
        return Token(TokenKind(first), first, column), at + 1
    if first in _QUOTES:
        content, end = _quoted(text, at)
        return Token(TokenKind.QUOTED, content, column), end
    if first == "-" and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] not in "-)":
        return Token(TokenKind.NOT, first, column), at + 1
    if name := _FIELD.match(text, at):
        return _field_at(text, at, name)
    bare = _LISTED.match(text, at) or _BARE.match(text, at)
    assert bare is not None
    return Token(_OPERATORS.get(bare.group(), TokenKind.WORD), bare.group(), column), bare.end()


def _number_at(text: str, at: int) -> str:
    """Return the telephone number that stands there, as written, with the bracket that it opens; empty for none."""
    spaced = _SPACED_NUMBER.match(text, at)
    if spaced is None:
        return ""
    # What follows may be of another word: 07700 900123 2 for 30.
    for end in reversed([at + group.end() for group in _DIGITS.finditer(spaced.group())]):
        number = text[at:end]
        if sum(map(str.isdigit, number)) < _DIGITS_OF_A_NUMBER:
            break
        if number.count("(") > number.count(")") and text[end : end + 1] == ")":
            number += ")"
        is_whole = _BEHIND_NUMBER.match(text, at + len(number)) is not None
        if is_whole and number.count("(") == number.count(")") and to_e164(number):
            return number
    return ""


def _quoted(text: str, at: int) -> tuple[str, int]:
    """Return what stands between the quotes, and where the text goes on; a doubled quote stands for one."""
    closing = _QUOTES[text[at]]
    content: list[str] = []
    start = at + 1
    while (end := text.find(closing, start)) >= 0:
        content.append(text[start:end])
        if text[end + 1 : end + 2] != closing or closing != '"':
            return "".join(content), end + 1
        content.append(closing)
        start = end + 2
    raise QueryRefused("this quotation mark is not closed", at + 1)


def _field_at(text: str, at: int, name: re.Match[str]) -> tuple[Token, int]:
    field = name.group(1).lower()
    if field not in FIELDS:
        if option := _OF_OPTIONS.get(field):
            raise QueryRefused(f"{field} is no field but an option: {option}", at + 1)
        known = ", ".join(FIELDS)
        raise QueryRefused(f"no such field; the fields are {known}. Put quotes around a text with a colon.", at + 1)
    start = name.end()
    if text[start : start + 1] in _QUOTES:
        content, end = _quoted(text, start)
        return Token(TokenKind.FIELD, content, at + 1, field), end
    if field == "number" and (number := _number_at(text, start)):
        return Token(TokenKind.FIELD, number, at + 1, field), start + len(number)
    bare = _BARE.match(text, start)
    if bare is None:
        raise QueryRefused(f"there is no value after {field}:", at + 1)
    return Token(TokenKind.FIELD, bare.group(), at + 1, field), bare.end()
