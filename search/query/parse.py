"""Reads a user's query into a tree.

    words              all of them, in any order: ``rico bell``
    "words"            side by side, in this order: ``"bell me"``
    word*              begins so: ``deliver*``
    a OR b, (...)      either; groups
    NOT a, -a          not
    07700 900123       a telephone number, in any form: as a party, and as texts write it (``written_numbers``)
    field:value        a keyword: ``number:07700900123 line:rico is:advert``; quotes where the value has spaces

Operators are upper case. Words are folded as texts are (``search.query.words``); ``can't``, ``cant`` and the words that
it is cut into are looked for together (``apostrophes``). Quotes around a number find it in texts alone, as it is typed;
behind NOT a number without a field is one that texts write, and ``-number:`` leaves out what a party sent and received.
Punctuation that stands alone or behind a number is passed over. What cannot be read is refused with its column; nothing
is guessed.
"""

from __future__ import annotations

from search.errors import QueryRefused
from search.query.apostrophes import spellings
from search.query.fields import FIELDS, field_value
from search.query.lexer import Token, TokenKind, tokens
from search.query.tree import FieldTerm, Phrase, QueryNode, Term, all_of, any_of, depth, none_of
from search.query.words import words
from search.query.written_numbers import written_number

LEAVES_ALLOWED = 256
DEPTH_ALLOWED = 24
"""Elasticsearch refuses more than 30 boolean queries in one another, by default."""
_GROUPS_ALLOWED = 100
_WORDS_ALLOWED = 1024


def parse_query(text: str) -> QueryNode | None:
    """Return the tree of a query; None for an empty one, which every record matches.

    Raises:
        QueryRefused: It cannot be read; carries the column.
    """
    found = list(tokens(text))
    if not found:
        return None
    reader = _Reader(found)
    tree = reader.disjunction(0)
    if (rest := reader.peek()) is not None:
        raise QueryRefused("there is no group that this bracket closes", rest.column)
    if tree is None:
        raise QueryRefused("there is no letter, digit or symbol to search for", found[0].column)
    if depth(tree) > DEPTH_ALLOWED:
        raise QueryRefused(f"groups stand in one another more than {DEPTH_ALLOWED} deep", found[0].column)
    return tree


class _Reader:
    """Recursive descent over the tokens; a method a rule. A rule returns None where only punctuation stood."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._leaves = 0
        self._words = 0
        self._nots = 0

    def peek(self) -> Token | None:
        """Return the next token without taking it."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def disjunction(self, level: int) -> QueryNode | None:
        """Read operands with OR between them."""
        operands = [self._conjunction(level)]
        first_or: Token | None = None
        while (token := self.peek()) is not None and token.kind is TokenKind.OR:
            self._at += 1
            operands.append(self._conjunction(level))
            first_or = token
            if None in operands:
                raise QueryRefused("OR needs something to search for on both sides", token.column)
        kept = [operand for operand in operands if operand is not None]
        if first_or is None and not kept:
            return None
        return any_of(kept)

    def _conjunction(self, level: int) -> QueryNode | None:
        operands: list[QueryNode] = []
        has_operand = False
        dangling: Token | None = None
        while (token := self.peek()) is not None and token.kind not in {TokenKind.OR, TokenKind.CLOSE}:
            if token.kind is TokenKind.AND:
                if not has_operand or dangling is not None:
                    raise QueryRefused("AND needs something to search for on both sides", token.column)
                self._at += 1
                dangling = token
                continue
            operand = self._operand(level)
            has_operand, dangling = True, None
            if operand is not None:
                operands.append(operand)
        if dangling is not None:
            raise QueryRefused("AND needs something to search for on both sides", dangling.column)
        return all_of(operands) if operands else None

    def _operand(self, level: int) -> QueryNode | None:
        token = self._tokens[self._at]
        self._at += 1
        if level > _GROUPS_ALLOWED:
            raise QueryRefused(f"groups stand in one another more than {DEPTH_ALLOWED} deep", token.column)
        if token.kind is TokenKind.NOT:
            following = self.peek()
            negates = following is not None and following.kind not in {TokenKind.OR, TokenKind.AND, TokenKind.CLOSE}
            self._nots += 1
            operand = self._operand(level + 1) if negates else None
            self._nots -= 1
            if operand is None:
                raise QueryRefused("there is nothing to search for after NOT", token.column)
            return none_of(operand)
        if token.kind is TokenKind.OPEN:
            return self._group(token, level)
        self._leaves += 1
        if self._leaves > LEAVES_ALLOWED:
            raise QueryRefused(f"a query has at most {LEAVES_ALLOWED} words, phrases and fields", token.column)
        if token.kind is TokenKind.NUMBER:
            return self._number(token)
        return self._field(token) if token.kind is TokenKind.FIELD else self._text(token)

    def _group(self, opening: Token, level: int) -> QueryNode:
        inner = self.disjunction(level + 1)
        closing = self.peek()
        if closing is None:
            raise QueryRefused("this bracket is not closed", opening.column)
        if inner is None:
            raise QueryRefused("there is nothing to search for in this group", opening.column)
        self._at += 1
        return inner

    def _text(self, token: Token) -> QueryNode | None:
        is_prefix = token.kind is TokenKind.WORD and token.text.endswith("*")
        found = [tuple(words(token.text))] if is_prefix else list(spellings(token.text))
        self._words += sum(map(len, found))
        if self._words > _WORDS_ALLOWED:
            raise QueryRefused(f"a query has at most {_WORDS_ALLOWED} words", token.column)
        if is_prefix and len(found[0]) > 1:
            raise QueryRefused("only a single word can be left open with *", token.column)
        forms = [Term(each[0], is_prefix) if len(each) == 1 else Phrase(each) for each in found if each]
        return any_of([*forms]) if forms else None

    def _number(self, token: Token) -> QueryNode:
        party, *texts = written_number(token.text)
        forms: list[QueryNode] = [*texts] if self._nots else [party, *texts]
        self._words += len(forms)
        if self._words > _WORDS_ALLOWED:
            raise QueryRefused("too many telephone numbers: put number: before each", token.column)
        return any_of(forms)

    def _field(self, token: Token) -> QueryNode:
        allowed = FIELDS[token.field]
        value = field_value(token.field, token.text)
        if not value:
            raise QueryRefused(f"there is no value after {token.field}:", token.column)
        if allowed and value not in allowed:
            raise QueryRefused(f"{token.field}: is one of {', '.join(allowed)}", token.column)
        return FieldTerm(token.field, value)
