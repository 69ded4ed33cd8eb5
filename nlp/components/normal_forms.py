"""Normal forms: every token's spelling-free form, as spaCy's NORM, and the token table of the reading.

NORM is an attribute of the lexeme: a word is normalised once however often it occurs.
"""

from __future__ import annotations

from spacy.attrs import NORM
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.readings import reading_of
from nlp.spelling import Speller


def install_norm(vocab: Vocab, speller: Speller) -> None:
    """Make the speller's normal form the NORM of every lexeme, present and to come."""
    # The other attributes (shape, prefix, is_alpha ...) cost more than all tokenising, and nothing here reads them.
    vocab.lex_attr_getters = {NORM: speller.normal}  # type: ignore[attr-defined]  # spaCy's stub leaves it out
    for lexeme in list(vocab):
        lexeme.norm_ = speller.normal(lexeme.text)


class NormalForms:
    """Fills the token table of the reading."""

    def __call__(self, doc: Doc) -> Doc:
        """Write to the reading of the document, and return the document."""
        reading = reading_of(doc)
        words: list[str] = []
        starts: list[int] = []
        for token in doc:
            words.append(token.norm_)
            starts.append(token.idx)
        reading.words = words
        reading.starts = starts
        ends = starts[1:]
        if starts:
            ends.append(len(reading.shadow.text))
        text = reading.shadow.text
        # A token ends before the space that follows it.
        reading.ends = [
            end - 1 if end > start + 1 and text[end - 1] == " " else end
            for start, end in zip(starts, ends, strict=True)
        ]
        reading.is_word = [text[start].isalnum() for start in starts]
        return doc
